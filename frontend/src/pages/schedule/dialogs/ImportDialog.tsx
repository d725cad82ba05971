import '@mantine/core/styles/Input.css';
import '@/i18n/dialogs';

import { Button, FileButton, Group, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { basedOn, useBackend, useBackendStore, useView } from '@/app/stores/backend';
import { useWrite } from '@/app/stores/rest';
import { toast } from '@/app/stores/toasts';
import { Dialog } from '@/app/ui/Dialog';
import { useErrorWords } from '@/app/ui/errorWords';
import { useAnswer } from '@/app/ui/useAnswer';
import { formatDay } from '@/grid/days';

import { changesOf } from '../copying';
import { useNameAnswers } from '../nameAnswers';
import { useRemarkWords } from '../remarkWords';
import { base64Of, choicesOf, READABLE, refusalOf, tableOfClipboard, tableOfText } from '../tableFiles';
import { type Table, type TablePreview, useHandedTable } from '../tables';
import { ImportedMonth } from './ImportedMonth';
import type { ScheduleDialogProps } from './props';

type Props = Omit<ScheduleDialogProps, 'path'>;

/** A month out of a spreadsheet: from a file, or as it was copied. What it would change is shown, and what is not clear is asked. */
export default function ImportDialog(props: Props) {
  const { t } = useTranslation();
  const { t: words } = useTranslation('dialogs');
  const [{ table, round }, setChosen] = useState({ table: useHandedTable(), round: 0 });
  const choose = (next: Table) => setChosen((now) => ({ table: next, round: now.round + 1 }));
  const readFile = async (file: File | null) => {
    if (file !== null) choose({ file: base64Of(await file.arrayBuffer()) });
  };
  return (
    <Dialog title={words('import.title')} onClose={props.onClose} size="lg">
      <p className="app-tight">{words('import.text')}</p>
      <Group align="stretch">
        <FileButton accept={READABLE} inputProps={{ 'aria-label': words('import.file') }} onChange={(file) => void readFile(file)}>
          {(button) => (
            <Button variant="default" {...button}>
              {words('import.file')}
            </Button>
          )}
        </FileButton>
        <textarea
          className="sp-pasted"
          rows={1}
          value=""
          aria-label={words('import.paste')}
          placeholder={words('import.paste')}
          onPaste={(event) => {
            const found = tableOfClipboard(event.clipboardData);
            if (found === null) return;
            event.preventDefault();
            choose(found);
          }}
          onChange={(event) => choose(tableOfText(event.currentTarget.value))}
        />
      </Group>
      {table === null ? (
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={props.onClose}>
            {t('overlap.stop')}
          </Button>
        </Group>
      ) : (
        <Preview key={round} {...props} table={table} />
      )}
    </Dialog>
  );
}

/** What the server would take of the table, asked again with every choice. */
function Preview({ source, month, table, onClose }: Props & { table: Table }) {
  const { t } = useTranslation();
  const { t: words } = useTranslation('dialogs');
  const send = useWrite();
  const backend = useBackend();
  const errorWords = useErrorWords();
  const remarkWords = useRemarkWords();
  const [chosen, setChosen] = useState<ReadonlyMap<string, string>>(new Map());
  const known = useBackendStore('outbox', ({ length }) => length);
  const types = useView(({ calendar }) => calendar?.shiftTypes);
  const people = choicesOf(chosen);
  const key = JSON.stringify([source.scheduleId, people, known, types?.map(({ aliases }) => aliases)]);
  const load = async () => {
    const base = backend.version;
    try {
      const preview = await send('post', '/api/schedules/{id}/import/preview/', { id: source.scheduleId }, { ...table, people });
      return { preview, refused: null, base };
    } catch (error) {
      const refused = refusalOf(error);
      if (refused === null) throw error;
      return { preview: null, refused, base };
    }
  };
  const answer = useAnswer(key, load, true);
  const preview = answer.state === 'ready' ? answer.value.preview : null;
  const answers = useNameAnswers();
  const again = (preview?.unknownPeople ?? []).flatMap(({ name }) => {
    const staffId = chosen.has(name) ? undefined : answers.of(name);
    return staffId === undefined || (staffId !== '' && !month.people.some(({ id }) => id === staffId)) ? [] : [[name, staffId] as const];
  });
  // Who was meant by a name was asked once; what was answered stands there, and can be changed.
  if (again.length > 0) setChosen(new Map([...chosen, ...again]));
  const choose = (name: string, staffId: string) => {
    answers.remember(name, staffId);
    setChosen(new Map(chosen).set(name, staffId));
  };
  const columns = new Map(month.days.map(({ dateKey }, col) => [dateKey, col]));
  const changes = preview === null ? [] : changesOf({ cells: preview.changes }, (staffId, dateKey) => source.getRow(staffId).values[columns.get(dateKey) ?? -1] ?? '');
  const apply = () => {
    // Somebody may have come first since the preview was made.
    source.edit(changes, answer.state === 'ready' ? answer.value.base : undefined);
    toast('good', words('import.done', { count: changes.length }), { action: { label: t('edit.undo'), run: () => source.undo() } });
    onClose();
  };
  return (
    <>
      {answer.state === 'loading' && <p role="status">{t('loading')}</p>}
      {answer.state === 'failed' && (
        <p className="app-failed" role="alert">
          {errorWords(answer.failure)}
        </p>
      )}
      {answer.state === 'ready' && answer.value.refused !== null && (
        <p className="app-failed" role="alert">
          {remarkWords(answer.value.refused)}
        </p>
      )}
      {preview !== null && (
        <>
          <Found preview={preview} count={changes.length} />
          <Strangers preview={preview} month={month} chosen={chosen} onChoose={choose} />
          <Words preview={preview} month={month} />
          <LeftOut preview={preview} />
          <ImportedMonth preview={preview} month={month} present={(staffId) => source.getRow(staffId).values} />
        </>
      )}
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          {t('overlap.stop')}
        </Button>
        <Button disabled={changes.length === 0} onClick={apply}>
          {words('import.apply', { count: changes.length })}
        </Button>
      </Group>
    </>
  );
}

/** Which days and how many people were found, and what that would change. */
function Found({ preview, count }: { preview: TablePreview; count: number }) {
  const { t, i18n } = useTranslation('dialogs');
  const day = (dateKey: string | undefined) => (dateKey === undefined ? '' : formatDay(dateKey, i18n.language, { month: 'short', day: 'numeric' }));
  const days = { from: day(preview.days[0]), to: day(preview.days.at(-1)), count: preview.days.length };
  return (
    <p className="sp-found" role="status">
      {t('import.days', days)} {t('import.people', { count: preview.people.length })} <b>{count === 0 ? t('import.same') : t('import.changes', { count })}</b>{' '}
      {preview.conflicts.length > 0 && <span className="app-warning">{t('import.conflicts', { count: preview.conflicts.length })}</span>}
    </p>
  );
}

interface StrangersProps {
  readonly preview: TablePreview;
  readonly month: Props['month'];
  readonly chosen: ReadonlyMap<string, string>;
  readonly onChoose: (name: string, staffId: string) => void;
}

/** Unknown names: the user says who is meant, and can change it as long as the dialog is open. */
function Strangers({ preview, month, chosen, onChoose }: StrangersProps) {
  const { t } = useTranslation('dialogs');
  const asked = new Map(preview.unknownPeople.map(({ name, suggested }) => [name, suggested ?? '']));
  const names = [...new Set([...chosen.keys(), ...asked.keys()])];
  if (names.length === 0) return null;
  const options = [{ value: '', label: t('import.nobody') }, ...month.people.map(({ id, name }) => ({ value: id, label: name }))];
  return (
    <>
      <h3 className="app-h3">{t('import.who')}</h3>
      {names.map((name) => {
        const suggested = month.people.find(({ id }) => id === asked.get(name));
        return (
          <Group key={name} gap="sm" mb="xs">
            <NativeSelect label={name} data={options} value={chosen.get(name) ?? ''} onChange={(event) => onChoose(name, event.currentTarget.value)} />
            {suggested !== undefined && !chosen.has(name) && (
              <Button variant="light" style={{ alignSelf: 'flex-end' }} onClick={() => onChoose(name, suggested.id)}>
                {t('import.is', { name: suggested.name })}
              </Button>
            )}
          </Group>
        );
      })}
    </>
  );
}

/** Text that is not a shift type: it stays text, or becomes an alias of one. */
function Words({ preview, month }: { preview: TablePreview; month: Props['month'] }) {
  const { t } = useTranslation('dialogs');
  const backend = useBackend();
  const types = useView(({ calendar }) => calendar?.shiftTypes);
  if (preview.words.length === 0) return null;
  const settle = (word: string, symbol: string) => {
    const found = types?.find((each) => each.symbol === symbol);
    if (found !== undefined) void backend.change({ type: 'SHIFT_TYPE_UPDATE', payload: { shiftTypeId: found.id, changes: { aliases: [...found.aliases, word] }, ...basedOn(backend.version) } });
  };
  const options = [{ value: '', label: t('import.asText') }, ...month.symbols.map(({ symbol, label }) => ({ value: symbol, label: `${symbol} ${label}` }))];
  return (
    <>
      <h3 className="app-h3">{t('import.words')}</h3>
      <Group>
        {preview.words.slice(0, MOST_WORDS).map(({ value, count }) => (
          <NativeSelect key={value} label={t('import.word', { value, count })} data={options} value="" onChange={(event) => settle(value, event.currentTarget.value)} />
        ))}
      </Group>
    </>
  );
}

const MOST_WORDS = 12;
const MOST_REMARKS = 20;

function LeftOut({ preview }: { preview: TablePreview }) {
  const { t } = useTranslation();
  const { t: words } = useTranslation('dialogs');
  const remarkWords = useRemarkWords();
  const { remarks } = preview;
  if (remarks.length === 0) return null;
  return (
    <>
      <h3 className="app-h3">{words('import.leftOut')}</h3>
      <ul className="app-plain app-dim">
        {remarks.slice(0, MOST_REMARKS).map((remark) => (
          <li key={remark.text}>{remarkWords(remark)}</li>
        ))}
      </ul>
      {remarks.length > MOST_REMARKS && <p className="app-dim">{t('problems.more', { count: remarks.length - MOST_REMARKS })}</p>}
    </>
  );
}
