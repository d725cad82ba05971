/** The change log of a server in memory: what is committed, who has been told of it, what one who was away has missed. */

import type { CellChange } from '../protocol';
import type { Wire } from './fakeWire';

interface Logged {
  version: number;
  message: Wire;
  clientId: string;
  cells: readonly CellChange[];
  /** What it is about: cells, people, their order. */
  things: readonly string[];
  /** It was taken back, or takes something back: it is not undone again. */
  isUndone?: boolean;
}

export const cellKey = ({ staffId, dateKey }: { staffId: string; dateKey: string }) => `${staffId}|${dateKey}`;

export class FakeLog {
  epoch = 'epoch-1';
  version = 0;
  /** Up to here it is forgotten. */
  floor = 0;
  #entries: Logged[] = [];
  readonly #unpublished: Wire[] = [];

  append(clientId: string, message: Wire, cells: readonly CellChange[] = [], things: readonly string[] = cells.map(cellKey)): void {
    this.version += 1;
    const told = { ...message, clientId, version: this.version };
    this.#entries.push({ version: this.version, clientId, cells, things, message: told });
    this.#unpublished.push(told);
  }

  /** A version that clients are not told of. */
  appendHidden(): void {
    this.version += 1;
  }

  /** What is committed and not told yet; told from now on. */
  takeUnpublished(): Wire[] {
    return this.#unpublished.splice(0);
  }

  prune(): void {
    this.floor = this.version;
    this.#entries = [];
  }

  /** Another past begins. */
  restart(): void {
    this.epoch = `${this.epoch}+`;
    this.version = 3;
    this.floor = 3;
    this.#entries = [];
  }

  /** The messages since a position, or null where the log does not reach back to it. */
  since(position: string): { from: number; missed: Wire[] } | null {
    const [epoch, number] = position.split(':');
    const from = Number(number);
    if (epoch !== this.epoch || from > this.version || from < this.floor) {
      return null;
    }
    return { from, missed: this.#entries.filter((entry) => entry.version > from).map(({ message }) => message) };
  }

  /** Who else changed a thing last since `baseVersion`. */
  authorSince(baseVersion: number, thing: string, clientId: string): string | undefined {
    return this.#entries.findLast((entry) => entry.version > baseVersion && entry.clientId !== clientId && entry.things.includes(thing))?.clientId;
  }

  /** The cells of the author's last change that can be undone; `undo` commits the change that takes them back. */
  takeBack(clientId: string, undo: (cells: readonly CellChange[]) => void): boolean {
    const last = this.#entries.findLast((entry) => entry.clientId === clientId && entry.cells.length > 0 && entry.isUndone !== true);
    if (last === undefined) {
      return false;
    }
    undo(last.cells);
    last.isUndone = true;
    const own = this.#entries.at(-1);
    if (own !== undefined) {
      own.isUndone = true;
    }
    return true;
  }
}
