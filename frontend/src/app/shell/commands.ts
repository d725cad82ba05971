import { useEffect, useSyncExternalStore } from 'react';

/** Everything that can be done, for the palette: each part of the page registers what it can do, where it can. */
export interface Command {
  readonly id: string;
  readonly label: string;
  /** Further words by which it is found, besides its label. */
  readonly also?: string;
  readonly keys?: string;
  readonly run: () => void;
}

let registered: ReadonlyMap<object, readonly Command[]> = new Map();
let all: readonly Command[] = [];
const listeners = new Set<() => void>();

function replace(next: ReadonlyMap<object, readonly Command[]>): void {
  registered = next;
  all = [...next.values()].flat();
  listeners.forEach((listener) => listener());
}

/** Offers commands while the component is there; memoise the list. */
export function useCommands(commands: readonly Command[]): void {
  useEffect(() => {
    const owner = {};
    replace(new Map(registered).set(owner, commands));
    return () => {
      const rest = new Map(registered);
      rest.delete(owner);
      replace(rest);
    };
  }, [commands]);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useAllCommands = (): readonly Command[] => useSyncExternalStore(subscribe, () => all);

/** Those that hold every word, the ones that begin with the text first. */
export function find(commands: readonly Command[], query: string): readonly Command[] {
  const text = query.normalize('NFKC').toLowerCase().trim();
  if (text === '') return commands;
  const words = text.split(/\s+/u);
  const haystack = ({ label, also = '' }: Command) => `${label} ${also}`.normalize('NFKC').toLowerCase();
  const found = commands.filter((command) => words.every((word) => haystack(command).includes(word)));
  return [...found].sort((a, b) => Number(haystack(b).startsWith(text)) - Number(haystack(a).startsWith(text)));
}
