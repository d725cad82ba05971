import { describe, expect, it } from 'vitest';

import { restaurant } from '@/testing/app/restaurant';

import { changedColumns, valueAt, withValue } from './fields';
import { formatPartial, parsePartial } from './partialDate';
import { changedLeaves } from './leaves';
import { refusalOf } from './refusals';
import { TABLES } from './tables';
import { bounded } from './tables/bounded';

const { settings } = restaurant();

const problems = (table: string, row: unknown) => {
  const found = TABLES.find((each) => each.table === table);
  const result = found && bounded(found).safeParse(row);
  return result?.success === false ? result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) : [];
};

describe('every table', () => {
  it.each(TABLES.map(({ table }) => table))('%s accepts the rows that there are', (table) => {
    for (const row of settings?.[table] ?? []) expect(problems(table, row)).toEqual([]);
  });

  it.each(TABLES)('$table shows only fields of columns that its form writes', ({ fields, blank }) => {
    for (const { path } of fields) expect(Object.keys(blank)).toContain(path.split('.')[0] === 'isDefault' ? 'isDefault' : path.split('.')[0]);
  });
});

describe('what is wrong stands at its field', () => {
  const limit = { ...settings?.dailyLimits[0] };

  it.each([
    [{ ...limit, name: ' ' }, ['name: required']],
    [{ ...limit, limitConfig: { minCount: 3, maxCount: 2 } }, ['limitConfig.maxCount: order']],
    [{ ...limit, limitConfig: {} }, ['limitConfig.maxCount: bound']],
    [{ ...limit, limitConfig: { maxCount: 1.5 } }, ['limitConfig.maxCount: whole']],
    [{ ...limit, limitConfig: { maxCount: 1, dates: ['2026-02-01', '?2026-02-02'] } }, ['limitConfig.dates: notAdded']],
    [{ ...limit, limitConfig: { maxCount: 1, scope: 'group', targetIds: [] } }, ['limitConfig.targetIds: targets']],
    [{ ...limit, effectiveFrom: '2026-02-02', effectiveUntil: '2026-02-01' }, ['effectiveUntil: order']],
  ])('%#', (row, expected) => {
    expect(problems('dailyLimits', row)).toEqual(expected);
  });

  it.each([
    ['dailyLimits', { ...limit, limitConfig: { maxCount: -1 } }, 'limitConfig.maxCount: tooSmall'],
    ['dailyLimits', { ...limit, penaltyWeight: 10_001 }, 'penaltyWeight: tooLarge'],
    ['dailyLimits', { ...limit, description: 'あ'.repeat(5_001) }, 'description: tooLong'],
    ['mlModelConfigs', { ...settings?.mlModelConfigs[0], parameters: { workers: 65 } }, 'parameters.workers: tooLarge'],
    ['priorityRules', { ...settings?.priorityRules[0], ruleDefinition: { ruleType: 'fairness', groupIds: ['g'.repeat(101)] } }, 'ruleDefinition.groupIds: tooLong'],
  ])('what the server would refuse in %s %#', (table, row, expected) => {
    expect(problems(table, row)).toEqual([expected]);
  });

  it('months count in halves', () => {
    expect(problems('monthlyLimits', { ...settings?.monthlyLimits[0], limitConfig: { limitType: 'max_off_days', maxCount: 8.5 } })).toEqual([]);
  });

  it('rows that older clients have made can be edited: without a name, about single people of whom none is chosen', () => {
    const nameless = { ...settings?.monthlyLimits[0], name: '', limitConfig: { limitType: 'off_days', minCount: 7, scope: 'individual', targetIds: [] } };
    expect(problems('monthlyLimits', nameless)).toEqual([]);
    expect(problems('weeklyLimits', nameless)).toEqual([]);
    expect(problems('priorityRules', { ...settings?.priorityRules[0], name: '', ruleDefinition: { ruleType: 'together', staffIds: [], aboutNobody: true } })).toEqual([]);
  });

  it('a switch that nobody has set counts as usual for its kind of limit', () => {
    const field = TABLES.find(({ table }) => table === 'monthlyLimits')?.fields.find(({ label }) => label === 'countHalfDays');
    const usual = (limitType: string) => field?.kind === 'switch' && field.usual?.({ limitConfig: { limitType } });
    expect([usual('off_days'), usual('max_off_days')]).toEqual([true, false]);
  });

  it('rules need what their kind needs', () => {
    const rule = (ruleDefinition: object) => problems('priorityRules', { ...settings?.priorityRules[0], ruleDefinition });
    expect(rule({ ruleType: 'max_consecutive_work' })).toEqual(['ruleDefinition.maxCount: required']);
    expect(rule({ ruleType: 'max_weekends' })).toEqual(['ruleDefinition.maxCount: required']);
    expect(rule({ ruleType: 'hours' })).toEqual(['ruleDefinition.maxHours: bound']);
    expect(rule({ ruleType: 'hours', minHours: 40, maxHours: 28 })).toEqual(['ruleDefinition.maxHours: order']);
    expect(rule({ ruleType: 'rest_between' })).toEqual(['ruleDefinition.minHours: required']);
    expect(rule({ ruleType: 'run_length', shiftType: 'off' })).toEqual(['ruleDefinition.maxCount: bound']);
    expect(rule({ ruleType: 'run_length', shiftType: 'off', minCount: 3, maxCount: 2 })).toEqual(['ruleDefinition.maxCount: order']);
    expect(rule({ ruleType: 'run_length', shiftType: 'off', minCount: 2 })).toEqual([]);
    expect(rule({ ruleType: 'forbidden_sequence', sequence: ['late'] })).toEqual(['ruleDefinition.sequence: sequence']);
    expect(rule({ ruleType: 'required_sequence', sequence: ['late'] })).toEqual(['ruleDefinition.sequence: sequence']);
    expect(rule({ ruleType: 'required_sequence', sequence: ['late', 'off'] })).toEqual([]);
    expect(rule({ ruleType: 'fairness', pastPeriods: 13 })).toEqual(['ruleDefinition.pastPeriods: tooLarge']);
    expect(rule({ ruleType: 'fairness', pastPeriods: 12 })).toEqual([]);
    expect(rule({ ruleType: 'together', staffIds: ['p1'] })).toEqual(['ruleDefinition.staffIds: together']);
    expect(rule({ ruleType: 'together', groupIds: ['g1'] })).toEqual([]);
  });

  it('a limit for some people says that it counts instead of a more general one', () => {
    const note = (table: string, row: object) =>
      TABLES.find((each) => each.table === table)?.fields.map((field) => field.note?.(row as never)).find((each) => each !== undefined);
    for (const table of ['weeklyLimits', 'monthlyLimits']) {
      expect(note(table, { limitConfig: { scope: 'individual', targetIds: ['p1'] } })).toBe('instead');
      expect(note(table, { limitConfig: { scope: 'individual', targetIds: [] } })).toBeUndefined();
      expect(note(table, { limitConfig: { scope: 'all' } })).toBeUndefined();
    }
    expect(note('dailyLimits', { limitConfig: { scope: 'individual', targetIds: ['p1'] } })).toBeUndefined();
    expect(note('priorityRules', { ruleDefinition: { ruleType: 'hours', staffIds: ['p1'] } })).toBe('instead');
    expect(note('priorityRules', { ruleDefinition: { ruleType: 'hours' } })).toBeUndefined();
    expect(note('priorityRules', { ruleDefinition: { ruleType: 'run_length', shiftType: 'off', minCount: 2 } })).toBe('noSingle');
    expect(note('priorityRules', { ruleDefinition: { ruleType: 'preferred_shift', staffIds: ['p1'] } })).toBeUndefined();
  });

  it('takes the server’s words for what it refuses', () => {
    const error = { code: 'validation_error' as const, message: 'No.', details: { 'limitConfig.maxCount': ['must be at least 0'] } };
    const refused = (refusal: object) => refusalOf({ kind: 'refused', error: { ...error, ...refusal } }, () => 'in words', 'en');
    expect(refused({})).toEqual({ 'limitConfig.maxCount': 'must be at least 0' });
    expect(refused({ details: { changes: { symbol: ['taken', 'too long'] } } })).toEqual({ symbol: 'taken too long' });
    expect(refused({ details: { 'limitConfig.dates[0]': ['no date'] } })).toEqual({ 'limitConfig.dates': 'no date' });
    expect(refused({ code: 'version_locked', details: {} })).toEqual({ '': 'in words' });
    const inBoth = { kind: 'refused' as const, error: { ...error, detailsJa: { 'limitConfig.maxCount': ['0以上にしてください。'] } } };
    expect(refusalOf(inBoth, String, 'ja')).toEqual({ 'limitConfig.maxCount': '0以上にしてください。' });
    expect(refusalOf(inBoth, String, 'en')).toEqual({ 'limitConfig.maxCount': 'must be at least 0' });
    expect(refusalOf({ kind: 'applied', version: 1, result: {} }, String, 'en')).toBeNull();
  });
});

describe('columns and paths', () => {
  const row = { name: 'a', limitConfig: { maxCount: 3, unknown: { kept: true } } };

  it('keeps what it does not know', () => {
    expect(withValue(row, 'limitConfig.maxCount', 4)).toEqual({ name: 'a', limitConfig: { maxCount: 4, unknown: { kept: true } } });
    expect(withValue({}, 'a.b.c', 1)).toEqual({ a: { b: { c: 1 } } });
    expect(valueAt(row, 'limitConfig.unknown.kept')).toBe(true);
    expect(valueAt(row, 'nothing.there')).toBeUndefined();
  });

  it('sends only the columns that differ', () => {
    expect(changedColumns(row, { name: 'a', limitConfig: { maxCount: 4 } })).toEqual({ limitConfig: { maxCount: 4 } });
    expect(changedColumns(row, { ...row })).toEqual({});
  });

  it('shows of an entry of the trail what it changed', () => {
    const [before, after] = [{ id: '1', revision: 1, limitConfig: { maxCount: 3, dates: ['a'] } }, { id: '1', revision: 2, limitConfig: { maxCount: 4, dates: ['a'] } }];
    expect(changedLeaves(before, after)).toEqual([{ path: 'limitConfig.maxCount', from: 3, to: 4 }]);
    expect(changedLeaves({ list: [1] }, { list: [1, 2] })).toEqual([{ path: 'list', from: [1], to: [1, 2] }]);
    expect(changedLeaves(null, { name: 'a' })).toEqual([{ path: 'name', from: undefined, to: 'a' }]);
  });
});

describe('months and days of employment', () => {
  it.each([
    ['2026-04', { year: 2026, month: 4 }],
    ['2026年4月', { year: 2026, month: 4 }],
    ['2026/4/15', { year: 2026, month: 4, day: 15 }],
    ['２０２６－０４', { year: 2026, month: 4 }],
    ['2026-02-30', null],
    ['2026-13', null],
    ['April', null],
  ])('%s', (text, expected) => {
    expect(parsePartial(text)).toEqual(expected);
  });

  it('come back as they are shown', () => {
    expect(parsePartial(formatPartial({ year: 2026, month: 4, day: 5 }))).toEqual({ year: 2026, month: 4, day: 5 });
    expect(formatPartial(null)).toBe('');
  });
});

it.each(['forbidden_sequence', 'required_sequence'])('a rule about a sequence (%s) names the days on which it begins', (ruleType) => {
  const shown = TABLES.find(({ table }) => table === 'priorityRules')?.fields.filter(({ when }) => when?.({ ruleDefinition: { ruleType } }) ?? true).map(({ path }) => path);
  expect(shown).toEqual(expect.arrayContaining(['ruleDefinition.sequence', 'ruleDefinition.daysOfWeek', 'ruleDefinition.dates']));
});
