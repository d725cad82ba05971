import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { type Backend, useBackend, useBackendStore, useView } from '@/app/stores/backend';
import type { Violation } from '@/grid/model';
import { memoised } from '@/hooks/memo';
import type { SettingsTables, TableName, Validation, Violation as WireViolation } from '@/realtime/protocol';
import type { ReplicaState, SettingsState } from '@/realtime/state/state';

import type { ScheduleSource } from './scheduleSource';
import { type Checked, type Findings, findingsOf, NO_FINDINGS } from './unplanned';

/** Typing a row quickly asks once; a single edit is judged before one has looked. */
const DELAY_MS = 120;

const RULE_TABLES: readonly (keyof SettingsTables)[] = ['dailyLimits', 'weeklyLimits', 'monthlyLimits', 'priorityRules', 'staffGroups', 'staffingNeeds', 'skills'];

const tablesByRule = memoised(
  (settings: SettingsState) => new Map(RULE_TABLES.flatMap((table) => settings[table].map(({ id }) => [id, table] as const))),
);

/** Which table holds the rule. */
function tableOf(settings: SettingsState | null, ruleId: string | null): TableName | null {
  return settings === null || ruleId === null ? null : (tablesByRule(settings).get(ruleId) ?? null);
}

/** The server says it in both languages. */
export const wordsOf = (wire: WireViolation, language: string): string => (language === 'ja' ? wire.messageJa : wire.message);

const asViolation = (wire: WireViolation, settings: SettingsState | null, language: string): Violation => ({
  rule: wire.rule,
  ruleId: wire.ruleId,
  // What no shift type explains is settled where shift types are: as an alias of one, or as a new one.
  table: wire.kind === 'unknown_text' ? 'shiftTypes' : tableOf(settings, wire.ruleId),
  staffId: wire.staffId ?? null,
  dateKey: wire.dateKey ?? null,
  lastDateKey: wire.lastDateKey ?? null,
  isHard: wire.isHard,
  penalty: wire.penalty,
  message: wordsOf(wire, language),
  ...(wire.text === undefined ? {} : { text: wire.text }),
});

/** The same list where nothing in it is new, so that what shows it need not render again. */
export function unlessSame(before: readonly Violation[], now: readonly Violation[]): readonly Violation[] {
  const isSame = (each: Violation, index: number) => {
    const other = before[index];
    return other !== undefined && (Object.keys(each) as (keyof Violation)[]).every((key) => each[key] === other[key]);
  };
  return before.length === now.length && now.every(isSame) ? before : now;
}

/** What the schedule breaks, asked again after every change that the server has. Renders only when the answer is another. */
export function useValidation(source: ScheduleSource): Findings {
  const backend = useBackend();
  const { i18n } = useTranslation();
  const { language } = i18n;
  const live = useBackendStore('connection', ({ state }) => state === 'live');
  const settings = useView((state) => state.settings);
  const [findings, setFindings] = useState(NO_FINDINGS);
  const [checked, setChecked] = useState<ScheduleSource | null>(null);
  useEffect(() => {
    if (!live) return;
    const take = (found: Validation) => {
      const all = found.violations.map((each) => asViolation(each, settings, language));
      const now = { ...findingsOf(all, backend.view.getState().schedules.get(source.scheduleId)), remarks: language === 'ja' ? found.warningsJa : found.warnings };
      setFindings((before) => unlessEqual(before, now));
      setChecked(source);
    };
    return askWhenSettled(backend, source.scheduleId, take);
  }, [backend, source, live, settings, language]);
  const { violations } = findings;
  useEffect(() => source.setViolations(violations), [source, violations]);
  const state = !live ? 'offline' : checked === source ? 'checked' : 'checking';
  return useMemo(() => ({ ...findings, state }), [findings, state]);
}

function unlessEqual(before: Checked, now: Checked): Checked {
  const violations = unlessSame(before.violations, now.violations);
  const unplanned = unlessSame(before.unplanned, now.unplanned);
  const isSame = violations === before.violations && unplanned === before.unplanned && before.remarks.join() === now.remarks.join();
  return isSame ? before : { violations, unplanned, remarks: now.remarks };
}

/** Asks now and after every change, as soon as nothing of one's own is under way; an answer that a change has overtaken is dropped. */
function askWhenSettled(backend: Backend, scheduleId: string, take: (found: Validation) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let question = 0;
  const ask = () => {
    const own = question;
    backend
      .query('SCHEDULE_VALIDATE', { scheduleId })
      .then((found) => {
        if (own === question) take(found);
      })
      // Asked again with the next change or connection; what is shown until then is marked by the state indicator.
      .catch(() => undefined);
  };
  const rowsIn = ({ schedules }: ReplicaState) => schedules.get(scheduleId)?.rows;
  const askLater = () => {
    question += 1;
    clearTimeout(timer);
    const isSettled = backend.outbox.getState().length === 0 && rowsIn(backend.view.getState()) !== undefined;
    if (isSettled) timer = setTimeout(ask, DELAY_MS);
  };
  const unsubscribe = [
    backend.view.subscribe((now, before) => {
      if (rowsIn(now) !== rowsIn(before)) askLater();
    }),
    backend.outbox.subscribe((now, before) => {
      if ((now.length === 0) !== (before.length === 0)) askLater();
    }),
  ];
  askLater();
  return () => {
    question += 1;
    clearTimeout(timer);
    unsubscribe.forEach((each) => each());
  };
}
