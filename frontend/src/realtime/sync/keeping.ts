/** Keeps the confirmed state in the browser's own store, as long as it is known whose it is. */

import type { Replica } from '../state/replica';
import type { SnapshotCache } from '../storage/cache';
import type { StoredMeta } from '../storage/stored';
import { Timer } from '../transport/timer';

const SAVE_DELAY_MS = 500;

/** What is stored along with the state; without an epoch it is of no use. */
type Meta = Omit<StoredMeta, 'scope' | 'epoch'> & { readonly epoch: string | null };

export class Keeping {
  readonly #cache: SnapshotCache;
  readonly #replica: Replica;
  readonly #meta: () => Meta;
  readonly #timer = new Timer(SAVE_DELAY_MS, () => void this.save());
  #isSealed = false;

  constructor(cache: SnapshotCache, replica: Replica, meta: () => Meta) {
    this.#cache = cache;
    this.#replica = replica;
    this.#meta = meta;
  }

  /** Saves in a moment, with whatever else changes until then. */
  soon(): void {
    this.#timer.start();
  }

  async save(): Promise<void> {
    this.#timer.stop();
    const { epoch, ...meta } = this.#meta();
    if (epoch !== null && !this.#isSealed) {
      await this.#cache.save({ ...meta, epoch }, this.#replica.confirmed);
    }
  }

  /** Nothing is written any more of what was shown, until {@link unseal}: the server has not said whose it is. */
  seal(): void {
    this.#isSealed = true;
    this.#timer.stop();
    this.forget();
  }

  unseal(): void {
    this.#isSealed = false;
  }

  /** Takes away what was kept; what comes from now on is kept again. */
  forget(): void {
    void this.#cache.clear();
  }
}
