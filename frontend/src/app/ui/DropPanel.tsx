import { lazy, type ReactElement, type ReactNode, Suspense } from 'react';

import { useEarly } from './useEarly';

export interface DropPanelProps {
  readonly button: ReactElement<{ onClick?: () => void }>;
  readonly children: ReactNode;
}

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
