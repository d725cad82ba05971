const COLORS = 6;

/** The same person has the same colour on every screen. */
export function colorOf(userId: string): number {
  let hash = 0;
  for (let index = 0; index < userId.length; index += 1) hash = (hash * 31 + userId.charCodeAt(index)) % 9973;
  return hash % COLORS;
}

/** One or two letters: of 田中 the first, of Anna Berg both. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/u).filter(Boolean);
  const first = words[0]?.charAt(0) ?? '?';
  const isLatin = /^[A-Za-z]/.test(first);
  return isLatin && words.length > 1 ? `${first}${words.at(-1)?.charAt(0) ?? ''}`.toUpperCase() : first.toUpperCase();
}
