import { createStore } from 'zustand/vanilla';

/** Short words to the user. Nothing that one did ends in silence. */
export interface Toast {
  readonly id: number;
  readonly kind: 'info' | 'good' | 'warning' | 'error';
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => void };
  /** Stays until it is dismissed. */
  readonly sticky?: boolean;
}

const MOST = 4;
const SHOWN_MS = 6_000;
let count = 0;

export const toasts = createStore<readonly Toast[]>(() => []);

export function toast(kind: Toast['kind'], text: string, more: Pick<Toast, 'action' | 'sticky'> = {}): void {
  const id = ++count;
  // The same word again takes the place of the one that is still there.
  const others = toasts.getState().filter((each) => each.text !== text);
  toasts.setState([...others.slice(1 - MOST), { id, kind, text, ...more }], true);
  if (more.sticky !== true) setTimeout(() => dismissToast(id), SHOWN_MS);
}

export function dismissToast(id: number): void {
  toasts.setState((all) => all.filter((each) => each.id !== id), true);
}
