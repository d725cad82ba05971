import { daysOf } from '@/grid/days';
import { cells, days as demoDays, people, symbols } from '../grid/people';
import type { BackupAssignment, LimitRow, Period, PriorityRule, StaffGroup, StaffMember } from '@/realtime/protocol';
import { NO_ROWS } from '@/realtime/protocol/settingsTables';
import { blankSchedule, type GridRow, NOTHING, type ReplicaState, type ScheduleState } from '@/realtime/state/state';

/** A restaurant with all that the pages show, the same each time. */

const NOW = '2026-11-20T03:00:00.000Z';
const BOUNDS = [
  ['2026-10-21', '2026-11-20'],
  ['2026-11-21', '2026-12-20'],
  ['2026-12-21', '2027-01-20'],
] as const;

const base = (id: string, name: string) => ({
  id,
  restaurantId: 'r',
  versionId: 'v2',
  name,
  description: '',
  isActive: true,
  createdAt: NOW,
  updatedAt: NOW,
  revision: 1,
  lineageId: id,
});
const rule = { penaltyWeight: 5, isHardConstraint: false, effectiveFrom: null, effectiveUntil: null };
const limit = (id: string, name: string, limitConfig: LimitRow['limitConfig'], hard = false): LimitRow => ({
  ...base(id, name),
  ...rule,
  isHardConstraint: hard,
  limitConfig,
});

export function restaurant(staff = 17): ReplicaState {
  const members = people(staff).map((person, index): StaffMember => ({
    id: person.id,
    name: person.name,
    position: person.position,
    department: person.position === 'ホール' ? 'ホール' : '厨房',
    type: person.status,
    status: person.status,
    period: null,
    staffOrder: index,
    startPeriod: { year: 2023, month: 4 },
    endPeriod: null,
    blankMeans: person.blankMeans,
    allowedShiftTypes: [],
    isActive: true,
    createdAt: NOW,
    updatedAt: NOW,
    revision: 1,
  }));
  const periods = BOUNDS.map(([startDate, endDate], index): Period => ({
    index,
    id: `period-${index}`,
    startDate,
    endDate,
    scheduleId: `schedule-${index}`,
    state: index === 0 ? 'published' : 'draft',
  }));
  return {
    staff: { members: new Map(members.map((member) => [member.id, member])) },
    calendar: {
      periods,
      days: new Map([['2026-12-02', { id: 'day-1', date: '2026-12-02', kind: 'closed' as const, note: '店内清掃', revision: 1 }]]),
      shiftTypes: symbols.map(({ symbol, kind, label, offEquivalent }, index) => ({
        id: `type-${index}`,
        symbol,
        kind,
        labelJa: label,
        labelEn: kind.replace('_', ' '),
        color: '',
        startTime: null,
        endTime: null,
        offEquivalent,
        aliases: [],
        isLeave: false,
        isActive: true,
        revision: 1,
      })),
    },
    settings: { ...settingsOf(members), version: versions[1] ?? null, versions },
    schedules: new Map(periods.map((period, index) => [`schedule-${index}`, scheduleOf(period, staff, index < 2)])),
  };
}

export const versions = [
  { name: 'Default Settings', isActive: false, isLocked: true },
  { name: '秋の設定', isActive: true, isLocked: false },
].map((each, index) => ({
  ...each,
  id: `v${index + 1}`,
  restaurantId: 'r',
  versionNumber: index + 1,
  description: '',
  createdBy: 'demo-owner',
  createdByName: '田中',
  createdAt: NOW,
  revision: 1,
}));

function settingsOf(members: readonly StaffMember[]) {
  const ids = (position: string) => members.filter((member) => member.position === position).map(({ id }) => id);
  const staffGroups: StaffGroup[] = ['調理', 'ホール', '洗い場'].map((name, index) => ({
    ...base(`g${index}`, name),
    color: ['#8a4b08', '#1b6b50', '#7a2e7a'][index] ?? '',
    groupConfig: { members: ids(name), coverageRules: { maxOffPerDay: 1, minimumCoverage: 2, backupRequired: index === 0 } },
  }));
  const priorityRules: PriorityRule[] = [
    { ...base('pr1', '6連勤まで'), ...rule, isHardConstraint: true, priorityLevel: 1, ruleDefinition: { ruleType: 'max_consecutive_work', maxCount: 6 }, ruleConfig: {} },
    { ...base('pr2', '田中さんは日曜に早番'), ...rule, priorityLevel: 2, ruleDefinition: { ruleType: 'preferred_shift', staffIds: ['p0'], shiftType: 'early', daysOfWeek: [0] }, ruleConfig: { preferenceStrength: 0.7 } },
  ];
  const backupAssignments: BackupAssignment[] = [
    { ...base('b1', ''), staffId: 'p4', groupId: 'g0', assignmentType: 'regular', priorityOrder: 1, effectiveFrom: null, effectiveUntil: null, notes: '' },
  ];
  return {
    ...NO_ROWS,
    staffGroups,
    dailyLimits: [
      limit('d1', '休みは1日4人まで', { shiftType: 'off', maxCount: 4, scope: 'all' }, true),
      limit('d2', '早番は1人以上', { shiftType: 'early', minCount: 1, maxCount: 3, scope: 'all', daysOfWeek: [1, 2, 3, 4, 5] }),
    ],
    weeklyLimits: [limit('w1', '週に1日は休み', { shiftType: 'off', minCount: 1, weekStartsOn: 0, scope: 'all' }, true)],
    monthlyLimits: [
      limit('m1', '月の休みは6日以上', { limitType: 'min_off_days', minCount: 6, scope: 'type', targetIds: ['社員', '派遣'] }),
      limit('m2', '月の休みは8日まで', { limitType: 'max_off_days', maxCount: 8, scope: 'type', targetIds: ['社員', '派遣'] }),
    ],
    priorityRules,
    mlModelConfigs: [
      { ...base('c1', '標準'), modelName: 'cp_sat', modelType: 'cp_sat', parameters: { algorithm: 'cp_sat', timeLimitSeconds: 30, workers: 2, stabilityWeight: 1 }, modelConfig: {}, confidenceThreshold: 0.75, isDefault: true },
    ],
    backupAssignments,
  };
}

function scheduleOf({ startDate, endDate, scheduleId, state }: Period, staff: number, filled: boolean): ScheduleState {
  const dates = daysOf(startDate, endDate);
  const blank = blankSchedule(scheduleId ?? '', dates);
  if (!filled) return { ...blank, state };
  const rows = new Map<string, GridRow>();
  const filledIn = cells(people(staff), demoDays(startDate, endDate, ''));
  for (const person of people(staff)) {
    const values = dates.map(() => '');
    for (const { staffId, dateKey, value } of filledIn) if (staffId === person.id) values[blank.columns.get(dateKey) ?? 0] = value;
    rows.set(person.id, { values, waiting: NOTHING, locked: NOTHING });
  }
  return { ...blank, rows: rows.size === 0 ? blank.rows : rows, state };
}

/** The same month as those see it who only look: published, with all that it is read by. */
export function published(state: ReplicaState, scheduleId: string): ReplicaState {
  const schedule = state.schedules.get(scheduleId);
  if (schedule === undefined) return state;
  const people = [...(state.staff?.members.values() ?? [])].map((member) => ({ ...member, blanks: (member.blankMeans === 'work' ? 'w' : 'f').repeat(schedule.dates.length) }));
  const [startDate = '', endDate = ''] = [schedule.dates[0], schedule.dates.at(-1)];
  const publication = { textCountsAs: 'nothing' as const, number: 1, publishedAt: NOW, publishedBy: null, startDate, endDate, people, days: [], shiftTypes: [...(state.calendar?.shiftTypes ?? [])] };
  return { ...state, schedules: new Map(state.schedules).set(scheduleId, { ...schedule, state: 'published', publishedAt: NOW, publication }) };
}
