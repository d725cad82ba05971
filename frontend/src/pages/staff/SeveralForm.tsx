import { Button, Group, Table, Textarea } from '@mantine/core';
import '@mantine/core/styles/Table.css';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { useDiscard, useKeptInput } from '@/app/shell/keeping';
import { useBackend, useView } from '@/app/stores/backend';
import { toast } from '@/app/stores/toasts';
import { uuid } from '@/realtime/protocol/ids';
import type { StaffMember } from '@/realtime/protocol';

import { readPeople } from './peopleList';

const NOBODY: ReadonlyMap<string, StaffMember> = new Map();

const PLACE = 'staff/several';

/** Adds several people at once, from a list that one pastes; shows what comes of it first. */
export function SeveralForm({ onDone }: { onDone: (lastId: string | null) => void }) {
  const { t } = useTranslation('dialogs');
  const backend = useBackend();
  const members = useView(({ staff }) => staff?.members ?? NOBODY);
  const { value, set, give, clear, note } = useKeptInput(PLACE, t('staff.several'), { text: '' });
  const discard = useDiscard(PLACE);
  const { text } = value;
  const people = useMemo(() => readPeople(text, Array.from(members.values(), ({ name }) => name)), [text, members]);
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
    toast('good', t('staff.severalAdded', { count: added.length }));
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
        description={t('staff.severalText')}
        value={text}
        onChange={(event) => set({ text: event.currentTarget.value })}
        autosize
        minRows={6}
        maxRows={12}
        data-autofocus
      />
      {people.length > 0 && (
        <div className="st-scroll">
          <Table>
            <Table.Thead>
              <Table.Tr>
                {(['name', 'position', 'department', 'status'] as const).map((field) => (
                  <Table.Th key={field}>{t(`fields.${field}`)}</Table.Th>
                ))}
                <Table.Th>{t('staff.severalState')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {people.map((person, index) => (
                <Table.Tr key={index} className={person.state === 'new' ? undefined : 'app-dim'}>
                  <Table.Td>{person.name}</Table.Td>
                  <Table.Td>{person.position}</Table.Td>
                  <Table.Td>{person.department}</Table.Td>
                  <Table.Td>{person.status}</Table.Td>
                  <Table.Td>{t(`staff.severalStates.${person.state}`)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
      <Group gap="xs">
        <Button variant="default" onClick={cancel}>
          {t('actions.cancel')}
        </Button>
        <Button disabled={added.length === 0} onClick={add}>
          {t('staff.severalAdd', { count: added.length })}
        </Button>
      </Group>
    </div>
  );
}
