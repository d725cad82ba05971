import { vi } from 'vitest';

import { Grid, type GridHost, type Notice, type Overlap } from '@/grid/controller';
import { daysOf } from '@/grid/days';
import { makeLayout } from '@/grid/layout';
import type { Day, Person } from '@/grid/model';
import { activeOf } from '@/grid/selection';
import { MemorySource } from './memory';

/** A grid of four people and seven days that the tests of the controller work on; `begin` makes it anew before each. */

export const person = (id: string, position = 'cook'): Person => ({
  id,
  name: id,
  position,
  status: '社員',
  blankMeans: 'work',
  groupIds: [],
});
export const people = ['tanaka', 'sato', 'suzuki', 'ito'].map((id, index) => person(id, index < 2 ? 'cook' : 'hall'));
export const days: Day[] = daysOf('2026-08-01', '2026-08-07').map((dateKey) => ({
  dateKey,
  weekday: 0,
  holiday: null,
  closed: false,
  allWork: false,
  note: '',
  isToday: false,
}));
export const day = (index: number) => days[index]?.dateKey ?? '';
export const all = new Set(people.map(({ id }) => id));

export let source: MemorySource;
export let grid: Grid;
/** What the grid has told its user. */
export let notices: Notice[];
/** How many cells each question was about. */
export let asked: number[];
let answer: Overlap;

export const host: GridHost = {
  notify: (notice) => notices.push(notice),
  askOverlap: (cells) => {
    asked.push(cells);
    return Promise.resolve(answer);
  },
  openHistory: vi.fn(),
  openMenu: vi.fn(),
  setLocked: (cells, locked) => source.setLocked(cells, locked),
};

/** What its user answers when a paste meets what is there. */
export function answerWith(overlap: Overlap): void {
  answer = overlap;
}

/** The page is opened anew with another grid. */
export function reopen(other: Grid): Grid {
  grid = other;
  return grid;
}

/** Everything anew: for `beforeEach`. */
export function begin(): void {
  notices = [];
  asked = [];
  answer = 'overwrite';
  source = new MemorySource(days.map(({ dateKey }) => dateKey));
  grid = new Grid(source, makeLayout(people, days, null), host, { readOnly: false, advance: 'none' });
}

export const value = (row: number, col: number) => grid.value({ row, col });
export const range = () => grid.resolved()?.range;
export const active = () => {
  const { selection } = grid.state.getState();
  return selection === null ? undefined : activeOf(selection);
};
