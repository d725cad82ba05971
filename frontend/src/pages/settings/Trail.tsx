import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useBackend, useCanEdit, useView } from '@/app/stores/backend';
import { toast } from '@/app/stores/toasts';
import { useAnswer } from '@/app/ui/useAnswer';
import { Waiting } from '@/app/ui/Waiting';
import type { SettingsChange } from '@/realtime/protocol';
import { SETTINGS_TABLES } from '@/realtime/protocol/settingsTables';
import type { SettingsState } from '@/realtime/state/state';

import { changedLeaves } from './leaves';
import { useNameOrKind } from './useRowName';
import { useValueWords } from './useValueWords';

const PAGE = 50;

interface Props {
  /** Of this table only, and of this row only. */
  readonly tableName?: string;
  readonly rowId?: string;
}

/** Who changed which setting, when, from what to what, newest first; any entry can be taken back. */
export function Trail(filter: Props) {
  const { t } = useTranslation('dialogs');
  const revision = useView(({ settings }) => newestRevision(settings));
  const [pages, setPages] = useState<readonly string[]>(['']);
  return (
    <div className="st-scroll" tabIndex={0} role="region" aria-label={t('tabs.audit')}>
      {pages.map((cursor) => (
        <Page
          key={cursor}
          filter={filter}
          cursor={cursor}
          // The first page is the one that grows.
          revision={cursor === '' ? revision : 0}
          isLast={cursor === pages.at(-1)}
          onMore={(next) => setPages((before) => [...before, next])}
        />
      ))}
    </div>
  );
}

/** Grows with every change of a row. */
const newestRevision = (settings: SettingsState | null): number =>
  Math.max(settings?.version?.revision ?? 0, ...SETTINGS_TABLES.flatMap(({ name }) => (settings?.[name] ?? []).map((row: { revision: number }) => row.revision)));

interface PageProps {
  readonly filter: Props;
  readonly cursor: string;
  readonly revision: number;
  readonly isLast: boolean;
  readonly onMore: (cursor: string) => void;
}

function Page({ filter, cursor, revision, isLast, onMore }: PageProps) {
  const { t } = useTranslation('dialogs');
  const backend = useBackend();
  const query = { limit: PAGE, ...filter, ...(cursor === '' ? {} : { cursor }) };
  const answer = useAnswer(`${JSON.stringify(query)} ${revision}`, () => backend.query('SETTINGS_CHANGES_REQUEST', query), true);
  return (
    <Waiting answer={answer}>
      {({ changes, cursor: next }) => (
        <>
          {changes.length === 0 && <p className="app-dim">{t('audit.none')}</p>}
          <ul className="app-plain">
            {changes.map((change) => (
              <Entry key={change.id} change={change} reload={answer.again} />
            ))}
          </ul>
          {isLast && next !== null && (
            <Button variant="subtle" onClick={() => onMore(next)}>
              {t('audit.more')}
            </Button>
          )}
        </>
      )}
    </Waiting>
  );
}

function Entry({ change, reload }: { change: SettingsChange; reload: () => void }) {
  const { t, i18n } = useTranslation('dialogs');
  const backend = useBackend();
  const canEdit = useCanEdit();
  const { label, value } = useValueWords();
  const spec = SETTINGS_TABLES.find(({ tableName }) => tableName === change.tableName);
  const nameOrKind = useNameOrKind();
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
        <time className="app-dim" dateTime={change.changedAt}>
          {new Date(change.changedAt).toLocaleString(i18n.language, { dateStyle: 'medium', timeStyle: 'short' })}
        </time>{' '}
        <b>{change.changedBy ?? t('audit.system')}</b> {t(`audit.operation.${change.operation}`)}{' '}
        {spec === undefined ? t('tabs.versions') : t(`tables.${spec.name}`)} <b>{spec !== undefined ? nameOrKind(name, spec.name) : typeof name === 'string' ? name : ''}</b>{' '}
        {change.reason !== '' && <i>{change.reason}</i>}
        {canEdit && spec !== undefined && (
          <Button size="compact-xs" variant="subtle" onClick={() => void restore()}>
            {t('audit.restore')}
          </Button>
        )}
      </div>
      {change.operation === 'UPDATE' &&
        changedLeaves(change.oldData, change.newData).map(({ path, from, to }) => (
          <p key={path} className="st-json">
            {label(path)}: <s>{value(path, from)}</s> → <b>{value(path, to)}</b>
          </p>
        ))}
    </li>
  );
}
