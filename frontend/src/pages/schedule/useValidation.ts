import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useBackend, useBackendStore, useView } from '@/app/backend';
import type { Violation } from '@/grid/model';
import type { SettingsTables, TableName, Violation as WireViolation } from '@/realtime/protocol';
import type { SettingsState } from '@/realtime/state';

import type { ScheduleSource } from './scheduleSource';

/** Typing a row quickly asks once; a single edit is judged before one has looked. */
const DELAY_MS = 120;

const RULE_TABLES: readonly (keyof SettingsTables)[] = ['dailyLimits', 'weeklyLimits', 'monthlyLimits', 'priorityRules', 'staffGroups'];

/** Which table holds the rule. */
export function tableOf(settings: SettingsState | null, ruleId: string | null): TableName | null {
  if (settings === null || ruleId === null) return null;
  return RULE_TABLES.find((table) => settings[table].some(({ id }) => id === ruleId)) ?? null;
}

/** The server says it in both languages. */
export const wordsOf = (wire: WireViolation, language: string): string => (language === 'ja' ? wire.messageJa : wire.message);

export const asViolation = (wire: WireViolation, settings: SettingsState | null, language: string): Violation => ({
  rule: wire.rule,
  ruleId: wire.ruleId,
  table: tableOf(settings, wire.ruleId),
  staffId: wire.staffId ?? null,
  dateKey: wire.dateKey ?? null,
  isHard: wire.isHard,
  penalty: wire.penalty,
  message: wordsOf(wire, language),
});

/** What the schedule breaks, asked again after every change that the server has. */
export function useValidation(source: ScheduleSource): readonly Violation[] {
  const backend = useBackend();
  const { i18n } = useTranslation();
  const { scheduleId } = source;
  const live = useBackendStore('connection', ({ state }) => state === 'live');
  const settled = useBackendStore('outbox', (entries) => entries.length === 0);
  const rows = useView(({ schedules }) => schedules.get(scheduleId)?.rows);
  const settings = useView((state) => state.settings);
  const [violations, setViolations] = useState<readonly Violation[]>([]);
  useEffect(() => {
    if (!live || !settled || rows === undefined) return;
    let wanted = true;
    const timer = setTimeout(() => {
      backend
        .query('SCHEDULE_VALIDATE', { scheduleId })
        .then((answer) => {
          if (wanted) setViolations(answer.violations.map((each) => asViolation(each, settings, i18n.language)));
        })
        // Asked again with the next change or connection; what is shown until then is marked by the state indicator.
        .catch(() => undefined);
    }, DELAY_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [backend, scheduleId, live, settled, rows, settings, i18n.language]);
  useEffect(() => source.setViolations(violations), [source, violations]);
  return violations;
}
