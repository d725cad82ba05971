import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useKeptInput } from '@/app/shell/keeping';
import { basedOn, useBackend } from '@/app/stores/backend';
import { closeDialog } from '@/app/stores/route';
import { toast } from '@/app/stores/toasts';
import { useErrorWords } from '@/app/ui/errorWords';
import type { ClosingRule, StaffMember } from '@/realtime/protocol';

import { answersOf, changedLines, type Edits, type Entry, type Line, problemsOf, typedOver } from './lines';
import { Question } from './Question';
import { shortfallsOf } from './shortfalls';
import { useSentences } from './useSentences';

const PLACE = 'questions';
const NO_EDITS: { readonly edits: Edits } = { edits: {} };

interface Props {
  readonly lines: readonly Line[];
  readonly members: readonly StaffMember[];
  readonly closings: readonly ClosingRule[];
  readonly canEdit: boolean;
}

/** The questions, what saving would do, and whether there are enough people for it. What was typed is kept when the dialog is closed. */
export function QuestionsForm({ lines, members, closings, canEdit }: Props) {
  const { t } = useTranslation('questions');
  const backend = useBackend();
  const words = useErrorWords();
  const { value, set, give, clear, base, note } = useKeptInput(PLACE, t('title'), NO_EDITS);
  const [refused, setRefused] = useState<unknown>(null);
  const [saving, setSaving] = useState(false);
  const shown = lines.map((line) => typedOver(line, value.edits));
  const changed = changedLines(lines, value.edits);
  const problems = problemsOf(shown);
  const put = (line: Line, entry: Partial<Entry>) => {
    const { count, weekend, isHard } = { ...line, ...entry };
    set({ edits: { ...value.edits, [line.key]: { count, weekend, isHard } } });
  };
  const save = async () => {
    setSaving(true);
    const { outcome } = backend.change({ type: 'SETTINGS_ANSWER', payload: { answers: answersOf(changed), ...basedOn(base()) } });
    give(outcome);
    const ended = await outcome;
    setSaving(false);
    setRefused(ended.kind === 'refused' ? ended.error : null);
    if (ended.kind !== 'applied') return;
    toast('good', t('done', { count: changed.length }));
    clear();
    closeDialog();
  };
  const part = (name: 'days' | 'atWork' | 'weeks', some: readonly Line[]) =>
    some.length > 0 && (
      <section className="qs-part" aria-labelledby={`qs-${name}`}>
        <h3 id={`qs-${name}`}>{t(`parts.${name}`)}</h3>
        {some.map((line) => (
          <Question key={line.key} line={line} problem={problems.get(line.key)} disabled={!canEdit} put={(entry) => put(line, entry)} />
        ))}
        {name === 'atWork' && members.length === 0 && <p className="app-dim app-tight">{t('noPositions')}</p>}
      </section>
    );
  const of = (kind: Line['kind']) => shown.filter((line) => line.kind === kind);
  return (
    <div className="app-stack">
      {note}
      <p className="app-dim app-tight">{t('text')}</p>
      {part('days', shown.filter(({ kind }) => kind !== 'atWork' && kind !== 'daysAWeek'))}
      {part('atWork', of('atWork'))}
      {part('weeks', of('daysAWeek'))}
      <Shortfalls lines={shown} members={members} closings={closings} />
      <Preview changed={changed} />
      {refused !== null && (
        <p className="app-failed" role="alert">
          {words(refused)}
        </p>
      )}
      <Group gap="xs">
        <Button disabled={!canEdit || changed.length === 0 || problems.size > 0} loading={saving} onClick={() => void save()}>
          {t('save')}
        </Button>
      </Group>
    </div>
  );
}

function Preview({ changed }: { readonly changed: readonly Line[] }) {
  const { t } = useTranslation('questions');
  const sentences = useSentences();
  return (
    <section className="qs-preview" aria-labelledby="qs-preview">
      <h3 id="qs-preview">{t('preview')}</h3>
      {changed.length === 0 ? (
        <p className="app-dim app-tight">{t('nothing')}</p>
      ) : (
        <ul>
          {sentences(changed).map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** Says where there are not enough people for what is asked; nobody is kept from asking it. */
function Shortfalls({ lines, members, closings }: Pick<Props, 'lines' | 'members' | 'closings'>) {
  const { t } = useTranslation('questions');
  const found = shortfallsOf(lines, members, closings);
  if (found.length === 0) return null;
  return (
    <div className="app-warning" role="status">
      {found.map(({ of, people, can, needed }) => (
        <p key={of} className="app-tight">
          {t(of === '' ? 'short.all' : 'short.position', { of, count: people, can, needed })}
        </p>
      ))}
      {t('short.text')}
    </div>
  );
}
