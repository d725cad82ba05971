import '@mantine/core/styles/Input.css';
import '@mantine/core/styles/Combobox.css';
import '@mantine/core/styles/InlineInput.css';
import '@mantine/core/styles/Checkbox.css';
import '@/i18n/questions';
import './questions.css';

import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { Unknown } from '@/app/shell/Unknown';
import { useBackend, useCanEdit, useFollow, useView } from '@/app/stores/backend';
import { closeDialog } from '@/app/stores/route';
import { Dialog } from '@/app/ui/Dialog';
import { useAnswer } from '@/app/ui/useAnswer';
import { Waiting } from '@/app/ui/Waiting';
import type { ClosingRule, ShiftType, StaffMember } from '@/realtime/protocol';

import { linesOf } from './lines';
import { QuestionsForm } from './QuestionsForm';

const NO_TYPES: readonly ShiftType[] = [];
const NO_CLOSINGS: readonly ClosingRule[] = [];
const NOBODY: ReadonlyMap<string, StaffMember> = new Map();

/** Plain questions about the rules. What is set is read from the rows in use, by the server, each time one of them changes. */
export default function QuestionsDialog() {
  const { t } = useTranslation('questions');
  const backend = useBackend();
  useFollow('settings');
  useFollow('staff');
  const settings = useView((state) => state.settings);
  const canEdit = useCanEdit() && settings?.version?.isLocked !== true;
  const types = useView(({ calendar }) => calendar?.shiftTypes ?? NO_TYPES);
  const closings = useView(({ calendar }) => calendar?.closingRules ?? NO_CLOSINGS);
  const staff = useView((state) => state.staff?.members ?? NOBODY);
  const members = useMemo(() => [...staff.values()].filter(({ isActive }) => isActive), [staff]);
  const rows = useMemo(() => {
    const tables = settings === null ? [] : [settings.monthlyLimits, settings.weeklyLimits, settings.priorityRules, settings.staffingNeeds];
    return tables.flatMap((table) => table.map(({ id, revision }) => `${id} ${revision}`)).join();
  }, [settings]);
  const answer = useAnswer(settings === null ? null : `questions ${settings.version?.id ?? ''} ${rows}`, () => backend.query('SETTINGS_ANSWERS_REQUEST', {}), true);
  return (
    <Dialog title={t('title')} onClose={closeDialog} size={760}>
      {settings === null ? (
        <Unknown />
      ) : (
        <Waiting answer={answer}>
          {(set) => <QuestionsForm lines={linesOf(set, { types, members })} members={members} closings={closings} canEdit={canEdit} />}
        </Waiting>
      )}
    </Dialog>
  );
}
