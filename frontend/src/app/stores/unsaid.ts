import { useState } from 'react';

/** What was typed into a message and not sent, by where: a sheet that is closed before must not lose it. It lasts as long as the page. */
const unsaid = new Map<string, string>();

interface Unsaid {
  readonly text: string;
  readonly set: (text: string) => void;
  /** It was sent. */
  readonly forget: () => void;
}

/** A message at a `place` that is nobody else's; `stored` is what was said there before. */
export function useUnsaid(place: string, stored = ''): Unsaid {
  const [text, setText] = useState(() => unsaid.get(place) ?? stored);
  const set = (next: string) => {
    if (next === stored) unsaid.delete(place);
    else unsaid.set(place, next);
    setText(next);
  };
  return { text, set, forget: () => void unsaid.delete(place) };
}
