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
import { type ListedPerson, readPeople, unreadColumns } from './peopleList';

const NOBODY: ReadonlyMap<string, StaffMember> = new Map();

const PLACE = 'staff/several';

interface Listed {
  readonly text: string;
  /** Names like a colleague's, of people of their own. */
  readonly others: readonly string[];
}

/** Adds several people at once, from a list that one pastes, or from a file; shows what comes of it first. */
export function SeveralForm({ onDone }: { onDone: (lastId: string | null) => void }) {
  const { t } = useTranslation('dialogs');
  const { t: words } = useTranslation('lists');
  const backend = useBackend();
  const members = useView(({ staff }) => staff?.members ?? NOBODY);
  const { value, set, give, clear, note } = useKeptInput<Listed>(PLACE, t('staff.several'), { text: '', others: [] });
  const discard = useDiscard(PLACE);
  const { text, others } = value;
  const people = useMemo(() => readPeople(text, Array.from(members.values(), ({ name }) => name), new Set(others)), [text, others, members]);
  const unread = useMemo(() => unreadColumns(text), [text]);
  const doubtful = people.filter(({ state }) => state === 'doubtful').length;
  const { read, refused } = useListFile((found) => set({ text: found, others: [] }));
  const settle = (name: string, isNew: boolean) => set({ others: isNew ? [...others, name] : others.filter((each) => each !== name) });
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
        onChange={(event) => set({ text: event.currentTarget.value, others: [] })}
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
                    <State person={person} isSettled={others.includes(person.name)} onSettle={settle} />
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

interface StateProps {
  readonly person: ListedPerson;
  readonly isSettled: boolean;
  readonly onSettle: (name: string, isNew: boolean) => void;
}

/** What becomes of somebody on the list; asked where that is not clear. */
function State({ person, isSettled, onSettle }: StateProps) {
  const { t } = useTranslation('lists');
  if (person.state !== 'doubtful' && !isSettled) return t(`states.${person.state}`);
  const like = person.like === '' ? person.name : person.like;
  return (
    <NativeSelect
      aria-label={`${person.name}: ${t('doubtful', { name: like })}`}
      label={isSettled ? undefined : t('doubtful', { name: like })}
      data={[
        { value: '', label: t('isSame') },
        { value: 'new', label: t('isNew') },
      ]}
      value={isSettled ? 'new' : ''}
      onChange={(event) => onSettle(person.name, event.currentTarget.value === 'new')}
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
