import type { ReplicaDraft } from '../draft';
import type { ChangeType, ServerPayloads } from '../../protocol';

/** Brings a draft from before a change to after it. */
export type Reducer<T extends ChangeType> = (draft: ReplicaDraft, payload: ServerPayloads[T]) => void;

/** The reducers of some types, complete by the compiler's word. */
export type Reducers<T extends ChangeType> = { readonly [K in T]: Reducer<K> };
