import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { ConnectionState } from '@/realtime/transport/connection';

import { useBackendStore, useView } from '../stores/backend';
import { DropPanel } from '../ui/DropPanel';
import { Icon, type IconName } from '../ui/Icon';
import { openDialog } from '../stores/route';
import { type Saving, savingOf } from './saving';

const ICONS: Readonly<Record<Saving['kind'], IconName>> = {
  saved: 'check',
  sending: 'cloud',
  waiting: 'device',
  unsaved: 'alert',
  held: 'alert',
  offline: 'cloudOff',
  connecting: 'cloud',
};

/** Always in view: what has become of one's edits. A click tells more. */
export function StateIndicator() {
  const { t } = useTranslation();
  const connection = useBackendStore('connection', (state) => state);
  // Two values and not the outbox: an entry on its way through it changes nothing here.
  const kind = useBackendStore('outbox', (entries) => savingOf(connection, entries).kind);
  const count = useBackendStore('outbox', (entries) => countOf(savingOf(connection, entries)));
  const tried = useBackendStore('outbox', (entries) => Math.max(0, ...entries.map(({ attempts }) => attempts)));
  const words = t(`state.${kind}`, { count });
  return (
    <>
      {/* Said beside the button: a live region inside it would take its name away. */}
      <span role="status" className="ss-sr">
        {words}
      </span>
      <DropPanel
        button={
          <button type="button" className={`app-state app-state-${kind}`}>
            <Icon name={ICONS[kind]} size={16} />
            <span>{words}</span>
          </button>
        }
      >
        <p className="app-tight">{t(`stateLong.${kind}`, { count })}</p>
        <p className="app-tight app-dim">
          <Connection connection={connection} />
        </p>
        {tried > 1 && <p className="app-tight app-dim">{t('conflict.tried', { count: tried })}</p>}
        {kind === 'held' && (
          <button type="button" className="app-link" onClick={() => openDialog('conflicts')}>
            {t('conflict.open')}
          </button>
        )}
      </DropPanel>
    </>
  );
}

const countOf = (saving: Saving) => ('count' in saving ? saving.count : 0);

function Connection({ connection }: { connection: ConnectionState }) {
  const { t } = useTranslation();
  const now = useNow(connection.state === 'offline');
  switch (connection.state) {
    case 'live':
      return t(connection.transport === 'socket' ? 'connection.live' : 'connection.rest');
    case 'offline': {
      const seconds = connection.retryAt === null ? null : Math.max(0, Math.ceil((connection.retryAt - now) / 1000));
      return seconds === null ? t('connection.stopped') : t('connection.retry', { seconds });
    }
    default:
      return t(`connection.${connection.state}`);
  }
}

function useNow(ticking: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!ticking) return;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [ticking]);
  return now;
}

/** Which settings are in force, and whether they are locked. */
export function VersionBadge() {
  const { t } = useTranslation();
  const version = useView(({ settings }) => settings?.version ?? null);
  if (version === null) return null;
  const name = `v${version.versionNumber} ${version.name}`;
  return (
    <button
      type="button"
      className="app-version"
      title={version.isLocked ? `${name} (${t('versions.locked')})` : name}
      onClick={() => openDialog('settings', 'versions')}
    >
      {version.isLocked && <Icon name="lock" size={14} />}
      <span>{name}</span>
      {version.isLocked && <span className="ss-sr">{t('versions.locked')}</span>}
    </button>
  );
}
