import { Button, Checkbox, FileButton, Group } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useBackend } from '@/app/stores/backend';
import { useErrorWords } from '@/app/ui/errorWords';
import { parseSettings, storedSettings } from '@/app/shell/oldSettings';
import { openDialog } from '@/app/stores/route';
import { toast } from '@/app/stores/toasts';
import type { JsonObject, MigrationReport } from '@/realtime/protocol';

import { MigrationReportView } from './MigrationReportView';

const LARGE_MS = 120_000;

/** Old settings into a new version: what would come of them is shown before anything is written. */
export default function MigrationPanel() {
  const { t } = useTranslation('dialogs');
  const backend = useBackend();
  const words = useErrorWords();
  const [source, setSource] = useState<JsonObject | null>(null);
  const [report, setReport] = useState<MigrationReport | null>(null);
  const [skipInvalid, setSkipInvalid] = useState(false);
  const [busy, setBusy] = useState<'preview' | 'apply' | null>(null);
  const stored = storedSettings();
  const run = async (settings: JsonObject, dryRun: boolean) => {
    setBusy(dryRun ? 'preview' : 'apply');
    if (dryRun) setReport(null);
    try {
      const answer = await backend.query('SETTINGS_MIGRATE', { settings, dryRun, skipInvalid: dryRun || skipInvalid }, LARGE_MS);
      setReport(answer);
      setSource(settings);
      if (!dryRun) toast('good', t('migration.done', { name: answer.newVersion?.name ?? '' }));
    } catch (error) {
      toast('error', words(error), { sticky: true });
    }
    setBusy(null);
  };
  const readFile = async (file: File | null) => {
    const settings = file === null ? null : parseSettings(await file.text());
    if (settings !== null) await run(settings, true);
    else if (file !== null) toast('error', t('migration.noJson'));
  };
  const leftOut = report?.skipped.length ?? 0;
  return (
    <>
      <p>{t('migration.text')}</p>
      <Group>
        <Button variant="default" disabled={stored === null || busy !== null} onClick={() => stored !== null && void run(stored, true)}>
          {t(stored === null ? 'migration.nothingStored' : 'migration.fromBrowser')}
        </Button>
        <FileButton accept="application/json,.json" inputProps={{ 'aria-label': t('migration.fromFile') }} onChange={(file) => void readFile(file)}>
          {(props) => (
            <Button variant="default" disabled={busy !== null} {...props}>
              {t('migration.fromFile')}
            </Button>
          )}
        </FileButton>
      </Group>
      {busy !== null && (
        <p role="status">
          <progress aria-label={t(`migration.${busy}Busy`)} /> {t(`migration.${busy}Busy`)}
        </p>
      )}
      {report !== null && <MigrationReportView report={report} />}
      {report !== null && report.newVersion === null && source !== null && (
        <Group mt="md" justify="space-between">
          {leftOut > 0 ? (
            <Checkbox label={t('migration.skip')} checked={skipInvalid} onChange={(event) => setSkipInvalid(event.currentTarget.checked)} />
          ) : (
            <span />
          )}
          <Button loading={busy === 'apply'} disabled={leftOut > 0 && !skipInvalid} onClick={() => void run(source, false)}>
            {t('migration.apply')}
          </Button>
        </Group>
      )}
      {report?.newVersion != null && (
        <Group mt="md" justify="flex-end">
          <Button variant="default" onClick={() => openDialog('settings', 'versions')}>
            {t('tabs.versions')}
          </Button>
        </Group>
      )}
    </>
  );
}
