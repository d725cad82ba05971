import { useState } from 'react';

/** In the place of an id: the row that is being made. */
export const NEW = 'new';

/**
 * Which row one looks at. The first one is as good as any, but once it is shown it is that row, wherever colleagues move it: a form
 * must not become another row's while one types in it, or reaches for its button. Another one that is asked for is shown.
 */
export function useChosen(asked: string | null, first: string | null): readonly [string | null, (id: string | null) => void] {
  const [chosen, choose] = useState(asked);
  const [followed, follow] = useState(asked);
  if (asked !== followed) {
    follow(asked);
    if (asked !== null) choose(asked);
  }
  if (chosen === null && first !== null) choose(first);
  return [chosen ?? first, choose];
}
