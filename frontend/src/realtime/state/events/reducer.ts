import type { ReplicaDraft } from '../draft';
import type { ChangeType, ServerPayloads } from '../../protocol';

/** Brings a draft from before a change to after it. */
export type Reducer<T extends ChangeType> = (draft: ReplicaDraft, payload: ServerPayloads[T]) => void;

/** The reducers of some types, complete by the compiler's word. */
export type Reducers<T extends ChangeType> = { readonly [K in T]: Reducer<K> };

/** The reducers of changes that carry a whole row and nothing else (`WHOLE_ROWS`): all of them put it into the state. */
export function ofWholeRows<T extends ChangeType>(types: readonly T[], put: Reducer<T>): Record<T, Reducer<T>> {
  return Object.fromEntries(types.map((type) => [type, put])) as Record<T, Reducer<T>>;
}
