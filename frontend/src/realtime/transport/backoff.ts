export interface BackoffOptions {
  firstMs?: number;
  longestMs?: number;
  random?: () => number;
}

/**
 * How long to wait before attempt number `attempt` (from 1): anything up to 1 s, 2 s, 4 s ... 30 s, so that the clients
 * of a restarted server do not come back at once. Never less than a tenth of the bound.
 */
export function backoffMs(
  attempt: number,
  { firstMs = 1000, longestMs = 30_000, random = Math.random }: BackoffOptions = {},
): number {
  const bound = Math.min(longestMs, firstMs * 2 ** Math.min(attempt - 1, 20));
  return Math.max(bound / 10, random() * bound);
}
