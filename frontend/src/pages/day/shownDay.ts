import { createStore, useStore } from 'zustand';

import type { DateKey } from '@/grid/model';

/** The day that was chosen last; null: none yet. It outlasts a look at the month. */
const chosen = createStore<{ readonly date: DateKey | null }>(() => ({ date: null }));

export const useChosenDay = (): DateKey | null => useStore(chosen, ({ date }) => date);

export const chooseDay = (date: DateKey): void => chosen.setState({ date });
