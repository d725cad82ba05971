import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import { useBackend, useFollow, useView } from '@/app/stores/backend';
import { openDialog } from '@/app/stores/route';
import { Icon } from '@/app/ui/Icon';
import type { ShiftType, StaffMember } from '@/realtime/protocol';
import type { SettingsState } from '@/realtime/state/state';

const NO_TYPES: readonly ShiftType[] = [];
const NOBODY: ReadonlyMap<string, StaffMember> = new Map();
const WORK: readonly string[] = ['normal', 'early', 'late'];

interface Step {
  readonly id: 'times' | 'closings' | 'staff' | 'rules' | 'period';
  /** Null: nothing says whether it is done; it can be left. */
  readonly isDone: boolean | null;
  readonly run: () => void;
}

/** Whether somebody has decided about the rules: a row was changed since the restaurant began with its defaults, or needs came with a copy. */
function isAnswered({ staffingNeeds, ...settings }: SettingsState): boolean {
  const rows = [settings.staffGroups, settings.dailyLimits, settings.weeklyLimits, settings.monthlyLimits, settings.priorityRules].flat();
  return staffingNeeds.some(({ isActive }) => isActive) || rows.some(({ isActive, revision }) => isActive && revision > 0);
}

/**
 * What a new restaurant still lacks, step by step. Each is read from what is there, so it can be left and taken up, by anybody and
 * on any device; the last one makes the first period, with which the schedule takes this place.
 */
export function FirstSteps() {
  const { t } = useTranslation();
  const backend = useBackend();
  useFollow('staff');
  useFollow('settings');
  const types = useView(({ calendar }) => calendar?.shiftTypes ?? NO_TYPES);
  const isClosing = useView(({ calendar }) => (calendar?.closingRules?.length ?? 0) > 0);
  const people = useView(({ staff }) => staff?.members ?? NOBODY).size;
  const hasRules = useView(({ settings }) => settings !== null && isAnswered(settings));
  const steps: readonly Step[] = [
    {
      id: 'times',
      isDone: types.some(({ kind, isActive, startTime }) => isActive && WORK.includes(kind) && startTime != null),
      run: () => openDialog('settings', 'shiftTypes'),
    },
    { id: 'closings', isDone: isClosing || null, run: () => openDialog('settings', 'calendar') },
    { id: 'staff', isDone: people > 0, run: () => openDialog('staff', 'several') },
    { id: 'rules', isDone: hasRules || null, run: () => openDialog('questions') },
    { id: 'period', isDone: false, run: () => backend.change({ type: 'PERIOD_CREATE', payload: {} }) },
  ];
  const next = steps.find(({ id, isDone }) => isDone === false && id !== 'times')?.id;
  return (
    <section className="app-steps" aria-labelledby="first-steps">
      <h2 id="first-steps">{t('first.title')}</h2>
      <p className="app-dim">{t('first.text')}</p>
      <ol>
        {steps.map(({ id, isDone, run }) => (
          <li key={id} className={isDone === true ? 'app-done' : undefined}>
            <div>
              <b>{t(`first.steps.${id}.title`)}</b>
              {isDone === true && (
                <span className="app-step-done">
                  <Icon name="check" size={14} /> {t('first.done')}
                </span>
              )}
              <p className="app-dim">{t(`first.steps.${id}.text`)}</p>
            </div>
            <Button size="sm" variant={id === next ? 'filled' : 'default'} onClick={run}>
              {t(`first.steps.${id}.action`)}
            </Button>
          </li>
        ))}
      </ol>
    </section>
  );
}
