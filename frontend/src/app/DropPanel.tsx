import { lazy, type ReactElement, type ReactNode, Suspense } from 'react';

export interface DropPanelProps {
  readonly button: ReactElement;
  readonly children: ReactNode;
}

const Loaded = lazy(() => import('./DropPanelLoaded'));

/** Something to read below a button; loaded like {@link DropMenu}. */
export function DropPanel(props: DropPanelProps) {
  return (
    <Suspense fallback={props.button}>
      <Loaded {...props} />
    </Suspense>
  );
}
