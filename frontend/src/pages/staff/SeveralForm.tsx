import '@mantine/core/styles/Table.css';
import '@/i18n/dialogs';
import '@/i18n/lists';

import { Button, FileButton, Group, NativeSelect, Table, Textarea } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useDiscard, useKeptInput } from '@/app/shell/keeping';
import { useBackend, useView } from '@/app/stores/backend';
import { useWrite } from '@/app/stores/rest';
import { toast } from '@/app/stores/toasts';
import { failureOf, useErrorWords } from '@/app/ui/errorWords';
import { formatTsv } from '@/grid/tsv';
import { uuid } from '@/realtime/protocol/ids';
import type { StaffMember } from '@/realtime/protocol';

import { useRemarkWords } from '../schedule/remarkWords';
import { base64Of, READABLE, refusalOf } from '../schedule/tableFiles';
import { type EndColumn, type EndWord, keyOfWord } from './endWords';
import { askedEnds, type ListedPerson, readPeople, unreadColumns } from './peopleList';

const NOBODY: ReadonlyMap<string, StaffMember> = new Map();

const PLACE = 'staff/several';

interface Listed {
  readonly text: string;
  /** Those who may be somebody else and are people of their own: ids of `ListedPerson`. */
  readonly others: readonly string[];
  /** What the words at the ends of lines are; a list that was kept by an earlier version has none. */
  readonly ends: Readonly<Record<string, EndColumn>>;
}

const NOTHING: Listed = { text: '', others: [], ends: {} };

/** Adds several people at once, from a list that one pastes, or from a file; shows what comes of it first. */
export function SeveralForm({ onDone }: { onDone: (lastId: string | null) => void }) {
  const { t } = useTranslation('dialogs');
  const { t: words } = useTranslation('lists');
  const backend = useBackend();
  const members = useView(({ staff }) => staff?.members ?? NOBODY);
  const { value, set, give, clear, note } = useKeptInput<Listed>(PLACE, t('staff.several'), NOTHING);
  const discard = useDiscard(PLACE);
  const { text, others, ends } = value;
  const colleagues = useMemo(() => Array.from(members.values()), [members]);
  const people = useMemo(() => readPeople(text, colleagues, { others, ends }), [text, others, ends, colleagues]);
  const asked = useMemo(() => askedEnds(text, colleagues, { ends }), [text, ends, colleagues]);
  const unread = useMemo(() => unreadColumns(text), [text]);
  const doubtful = people.filter(({ state }) => state === 'doubtful').length;
  const { read, refused } = useListFile((found) => set({ ...NOTHING, text: found }));
  const settle = (id: string, isNew: boolean) => set({ others: isNew ? [...others, id] : others.filter((each) => each !== id) });
  const added = people.filter(({ state }) => state === 'new');
  const add = () => {
    let last: string | null = null;
    const outcomes = added.map(({ name, position, department, status }) => {
      const given = Object.fromEntries(Object.entries({ position, department, status }).filter(([, value]) => value !== ''));
      last = uuid();
      return backend.change({ type: 'STAFF_CREATE', payload: { id: last, name, ...given } }).outcome;
    });
    // Where one is refused the list is kept: those who are there by then are left out of it.
    give(Promise.all(outcomes).then((all) => all.find(({ kind }) => kind === 'refused') ?? { kind: 'withdrawn' }));
    toast('good', words('added', { count: added.length }));
    onDone(last);
  };
  const cancel = () => {
    discard();
    clear();
    onDone(null);
  };
  return (
    <div className="app-stack">
      {note}
      <Textarea
        label={t('staff.several')}
        description={words('text')}
        value={text}
        onChange={(event) => set({ ...NOTHING, text: event.currentTarget.value })}
        autosize
        minRows={6}
        maxRows={12}
        data-autofocus
      />
      <FileButton accept={READABLE} inputProps={{ 'aria-label': words('file') }} onChange={(file) => void read(file)}>
        {(button) => (
          <Button variant="default" {...button}>
            {words('file')}
          </Button>
        )}
      </FileButton>
      {refused !== null && (
        <p className="app-failed" role="alert">
          {refused}
        </p>
      )}
      <EndQuestions words={asked} onAnswer={(word, column) => set({ ends: { ...ends, [keyOfWord(word)]: column } })} />
      {people.length > 0 && (
        <div className="st-scroll" role="region" aria-label={words('state')} tabIndex={0}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                {(['name', 'position', 'department', 'status'] as const).map((field) => (
                  <Table.Th key={field}>{t(`fields.${field}`)}</Table.Th>
                ))}
                <Table.Th>{words('state')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {people.map((person, index) => (
                <Table.Tr key={index} className={person.state === 'new' || person.state === 'doubtful' ? undefined : 'app-dim'}>
                  <Table.Td>{person.name}</Table.Td>
                  <Table.Td>{person.position}</Table.Td>
                  <Table.Td>{person.department}</Table.Td>
                  <Table.Td>{person.status}</Table.Td>
                  <Table.Td>
                    <State person={person} onSettle={settle} />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
      {unread.length > 0 && (
        <p className="app-tight app-dim" role="status">
          {words('unread', { columns: unread.join(words('between')) })}
        </p>
      )}
      {doubtful > 0 && (
        <p className="app-warning" role="status">
          {words('ask', { count: doubtful })}
        </p>
      )}
      <Group gap="xs">
        <Button variant="default" onClick={cancel}>
          {t('actions.cancel')}
        </Button>
        <Button disabled={added.length === 0} onClick={add}>
          {words('add', { count: added.length })}
        </Button>
      </Group>
    </div>
  );
}

interface EndQuestionsProps {
  readonly words: readonly EndWord[];
  readonly onAnswer: (word: string, column: EndColumn) => void;
}

/** Asks what the words after a full-width space are, where that is a guess. */
function EndQuestions({ words, onAnswer }: EndQuestionsProps) {
  const { t } = useTranslation('lists');
  const { t: dialogs } = useTranslation('dialogs');
  return words.map(({ word, column }) => (
    <NativeSelect
      key={word}
      label={t('end', { word })}
      data={[{ value: 'name', label: t('isName') }, ...(['position', 'department', 'status'] as const).map((each) => ({ value: each, label: dialogs(`fields.${each}`) }))]}
      value={column}
      onChange={(event) => onAnswer(word, event.currentTarget.value as EndColumn)}
    />
  ));
}

interface StateProps {
  readonly person: ListedPerson;
  readonly onSettle: (id: string, isNew: boolean) => void;
}

/** What becomes of somebody on the list; asked where that is not clear. */
function State({ person: { id, name, state, like, isRepeated }, onSettle }: StateProps) {
  const { t } = useTranslation('lists');
  if (state !== 'doubtful' && like === '') return t(`states.${state}`);
  const isSettled = state === 'new';
  const question = isRepeated ? t('repeated', { name: like }) : t('doubtful', { name: like });
  return (
    <NativeSelect
      miw="13rem"
      aria-label={`${name}: ${question}`}
      label={isSettled ? undefined : question}
      data={[
        { value: '', label: t('isSame') },
        { value: 'new', label: t('isNew') },
      ]}
      value={isSettled ? 'new' : ''}
      onChange={(event) => onSettle(id, event.currentTarget.value === 'new')}
    />
  );
}

/** Reads a file on the server, which knows the forms and encodings that spreadsheets write; what is in it goes where one would paste it. */
function useListFile(onRead: (text: string) => void) {
  const send = useWrite();
  const remarkWords = useRemarkWords();
  const errorWords = useErrorWords();
  const [refused, setRefused] = useState<string | null>(null);
  const read = async (file: File | null) => {
    if (file === null) return;
    setRefused(null);
    try {
      const { rows } = await send('post', '/api/staff/lists/read/', {}, { file: base64Of(await file.arrayBuffer()) });
      onRead(formatTsv(rows));
    } catch (error) {
      const remark = refusalOf(error);
      setRefused(remark === null ? errorWords(failureOf(error)) : remarkWords(remark));
    }
  };
  return { read, refused };
}
