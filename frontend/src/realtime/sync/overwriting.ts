/** Tells of what others write over what was written here a moment ago. */

import type { Notices } from '../outbox/notices';
import type { Outbox } from '../outbox/outbox';
import type { ChangeRequest } from '../state/predictions';
import type { Change } from '../protocol';
import type { Identity } from '../storage/tabs';
import type { Presence } from './presence';

interface Parts {
  readonly identity: Identity;
  readonly presence: Presence;
  readonly outbox: Outbox;
}

interface Arrived {
  readonly changes: readonly Change[];
  /** What was under way then. */
  readonly asked: readonly ChangeRequest[];
}

/** So many wait for what compares them, should it be long in coming. */
const MOST = 500;

/** What compares the changes is loaded with the first of them: it is not worth its bytes when the page opens. */
export class Overwriting {
  readonly #parts: Parts;
  readonly #notices: Notices;
  #waiting: Arrived[] = [];
  #compare: ((arrived: Arrived) => void) | null = null;

  constructor(parts: Parts, notices: Notices) {
    this.#parts = parts;
    this.#notices = notices;
  }

  take(changes: readonly Change[]): void {
    this.#waiting = [...this.#waiting.slice(1 - MOST), { changes, asked: this.#parts.outbox.pending }];
    if (this.#compare === null) {
      // Without it they wait for the next.
      void this.#load().then(() => this.#work(), () => undefined);
    } else {
      this.#work();
    }
  }

  async #load(): Promise<void> {
    const [{ OwnWrites }, { OwnRows }] = await Promise.all([import('../outbox/ownWrites'), import('../outbox/ownRows')]);
    const cells = new OwnWrites();
    const rows = new OwnRows();
    this.#compare ??= ({ changes, asked }) => {
      const { identity, presence } = this.#parts;
      const nameOf = (clientId: string) => presence.nameOf(clientId);
      const items = cells.overwrittenBy(changes, identity.clientId, nameOf);
      if (items.length > 0) {
        this.#notices.add({ kind: 'overwritten', items });
      }
      for (const row of rows.overwrittenBy(changes, identity.clientId, asked, nameOf)) {
        this.#notices.add({ kind: 'overwrittenRow', ...row });
      }
    };
  }

  #work(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    waiting.forEach((arrived) => this.#compare?.(arrived));
  }
}
