import '@/i18n/dialogs';
import '@/i18n/lists';
import './many.css';

import { Button, Checkbox, Group, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useBackend, useFollow, useView } from '@/app/stores/backend';
import { toast } from '@/app/stores/toasts';
import type { StaffMember } from '@/realtime/protocol';

import { changesOf, isNothing, type ManyChanges, undone } from './many';

const NOTHING: ManyChanges = { position: '', groupId: '', status: '', from: '', end: '' };

/** Changes several people at once: what is blank stays as it is. One undo takes all of it back. */
export function ManyForm({ members, onDone }: { readonly members: readonly StaffMember[]; readonly onDone: () => void }) {
  const { t } = useTranslation();
  const { t: words } = useTranslation('lists');
  const backend = useBackend();
  useFollow('settings');
  const groups = useView(({ settings }) => settings?.staffGroups);
  const [base] = useState(backend.version);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [changes, setChanges] = useState(NOTHING);
  const people = members.filter(({ id }) => chosen.has(id));
  const put = (more: Partial<ManyChanges>) => setChanges({ ...changes, ...more });
  const toggle = (id: string) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  const apply = () => {
    const group = groups?.find(({ id }) => id === changes.groupId);
    for (const request of changesOf(people, group, changes, base)) backend.change(request);
    const undo = () => {
      const { staff, settings } = backend.view.getState();
      const now = { members: [...(staff?.members.values() ?? [])], group: settings?.staffGroups.find(({ id }) => id === group?.id), base: backend.version };
      for (const request of undone(people, group, changes, now)) backend.change(request);
      toast('info', words('many.undone', { count: people.length }));
    };
    toast('good', words('many.done', { count: people.length }), { sticky: true, action: { label: t('edit.undo'), run: undo } });
    onDone();
  };
  return (
    <div className="app-stack">
      <p className="app-tight">{words('many.text')}</p>
      <fieldset className="st-many">
        <legend>{words('many.who')}</legend>
        <Checkbox
          label={words('many.all')}
          checked={people.length === members.length}
          indeterminate={people.length > 0 && people.length < members.length}
          onChange={(event) => setChosen(new Set(event.currentTarget.checked ? members.map(({ id }) => id) : []))}
        />
        <div className="st-scroll st-many-people" role="group" aria-label={words('many.who')} tabIndex={0}>
          {members.map(({ id, name, position }) => (
            <Checkbox key={id} label={position === '' ? name : `${name}（${position}）`} checked={chosen.has(id)} onChange={() => toggle(id)} />
          ))}
        </div>
      </fieldset>
      <div className="st-many-fields">
        <TextInput label={words('many.position')} maxLength={100} value={changes.position} onChange={(event) => put({ position: event.currentTarget.value })} />
        <NativeSelect
          label={words('many.group')}
          value={changes.groupId}
          data={[{ value: '', label: words('many.noGroup') }, ...(groups ?? []).filter(({ isActive }) => isActive).map(({ id, name }) => ({ value: id, label: name }))]}
          onChange={(event) => put({ groupId: event.currentTarget.value })}
        />
        <TextInput label={words('many.status')} maxLength={50} value={changes.status} onChange={(event) => put({ status: event.currentTarget.value })} />
        <TextInput type="date" label={words('many.from')} description={words('many.fromText')} value={changes.from} onChange={(event) => put({ from: event.currentTarget.value })} />
        <TextInput type="date" label={words('many.end')} description={words('many.endText')} value={changes.end} onChange={(event) => put({ end: event.currentTarget.value })} />
      </div>
      {people.length > 0 && isNothing(changes) && (
        <p className="app-dim" role="status">
          {words('many.nothing')}
        </p>
      )}
      <Group gap="xs">
        <Button variant="default" onClick={onDone}>
          {t('overlap.stop')}
        </Button>
        <Button disabled={people.length === 0 || isNothing(changes)} onClick={apply}>
          {words('many.apply', { count: people.length })}
        </Button>
      </Group>
    </div>
  );
}
