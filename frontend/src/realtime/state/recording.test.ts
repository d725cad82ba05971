/**
 * A run of the real server, replayed: its first state and every change it told, through the reducers, must lead to the state
 * that it answered afterwards. `tests/contract/test_recording.py` writes the recording and sees to it that it is fresh.
 */

import { describe, expect, it } from 'vitest';

import type { Change, ConfigVersion, ServerMessage, ServerPayloads, StaffMember } from '../protocol';
import { CHANGE_TYPES } from '../protocol';
import { Replica } from './replica';
import { Sequence } from '../sync/sequence';
import { snapshotIn } from '../sync/slices';
import { scheduleKey, type CalendarState, type ReplicaState, type ScheduleState, type SettingsState, type SliceKey } from './state';
import recording from '../testing/recording.json';

type Part = 'calendar' | 'staff' | 'schedule' | 'settings' | 'versions';
type Answers = Partial<Record<Part, ServerMessage & { version: number }>>;

interface Step {
  what: string;
  events: Change[];
  after: Answers;
}

const start = recording.start as unknown as Required<Answers>;
const steps = recording.steps as unknown as Step[];
const SCHEDULE = (start.schedule.payload as ServerPayloads['SHIFT_SYNC_RESPONSE']).scheduleId ?? '';
/** The order matters: a schedule is laid out over the days of its period. */
const SLICES: readonly (readonly [Part, SliceKey])[] = [
  ['calendar', 'calendar'],
  ['staff', 'staff'],
  ['schedule', scheduleKey(SCHEDULE)],
  ['settings', 'settings'],
];

const versionsIn = (answers: Answers) =>
  (answers.versions?.payload as ServerPayloads['SETTINGS_VERSIONS_RESPONSE'] | undefined)?.versions ?? [];

/** A client that has just read everything. */
function read(answers: Required<Answers>): Replica {
  const replica = new Replica();
  for (const [part, slice] of SLICES) {
    const known = { periods: replica.confirmed.calendar?.periods ?? [], versions: versionsIn(answers) };
    const snapshot = snapshotIn(slice, answers[part], known);
    if (snapshot === null) {
      throw new Error(`There is no ${part} in its answer.`);
    }
    replica.load(snapshot, answers[part].version);
  }
  return replica;
}

/** Those who are still there: what a client remembers of the others the server does not tell. */
const present = (members: ReadonlyMap<string, StaffMember>) =>
  [...members.values()]
    .filter(({ isActive }) => isActive)
    .map((member) => ({ ...member, period: null }))
    .sort((a, b) => a.id.localeCompare(b.id));

const cells = ({ rows, dates }: ScheduleState) =>
  [...rows].flatMap(([staffId, { values, locked }]) =>
    dates.flatMap((date, column) => {
      const [value, isLocked] = [values[column] ?? '', locked.has(column)];
      return value === '' && !isLocked ? [] : [{ staffId, date, value, isLocked }];
    }),
  );

const byId = <Row extends { id: string }>(rows: readonly Row[]) => [...rows].sort((a, b) => a.id.localeCompare(b.id));

function comparable({ calendar, staff, settings, schedules }: ReplicaState) {
  const { days, shiftTypes, periods } = calendar as CalendarState;
  const schedule = schedules.get(SCHEDULE) as ScheduleState;
  return {
    periods,
    days: [...days.values()].sort((a, b) => a.date.localeCompare(b.date)),
    shiftTypes: byId(shiftTypes),
    staff: present(staff?.members ?? new Map()),
    availability: byId([...(staff?.availability?.values() ?? [])]),
    cells: cells(schedule).sort((a, b) => `${a.date}${a.staffId}`.localeCompare(`${b.date}${b.staffId}`)),
    state: schedule.state,
    wishes: byId([...(schedule.wishes?.values() ?? [])]),
    swaps: byId([...(schedule.swaps?.values() ?? [])]),
    wishTerms: schedule.wishTerms ?? { deadline: null, limit: null },
    settings: { ...(settings as SettingsState), versions: byId<ConfigVersion>((settings as SettingsState).versions) },
  };
}

function replayed(): { what: string; told: ReplicaState; read: ReplicaState }[] {
  const replica = read(start);
  const sequence = new Sequence();
  sequence.start('recording', Math.max(...Object.values(start).map(({ version }) => version)));
  let answers = start;
  return steps.map(({ what, events, after }) => {
    replica.receive(sequence.offer(events));
    answers = { ...answers, ...after };
    return { what, told: replica.confirmed, read: read(answers).confirmed };
  });
}

describe('a recorded run of the server', () => {
  const states = replayed();

  it('has every kind of change', () => {
    const told = new Set<string>(steps.flatMap(({ events }) => events.map(({ type }) => type)));
    expect([...CHANGE_TYPES].filter((type) => !told.has(type))).toEqual([]);
  });

  it.each(states.map((state, index) => [index + 1, state.what, state] as const))(
    'step %i, %s: the changes lead to the state',
    (_index, _what, state) => {
      expect(comparable(state.told)).toEqual(comparable(state.read));
    },
  );
});
