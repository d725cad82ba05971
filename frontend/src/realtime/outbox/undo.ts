/** Undo and redo of one's own changes: on the server, or, for what was never sent, right here. */

import type { Outbox, OutboxEntry } from './outbox';
import type { ChangeRequest } from '../state/predictions';
import { scheduleOf, UNDOABLE } from './steps';
import { unbased } from './waiting';

export interface UndoOptions {
  /** Undo the cells that nobody has changed since. */
  partial?: boolean;
  /** Leave this step out and go on with the one before. */
  skip?: boolean;
}

export interface UndoActions {
  change(request: ChangeRequest): void;
  withdraw(entry: OutboxEntry): void;
}

/** What was withdrawn before it was sent can be redone here, as a new request, as long as nothing else was done. */
export class Undo {
  readonly #outbox: Outbox;
  readonly #clientId: () => string;
  readonly #actions: UndoActions;
  readonly #withdrawn = new Map<string, ChangeRequest[]>();

  constructor(outbox: Outbox, clientId: () => string, actions: UndoActions) {
    this.#outbox = outbox;
    this.#clientId = clientId;
    this.#actions = actions;
  }

  /** Takes back the last change of this client to the schedule. */
  undo(scheduleId: string, options: UndoOptions = {}): void {
    // What was taken over from another tab is not this one's to undo: the server goes by the id of the client, too.
    const last = this.#outbox.entries.findLast(
      ({ request, clientId, held }) => held === null && clientId === this.#clientId() && scheduleOf(request) === scheduleId,
    );
    if (last === undefined || last.wasSent || !UNDOABLE.has(last.request.type)) {
      this.#actions.change({ type: 'UNDO', payload: { scheduleId, ...options } });
      return;
    }
    this.#withdrawn.set(scheduleId, [...(this.#withdrawn.get(scheduleId) ?? []), unbased(last.request)]);
    this.#actions.withdraw(last);
  }

  /** Does again what was undone last. */
  redo(scheduleId: string, options: UndoOptions = {}): void {
    const withdrawn = this.#withdrawn.get(scheduleId) ?? [];
    const request = withdrawn.at(-1);
    if (request === undefined) {
      this.#actions.change({ type: 'REDO', payload: { scheduleId, ...options } });
      return;
    }
    this.#withdrawn.set(scheduleId, withdrawn.slice(0, -1));
    this.#actions.change(request);
  }

  /** A new change was made by hand: there is nothing to redo after it. */
  forget(request: ChangeRequest): void {
    const scheduleId = scheduleOf(request);
    if (scheduleId !== null && UNDOABLE.has(request.type)) {
      this.#withdrawn.delete(scheduleId);
    }
  }
}
