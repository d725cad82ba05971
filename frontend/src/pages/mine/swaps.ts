/** Swaps as one of those concerned sees them: which ask for an answer, which are one's own, which are settled. */

import type { DateKey, Swap } from '@/realtime/protocol';

export interface MySwaps {
  /** Offers that one could take. */
  readonly offers: readonly Swap[];
  /** One is asked by name. */
  readonly asked: readonly Swap[];
  /** What one gave away or agreed to, and is not settled. */
  readonly mine: readonly Swap[];
  readonly settled: readonly Swap[];
}

const PENDING: ReadonlySet<string> = new Set(['open', 'accepted']);

const isPendingSwap = ({ state }: Swap): boolean => PENDING.has(state);

export function mySwaps(swaps: Iterable<Swap>, staffId: string, today: DateKey): MySwaps {
  const all = [...swaps].sort((a, b) => a.dateKey.localeCompare(b.dateKey));
  const own = all.filter(({ staffId: giver, otherId }) => giver === staffId || otherId === staffId);
  const isAsked = (swap: Swap) => swap.otherId === staffId && swap.state === 'open';
  return {
    offers: all.filter((swap) => swap.isOffer && swap.state === 'open' && swap.staffId !== staffId && swap.dateKey >= today),
    asked: own.filter(isAsked),
    mine: own.filter((swap) => isPendingSwap(swap) && !isAsked(swap)),
    settled: own.filter((swap) => !isPendingSwap(swap)),
  };
}
