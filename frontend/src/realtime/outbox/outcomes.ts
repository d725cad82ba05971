/** How each change of this client ended, for the code that awaits it. */

import type { AckResult, ConflictItem, Refusal } from '../protocol';

export type Outcome =
  | { readonly kind: 'applied'; readonly version: number; readonly result: AckResult }
  | { readonly kind: 'refused'; readonly error: Refusal }
  | { readonly kind: 'conflict'; readonly items: readonly ConflictItem[] }
  /** The server's past is another one: the author decides whether to make the change again. */
  | { readonly kind: 'stranded'; readonly reason: string }
  | { readonly kind: 'withdrawn' };

export class Outcomes {
  readonly #waiting = new Map<string, (outcome: Outcome) => void>();

  /** Resolves when the change has ended; never rejects. */
  of(requestId: string): Promise<Outcome> {
    return new Promise((resolve) => this.#waiting.set(requestId, resolve));
  }

  /** Whether somebody on this page still waits for the end of that change; nobody does for one of an earlier page. */
  isAwaited(requestId: string): boolean {
    return this.#waiting.has(requestId);
  }

  settle(requestId: string, outcome: Outcome): void {
    this.#waiting.get(requestId)?.(outcome);
    this.#waiting.delete(requestId);
  }
}
