/** Puts what arrives into version order: each change once, none left out. */

import type { Change } from '../protocol';

/**
 * The place of a client in the stream of changes.
 *
 * A change beyond the next one is held back until those between have come, or until the server says (`settle`) that
 * there is nothing between for this client. `isBehind` tells that the server must be asked.
 */
export class Sequence {
  #epoch: string | null = null;
  #version = 0;
  readonly #held = new Map<number, Change>();

  get epoch(): string | null {
    return this.#epoch;
  }

  get version(): number {
    return this.#version;
  }

  /** Whether changes wait here for one that did not come. */
  get isBehind(): boolean {
    return this.#held.size > 0;
  }

  /** `<epoch>:<version>` for a resume, or null if nothing is known yet. */
  get since(): string | null {
    return this.#epoch === null ? null : `${this.#epoch}:${this.#version}`;
  }

  /** Starts over at a version of an epoch. */
  start(epoch: string, version: number): void {
    this.#epoch = epoch;
    this.#version = version;
    this.#held.clear();
  }

  /** Takes in changes as they arrive; returns those whose turn it is, in order. */
  offer(changes: readonly Change[]): Change[] {
    for (const change of changes) {
      if (change.version > this.#version) {
        this.#held.set(change.version, change);
      }
    }
    return this.#ready();
  }

  /** Everything up to `version` has been sent: releases what was held, although versions between are not for us. */
  settle(version: number): Change[] {
    const due = [...this.#held.keys()].filter((held) => held <= version).sort((a, b) => a - b);
    const released = due.map((held) => this.#take(held));
    this.#version = Math.max(this.#version, version);
    return [...released, ...this.#ready()];
  }

  /** Releases everything held, gaps or not: for those who are not told every version. */
  trust(): Change[] {
    return this.settle(Math.max(this.#version, ...this.#held.keys()));
  }

  #ready(): Change[] {
    const ready: Change[] = [];
    while (this.#held.has(this.#version + 1)) {
      ready.push(this.#take(this.#version + 1));
    }
    return ready;
  }

  #take(version: number): Change {
    const change = this.#held.get(version);
    if (change === undefined) {
      throw new Error(`Version ${version} is not held.`);
    }
    this.#held.delete(version);
    this.#version = version;
    return change;
  }
}
