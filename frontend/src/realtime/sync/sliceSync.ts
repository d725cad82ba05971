/** Asks for whole slices and puts the answers into the replica. */

import { uuid } from '../protocol/ids';
import type { ServerMessage } from '../protocol';
import type { Replica } from '../state/replica';
import { questionFor, snapshotIn, type Slices, type SyncQuestion } from './slices';
import type { SliceKey } from '../state/state';

export class SliceSync {
  readonly #slices: Slices;
  readonly #replica: Replica;
  readonly #underWay = new Map<string, SliceKey>();

  constructor(slices: Slices, replica: Replica) {
    this.#slices = slices;
    this.#replica = replica;
  }

  get isUnderWay(): boolean {
    return this.#underWay.size > 0;
  }

  /** Asks for every slice that is wanted and not here. */
  askForMissing(ask: (question: SyncQuestion, requestId: string) => unknown): void {
    for (const slice of this.#slices.missing) {
      const requestId = uuid();
      this.#slices.asked(slice);
      this.#underWay.set(requestId, slice);
      this.#replica.expectSnapshot();
      ask(questionFor(slice), requestId);
    }
  }

  /** Takes in the answer to a question asked here; false if the message is none. */
  settle(message: ServerMessage, atVersion: number): boolean {
    const slice = this.#sliceOf(message);
    if (slice === undefined) {
      return false;
    }
    const { calendar, settings } = this.#replica.confirmed;
    const known = { periods: calendar?.periods ?? [], versions: settings?.versions ?? [] };
    const snapshot = message.type === 'ERROR' ? null : snapshotIn(slice, message, known);
    if (snapshot === null) {
      this.#slices.refused(slice);
    } else {
      this.#replica.load(snapshot, message.version ?? atVersion);
      this.#slices.arrived(slice);
    }
    this.#end(message.requestId ?? '');
    return true;
  }

  /** Nothing of what was asked will be answered. */
  disconnected(): void {
    [...this.#underWay.keys()].forEach((requestId) => this.#end(requestId));
    this.#slices.disconnected();
  }

  #sliceOf({ requestId }: ServerMessage): SliceKey | undefined {
    return requestId == null ? undefined : this.#underWay.get(requestId);
  }

  #end(requestId: string): void {
    this.#underWay.delete(requestId);
    this.#replica.snapshotSettled();
  }
}
