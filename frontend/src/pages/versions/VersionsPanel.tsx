import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useKeptInput } from '@/app/shell/keeping';
import { ask } from '@/app/stores/ask';
import { useBackend, useCanEdit, useIsOwner, useView } from '@/app/stores/backend';
import { Icon } from '@/app/ui/Icon';
import { toast } from '@/app/stores/toasts';
import { useAnswer } from '@/app/ui/useAnswer';
import { Waiting } from '@/app/ui/Waiting';
import type { ConfigVersion } from '@/realtime/protocol';

import { Comparison } from './Comparison';

const NONE: readonly ConfigVersion[] = [];

/** The versions of the settings: create, copy, compare, activate, lock, and back to the defaults. */
export default function VersionsPanel() {
  const { t } = useTranslation('dialogs');
  const backend = useBackend();
  const active = useView(({ settings }) => settings?.version ?? null);
  const answer = useAnswer(`versions ${active?.id ?? ''} ${String(active?.isLocked)}`, async () => (await backend.query('SETTINGS_VERSIONS_REQUEST', {})).versions, true);
  const versions = answer.state === 'ready' ? answer.value : NONE;
  const canEdit = useCanEdit();
  return (
    <>
      <Waiting answer={answer}>
        {(listed) => (
          <table className="app-table">
            <thead>
              <tr>
                <th scope="col">{t('versions.number')}</th>
                <th scope="col">{t('fields.name')}</th>
                <th scope="col">{t('versions.created')}</th>
                <th scope="col">
                  <span className="ss-sr">{t('versions.actions')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {listed.map((version) => (
                <Version key={version.id} version={version} canEdit={canEdit} reload={answer.again} />
              ))}
            </tbody>
          </table>
        )}
      </Waiting>
      {/* Beside the answer, not in it: what is typed here stays where the list is asked for anew, or cannot be had. */}
      {canEdit && <NewVersion versions={versions} reload={answer.again} />}
      <Compare versions={versions} />
    </>
  );
}

interface VersionProps {
  readonly version: ConfigVersion;
  readonly canEdit: boolean;
  readonly reload: () => void;
}

function Version({ version, canEdit, reload }: VersionProps) {
  const { t, i18n } = useTranslation('dialogs');
  const backend = useBackend();
  const isOwner = useIsOwner();
  const { id, isActive, isLocked } = version;
  const send = async (type: 'SETTINGS_ACTIVATE_VERSION' | 'SETTINGS_LOCK_VERSION' | 'SETTINGS_UNLOCK_VERSION') => {
    const outcome = await backend.change({ type, payload: { versionId: id } }).outcome;
    if (outcome.kind === 'applied') reload();
  };
  return (
    <tr>
      <td>v{version.versionNumber}</td>
      <td>
        {version.name} {isActive && <b className="app-state-saved">{t('versions.active')}</b>}
        {isLocked && (
          <span className="app-dim">
            {' '}
            <Icon name="lock" size={14} /> {t('versions.locked')}
          </span>
        )}
      </td>
      <td className="app-dim">
        {new Date(version.createdAt).toLocaleDateString(i18n.language, { dateStyle: 'medium' })} {version.createdByName}
      </td>
      <td>
        {canEdit && (
          <Group gap={4} justify="flex-end">
            {!isActive && (
              <Button size="compact-sm" variant="light" onClick={() => void send('SETTINGS_ACTIVATE_VERSION')}>
                {t('versions.activate')}
              </Button>
            )}
            {isOwner && (
              <Button size="compact-sm" variant="subtle" onClick={() => void send(isLocked ? 'SETTINGS_UNLOCK_VERSION' : 'SETTINGS_LOCK_VERSION')}>
                {t(isLocked ? 'versions.unlock' : 'versions.lock')}
              </Button>
            )}
          </Group>
        )}
      </td>
    </tr>
  );
}

const options = (versions: readonly ConfigVersion[]) => versions.map(({ id, versionNumber, name }) => ({ value: id, label: `v${versionNumber} ${name}` }));

function NewVersion({ versions, reload }: { versions: readonly ConfigVersion[]; reload: () => void }) {
  const { t } = useTranslation('dialogs');
  const backend = useBackend();
  const { value, typed, set, give, clear, note } = useKeptInput<{ name: string; from: string | null }>('settings/versions/new', t('versions.newName'), { name: '', from: null });
  const { name, from: chosen } = value;
  const from = chosen ?? versions.find(({ isActive }) => isActive)?.id ?? versions[0]?.id ?? '';
  const create = async () => {
    const { outcome } = backend.change({ type: 'SETTINGS_CREATE_VERSION', payload: { name: name.trim(), copyFrom: from } });
    give(outcome);
    if ((await outcome).kind !== 'applied') return;
    // The answer may take long: what was typed meanwhile is the next one.
    clear(typed);
    toast('good', t('versions.createdToast'));
    reload();
  };
  const resetAll = async () => {
    const answer = await ask({
      title: t('versions.resetTitle'),
      text: t('versions.resetText'),
      answers: [
        { value: 'no', label: t('actions.cancel') },
        { value: 'yes', label: t('versions.reset'), kind: 'danger' },
      ],
    });
    if (answer === 'yes') backend.change({ type: 'SETTINGS_RESET', payload: {} });
  };
  return (
    <>
    {note}
    <Group align="flex-end" mt="md" gap="sm">
      <TextInput label={t('versions.newName')} value={name} onChange={(event) => set({ name: event.currentTarget.value })} />
      <NativeSelect label={t('versions.copyOf')} data={options(versions)} value={from} onChange={(event) => set({ from: event.currentTarget.value })} />
      <Button disabled={name.trim() === '' || from === ''} onClick={() => void create()}>
        {t('versions.create')}
      </Button>
      <span className="app-fill" />
      <Button variant="subtle" color="red" onClick={() => void resetAll()}>
        {t('versions.reset')}
      </Button>
    </Group>
    </>
  );
}

function Compare({ versions }: { versions: readonly ConfigVersion[] }) {
  const { t } = useTranslation('dialogs');
  const [left, setFrom] = useState<string | null>(null);
  const [right, setTo] = useState<string | null>(null);
  const from = left ?? versions.find(({ isActive }) => !isActive)?.id ?? '';
  const to = right ?? versions.find(({ isActive }) => isActive)?.id ?? '';
  if (versions.length < 2) return null;
  return (
    <section>
      <h3 className="app-h3">{t('versions.compare')}</h3>
      <Group align="flex-end" gap="sm">
        <NativeSelect label={t('versions.from')} data={options(versions)} value={from} onChange={(event) => setFrom(event.currentTarget.value)} />
        <NativeSelect label={t('versions.to')} data={options(versions)} value={to} onChange={(event) => setTo(event.currentTarget.value)} />
      </Group>
      {from !== '' && to !== '' && from !== to && <Comparison from={from} to={to} />}
    </section>
  );
}
