/** What each change does to the state: the same for one's own changes and for others'. */

import type { ReplicaDraft } from '../draft';
import type { ChangeType, ServerMessage } from '../../protocol';
import { calendarReducers } from './calendar';
import type { Reducer, Reducers } from './reducer';
import { settingsReducers } from './settings';
import { shiftReducers } from './shifts';
import { staffReducers } from './staff';

export const reducers: Reducers<ChangeType> = {
  ...shiftReducers,
  ...staffReducers,
  ...calendarReducers,
  ...settingsReducers,
};

export type AnyChange = Pick<ServerMessage<ChangeType>, 'type' | 'payload'>;

/** Applies one change to the draft. */
export function reduce(draft: ReplicaDraft, change: AnyChange): void {
  const reducer = reducers[change.type] as Reducer<ChangeType>;
  reducer(draft, change.payload);
}
