import type { ReactElement, ReactNode } from 'react';

import type { IconName } from './Icon';

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

export interface DropPanelProps {
  readonly button: ReactElement<{ onClick?: () => void }>;
  readonly children: ReactNode;
}
