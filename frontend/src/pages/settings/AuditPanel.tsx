import { Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useBackend, useCanEdit } from '@/app/backend';
import { toast } from '@/app/toasts';
import { useAnswer } from '@/app/useAnswer';
import { Waiting } from '@/app/Waiting';
import type { SettingsChange } from '@/realtime/protocol';
import { SETTINGS_TABLES } from '@/realtime/settingsTables';

import { show } from './Comparison';

const PAGE = 50;

/** Who changed which setting, when, from what to what; any entry can be taken back. */
export function AuditPanel() {
  const { t } = useTranslation('dialogs');
  const backend = useBackend();
  const [tableName, setTable] = useState('');
  const [pages, setPages] = useState<readonly string[]>(['']);
  return (
    <>
      <NativeSelect
        label={t('audit.table')}
        value={tableName}
        w={260}
        data={[
          { value: '', label: t('audit.all') },
          ...SETTINGS_TABLES.map((spec) => ({ value: spec.tableName, label: t(`tables.${spec.name}`) })),
          { value: 'config_versions', label: t('tabs.versions') },
        ]}
        onChange={(event) => {
          setTable(event.currentTarget.value);
          setPages(['']);
        }}
      />
      <div className="st-scroll">
        {pages.map((cursor) => (
          <Page
            key={`${tableName} ${cursor}`}
            load={() =>
              backend.query('SETTINGS_CHANGES_REQUEST', { limit: PAGE, ...(tableName === '' ? {} : { tableName }), ...(cursor === '' ? {} : { cursor }) })
            }
            id={`${tableName} ${cursor}`}
            isLast={cursor === pages.at(-1)}
            onMore={(next) => setPages((before) => [...before, next])}
          />
        ))}
      </div>
    </>
  );
}

interface PageProps {
  readonly id: string;
  readonly load: () => Promise<{ changes: SettingsChange[]; cursor: string | null }>;
  readonly isLast: boolean;
  readonly onMore: (cursor: string) => void;
}

function Page({ id, load, isLast, onMore }: PageProps) {
  const { t } = useTranslation('dialogs');
  const answer = useAnswer(id, load);
  return (
    <Waiting answer={answer}>
      {({ changes, cursor }) => (
        <>
          {changes.length === 0 && <p className="app-dim">{t('audit.none')}</p>}
          <ul className="app-plain">
            {changes.map((change) => (
              <Entry key={change.id} change={change} reload={answer.again} />
            ))}
          </ul>
          {isLast && cursor !== null && (
            <Button variant="subtle" onClick={() => onMore(cursor)}>
              {t('audit.more')}
            </Button>
          )}
        </>
      )}
    </Waiting>
  );
}

const HIDDEN = new Set(['id', 'restaurantId', 'versionId', 'createdAt', 'updatedAt', 'revision']);

/** The fields that an entry changed, with both values. */
export function changedFields({ oldData, newData }: Pick<SettingsChange, 'oldData' | 'newData'>): { field: string; from: unknown; to: unknown }[] {
  const keys = new Set([...Object.keys(oldData ?? {}), ...Object.keys(newData ?? {})]);
  return [...keys]
    .filter((key) => !HIDDEN.has(key) && JSON.stringify(oldData?.[key]) !== JSON.stringify(newData?.[key]))
    .map((field) => ({ field, from: oldData?.[field], to: newData?.[field] }));
}

function Entry({ change, reload }: { change: SettingsChange; reload: () => void }) {
  const { t, i18n } = useTranslation('dialogs');
  const backend = useBackend();
  const canEdit = useCanEdit();
  const spec = SETTINGS_TABLES.find(({ tableName }) => tableName === change.tableName);
  const name = change.newData?.['name'] ?? change.oldData?.['name'];
  const restore = async () => {
    const outcome = await backend.change({ type: 'SETTINGS_RESTORE_CHANGE', payload: { changeId: change.id } }).outcome;
    if (outcome.kind !== 'applied') return;
    toast('good', t('audit.restored'));
    reload();
  };
  return (
    <li className="app-conflict">
      <div>
        <span className="app-dim">{new Date(change.changedAt).toLocaleString(i18n.language, { dateStyle: 'medium', timeStyle: 'short' })}</span>{' '}
        <b>{change.changedBy ?? t('audit.system')}</b> {t(`audit.operation.${change.operation}`)}{' '}
        {spec === undefined ? t('tabs.versions') : t(`tables.${spec.name}`)} <b>{show(name)}</b>{' '}
        {change.reason !== '' && <i>{change.reason}</i>}
        {canEdit && spec !== undefined && (
          <Button size="compact-xs" variant="subtle" onClick={() => void restore()}>
            {t('audit.restore')}
          </Button>
        )}
      </div>
      {change.operation === 'UPDATE' &&
        changedFields(change).map(({ field, from, to }) => (
          <p key={field} className="st-json">
            {field}: {show(from)} → {show(to)}
          </p>
        ))}
    </li>
  );
}
