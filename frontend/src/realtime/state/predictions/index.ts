/** Shows a request's effect before the server has confirmed it, by the reducers that its broadcast will go through. */

import type { ReplicaDraft } from '../draft';
import { reduce } from '../events';
import type { ChangeRequestType, ClientPayloads } from '../../protocol';
import { calendarPredictors } from './calendar';
import type { Predictor, Predictors } from './predictor';
import { settingsPredictors } from './settings';
import { shiftPredictors } from './shifts';
import { staffPredictors } from './staff';

/** A request without a predictor (an undo, a new version) shows when the server has carried it out. */
const predictors: Partial<Predictors<ChangeRequestType>> = {
  ...shiftPredictors,
  ...staffPredictors,
  ...calendarPredictors,
  ...settingsPredictors,
};

/** A request for a change, as the outbox keeps it. */
export type ChangeRequest<T extends ChangeRequestType = ChangeRequestType> = {
  [K in T]: { readonly type: K; readonly payload: ClientPayloads[K] };
}[T];

/** Writes into the draft what the request is expected to do. */
export function predict(draft: ReplicaDraft, { type, payload }: ChangeRequest): void {
  const change = (predictors[type] as Predictor<ChangeRequestType> | undefined)?.(draft, payload);
  if (change != null) {
    reduce(draft, change);
  }
}
