import type { Predictors } from './predictor';

export const calendarPredictors: Predictors<'CALENDAR_UPDATE' | 'CLOSING_RULE_UPDATE' | 'CLOSING_RULE_DELETE' | 'SHIFT_TYPE_UPDATE' | 'SHIFT_TYPE_DELETE'> = {
  CALENDAR_UPDATE: ({ calendar }, { date, kind, note }) => {
    const known = calendar?.days.get(date);
    const day = { id: '', revision: 0, ...known, date, note: note ?? known?.note ?? '' };
    return { type: 'CALENDAR_UPDATE', payload: { ...day, kind: kind === undefined ? (known?.kind ?? null) : kind || null } };
  },
  CLOSING_RULE_UPDATE: ({ calendar }, { ruleId, changes }) => {
    const known = calendar?.closingRules?.find(({ id }) => id === ruleId);
    return known === undefined ? null : { type: 'CLOSING_RULE_UPDATE', payload: { ...known, ...changes } };
  },
  CLOSING_RULE_DELETE: (_draft, { ruleId }) => ({ type: 'CLOSING_RULE_DELETE', payload: { ruleId, revision: 0 } }),
  SHIFT_TYPE_UPDATE: ({ calendar }, { shiftTypeId, changes }) => {
    const known = calendar?.shiftTypes.find(({ id }) => id === shiftTypeId);
    return known === undefined
      ? null
      : { type: 'SHIFT_TYPE_UPDATE', payload: { ...known, ...(changes) } };
  },
  SHIFT_TYPE_DELETE: (_draft, { shiftTypeId }) => ({ type: 'SHIFT_TYPE_DELETE', payload: { shiftTypeId, revision: 0 } }),
};
