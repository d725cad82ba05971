import { lazy, Suspense } from 'react';

import type { DropPanelProps } from './dropped';
import { useEarly } from './useEarly';

const Loaded = lazy(() => import('./DropPanelLoaded'));

/** Something to read below a button; loaded like {@link DropMenu}. */
export function DropPanel(props: DropPanelProps) {
  const { early, fallback } = useEarly(props.button);
  return (
    <Suspense fallback={fallback}>
      <Loaded {...props} opened={early} />
    </Suspense>
  );
}
