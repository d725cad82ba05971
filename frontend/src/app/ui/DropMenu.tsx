import { lazy, Suspense } from 'react';

import type { DropMenuProps } from './dropped';
import { useEarly } from './useEarly';

const Loaded = lazy(() => import('./DropMenuLoaded'));

/** A menu below a button. It is not part of the first load: until it is there, the button alone is; who presses it early waits. */
export function DropMenu(props: DropMenuProps) {
  const { early, fallback } = useEarly(props.button);
  return (
    <Suspense fallback={fallback}>
      <Loaded {...props} opened={early} />
    </Suspense>
  );
}
