import { lazy, type ReactElement, type ReactNode, Suspense } from 'react';

import type { IconName } from './Icon';
import { useEarly } from './useEarly';

/** One line of a menu. */
export type MenuItem =
  | { readonly kind: 'divider' }
  | { readonly kind: 'heading'; readonly label: string }
  | {
      readonly kind?: 'item';
      readonly label: ReactNode;
      /** Also what tells it from the others. */
      readonly id: string;
      readonly icon?: IconName | ReactElement;
      readonly keys?: string;
      readonly lang?: string;
      /** One of several: whether it is the chosen one. */
      readonly checked?: boolean;
      readonly href?: string;
      readonly run?: () => void;
    };

export interface DropMenuProps {
  /** What opens it. */
  readonly button: ReactElement;
  readonly items: readonly MenuItem[];
  readonly end?: boolean;
  readonly width?: number;
}

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
