import type { ReplicaDraft } from '../draft';
import type { AnyChange } from '../events';
import type { ChangeRequestType, ClientPayloads } from '../../protocol';

/** What the server will tell if it accepts the request, as far as the client can know it. */
export type Predictor<T extends ChangeRequestType> = (
  draft: ReplicaDraft,
  payload: ClientPayloads[T],
) => AnyChange | null;

export type Predictors<T extends ChangeRequestType> = { readonly [K in T]: Predictor<K> };
