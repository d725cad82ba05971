import { createStore } from 'zustand/vanilla';

/** Short words to the user. Nothing that one did ends in silence. */
export interface Toast {
  readonly id: number;
  readonly kind: 'info' | 'good' | 'warning' | 'error';
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => void };
  /** Stays until it is dismissed. */
  readonly sticky?: boolean;
  /** Called when it was used or dismissed. */
  readonly onEnd?: () => void;
}

/** So many of those that go by themselves. What stays until it is seen is pushed out by nothing. */
const MOST = 4;
const SHOWN_MS = 6_000;
/** What went wrong takes longer to read, and stands at the field as well where it is about one. */
const PROBLEM_MS = 15_000;
let count = 0;

/** How the places begin where notices are kept that outlast the page: `shiftsync-notice:USER:RESTAURANT:…`. */
export const NOTICES = 'shiftsync-notice';

export const toasts = createStore<readonly Toast[]>(() => []);

export function toast(kind: Toast['kind'], text: string, more: Pick<Toast, 'action' | 'sticky' | 'onEnd'> = {}): number {
  const id = ++count;
  // The same word again takes the place of the one that is still there, unless that one offers what this one does not.
  const others = toasts.getState().filter((each) => each.text !== text || (each.sticky === true && each.action !== undefined));
  const oldest = others.filter(({ sticky }) => sticky !== true).slice(0, 1 - MOST);
  toasts.setState([...others.filter((each) => !oldest.includes(each)), { id, kind, text, ...more }], true);
  if (more.sticky !== true) setTimeout(() => dismissToast(id), kind === 'error' ? PROBLEM_MS : SHOWN_MS);
  return id;
}

export function dismissToast(id: number): void {
  toasts.getState().find((each) => each.id === id)?.onEnd?.();
  toasts.setState((all) => all.filter((each) => each.id !== id), true);
}

/** The session is over: the next one at this browser is not shown what was told to this one. What outlasts the page is told again. */
export const clearToasts = (): void => toasts.setState([], true);
