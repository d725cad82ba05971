import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import { formatDay } from '@/grid/days';
import type { OutboxEntry } from '@/realtime/outbox';
import type { ConflictItem } from '@/realtime/protocol';

import { useBackend, useBackendStore, useView } from './backend';
import { Dialog } from './Dialog';
import { closeDialog } from './route';

const isHeld = ({ progress }: OutboxEntry) => progress.kind === 'conflict' || progress.kind === 'stranded';

/** What a colleague has changed meanwhile: both values, whose, when; one chooses for each change or for all. */
export default function ConflictDialog() {
  const { t } = useTranslation();
  const backend = useBackend();
  const held = useBackendStore('outbox', (entries) => entries).filter(isHeld);
  const all = (choose: (requestId: string) => unknown) => held.forEach(({ requestId }) => choose(requestId));
  return (
    <Dialog title={t('conflict.title')} onClose={closeDialog} size="lg">
      {held.length === 0 && <p className="app-dim">{t('conflict.none')}</p>}
      {held.map((entry) => (
        <Conflict key={entry.requestId} entry={entry} />
      ))}
      {held.length > 1 && (
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={() => all((id) => backend.discard(id))}>
            {t('conflict.allTheirs')}
          </Button>
          <Button onClick={() => all((id) => backend.insist(id))}>{t('conflict.allMine')}</Button>
        </Group>
      )}
    </Dialog>
  );
}

function Conflict({ entry }: { entry: OutboxEntry }) {
  const { t } = useTranslation();
  const backend = useBackend();
  const { progress, requestId } = entry;
  const items = progress.kind === 'conflict' ? progress.items : [];
  return (
    <section className="app-conflict">
      {progress.kind === 'stranded' && <p>{t('conflict.stranded', { type: entry.request.type })}</p>}
      {items.length > 0 && (
        <table className="app-table">
          <thead>
            <tr>
              <th scope="col">{t('conflict.what')}</th>
              <th scope="col">{t('conflict.mine')}</th>
              <th scope="col">{t('conflict.theirs')}</th>
              <th scope="col">{t('conflict.who')}</th>
            </tr>
          </thead>
          <tbody>
            {items.map((item, index) => (
              <Item key={index} item={item} />
            ))}
          </tbody>
        </table>
      )}
      <Group justify="flex-end" gap="xs" mt="xs">
        <Button size="xs" variant="default" onClick={() => backend.discard(requestId)}>
          {t('conflict.useTheirs')}
        </Button>
        <Button size="xs" onClick={() => backend.insist(requestId)}>
          {t('conflict.useMine')}
        </Button>
      </Group>
    </section>
  );
}

const shown = (value: unknown): string => (value === '' || value == null ? '—' : typeof value === 'string' ? value : JSON.stringify(value));

function Item({ item }: { item: ConflictItem }) {
  const { t, i18n } = useTranslation();
  const where = useWhere(item);
  const when = item.changedAt === null ? '' : new Date(item.changedAt).toLocaleString(i18n.language, { dateStyle: 'short', timeStyle: 'short' });
  return (
    <tr>
      <th scope="row">{where}</th>
      <td>{shown(item.yours)}</td>
      <td>{shown(item.theirs)}</td>
      <td>
        {item.theirAuthor || t('conflict.somebody')} <small className="app-dim">{when}</small>
      </td>
    </tr>
  );
}

/** A cell by its person and day, anything else by its field. */
function useWhere({ entity, entityId, field }: ConflictItem): string {
  const { i18n } = useTranslation();
  const staff = useView((state) => state.staff);
  const day = /\d{4}-\d{2}-\d{2}/.exec(`${entityId} ${field}`)?.[0];
  const member = [...(staff?.members.values() ?? [])].find(({ id }) => entityId.includes(id) || field.includes(id));
  const parts = [member?.name, day === undefined ? undefined : formatDay(day, i18n.language, { month: 'numeric', day: 'numeric', weekday: 'short' })];
  const text = parts.filter((part) => part !== undefined).join(' ');
  return text === '' ? `${entity} ${field}` : day === undefined ? `${text} ${field}` : text;
}
