import { type Dispatch, type SetStateAction, useEffect, useState } from 'react';

const held = new Map<string, unknown>();

/**
 * Like `useState`, for the options of a dialog: as they were left, for as long as the page is open. They are no data that could be
 * saved, so nobody is told of them; one does not have to choose them again either.
 */
export function useRemembered<T>(name: string, initial: T): readonly [T, Dispatch<SetStateAction<T>>] {
  const [value, setValue] = useState<T>(() => (held.has(name) ? (held.get(name) as T) : initial));
  useEffect(() => void held.set(name, value), [name, value]);
  return [value, setValue];
}
