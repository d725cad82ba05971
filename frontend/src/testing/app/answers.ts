import type { ReplicaState } from '@/realtime/state/state';

import { versions } from './restaurant';

/** What a server would say, by message. */
export function answerWith(state: () => ReplicaState) {
  return (type: string, payload: Record<string, unknown>): unknown => ANSWERS[type]?.(payload, state());
}

type Answer = (payload: Record<string, unknown>, state: ReplicaState) => unknown;

const violation = (staffId: string | undefined, dateKey: string | undefined, isHard: boolean, ruleId: string, message: string, messageJa: string) => ({
  rule: ruleId,
  ruleId,
  kind: 'daily_limit',
  ...(staffId === undefined ? {} : { staffId }),
  ...(dateKey === undefined ? {} : { dateKey }),
  isHard,
  penalty: isHard ? 10 : 2,
  message,
  messageJa,
});

const VIOLATIONS = [
  violation(undefined, '2026-11-26', true, 'd1', 'At most 4 off in a day: 5', '休みは1日4人まで（現在5人）'),
  violation('p3', '2026-11-28', true, 'pr1', 'At most 6 days of work in a row: 7', '6連勤まで（現在7連勤）'),
  violation('p6', '2026-12-01', false, 'pr2', 'An early shift is preferred', '早番の希望がかなっていません'),
  violation('p8', undefined, true, 'm1', 'At least 6 days off: 5', '月の休みは6日以上（現在5日）'),
];

const ANSWERS: Readonly<Record<string, Answer>> = {
  SCHEDULE_VALIDATE: () => ({ score: 24, violations: VIOLATIONS, warnings: ['Rule r: unknown group g.'], warningsJa: ['ルール「r」：グループ「g」はありません。'] }),
  SETTINGS_VERSIONS_REQUEST: () => ({ versions }),
  SETTINGS_CHANGES_REQUEST: () => ({
    changes: [
      { id: 'ch2', tableName: 'daily_limits', rowId: 'd1', operation: 'UPDATE', oldData: { name: '休みは1日4人まで', limitConfig: { maxCount: 3 } }, newData: { name: '休みは1日4人まで', limitConfig: { maxCount: 4 } }, changedBy: '佐藤', changedAt: '2026-11-20T03:10:00Z', reason: '年末に向けて', versionId: 'v2' },
      { id: 'ch1', tableName: 'staff_groups', rowId: 'g0', operation: 'INSERT', oldData: null, newData: { name: '調理' }, changedBy: '田中', changedAt: '2026-11-19T01:00:00Z', reason: '', versionId: 'v2' },
    ],
    cursor: null,
  }),
  SETTINGS_COMPARE_REQUEST: () => ({
    from: versions[0],
    to: versions[1],
    tables: {
      staff_groups: { added: [{ name: '洗い場' }], removed: [], changed: [] },
      daily_limits: {
        added: [],
        removed: [],
        changed: [{ rowId: 'd1', fromRowId: 'd0', name: '休みは1日4人まで', field: 'limitConfig.maxCount', from: 3, to: 4 }],
      },
    },
  }),
  SETTINGS_MIGRATE: () => ({
    message: '',
    newVersion: null,
    rowsInserted: { staffGroups: 3, dailyLimits: 2, priorityRules: 1 },
    skipped: [{ table: 'staff_groups', index: 2, reason: '「渡部」というスタッフがいません' }],
    mapping: {},
  }),
  BACKUP_COVERAGE: () => ({
    days: [
      { groupId: 'g0', dateKey: '2026-11-24', membersOff: ['p1', 'p2'], needed: 1, coveredBy: [{ staffId: 'p4', assignmentId: 'b1', already: false, shared: false }], uncovered: 0, reasons: [] },
      {
        groupId: 'g0',
        dateKey: '2026-11-26',
        membersOff: ['p3'],
        needed: 1,
        coveredBy: [],
        uncovered: 1,
        reasons: [{ reason: 'designated_off', staffId: 'p4', message: 'has a designated day off (★)', messageJa: '指定休(★)です' }],
      },
    ],
    groups: [],
    backups: [],
    totals: { needed: 2, covered: 1, uncovered: 1, rate: 0.5 },
  }),
  BACKUP_SUGGESTIONS: () => ({ suggestions: [{ staffId: 'p5', groupId: 'g0', covers: 4, samePosition: true, dateKeys: [] }], warnings: [] }),
  SCHEDULE_GENERATE: () => ({ version: null, result: { jobId: 'job' } }),
  SCHEDULE_REPAIR: () => ({ version: null, result: { jobId: 'job' } }),
  SCHEDULE_GENERATE_CANCEL: () => ({ version: null, result: {} }),
};
