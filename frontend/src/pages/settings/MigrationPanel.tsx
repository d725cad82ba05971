import { Button, Checkbox, FileButton, Group } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useBackend } from '@/app/backend';
import { toast } from '@/app/toasts';
import type { JsonObject, MigrationReport } from '@/realtime/protocol';

const KEY = 'shift-schedule-settings';

/** What an older version of this page has left in the browser. */
export function storedSettings(): JsonObject | null {
  try {
    return parsed(localStorage.getItem(KEY) ?? '');
  } catch {
    return null;
  }
}

function parsed(text: string): JsonObject | null {
  try {
    const found: unknown = JSON.parse(text);
    return typeof found === 'object' && found !== null ? (found as JsonObject) : null;
  } catch {
    return null;
  }
}

/** Old settings into a new version: what would come of them is shown before anything is written. */
export function MigrationPanel() {
  const { t } = useTranslation('dialogs');
  const backend = useBackend();
  const [source, setSource] = useState<JsonObject | null>(null);
  const [report, setReport] = useState<MigrationReport | null>(null);
  const [skipInvalid, setSkipInvalid] = useState(false);
  const [busy, setBusy] = useState(false);
  const stored = storedSettings();
  const run = async (settings: JsonObject, dryRun: boolean) => {
    setBusy(true);
    try {
      const answer = await backend.query('SETTINGS_MIGRATE', { settings, dryRun, skipInvalid: dryRun || skipInvalid });
      setReport(answer);
      setSource(settings);
      if (!dryRun) toast('good', t('migration.done', { name: answer.newVersion?.name ?? '' }));
    } catch (error) {
      toast('error', error instanceof Error ? error.message : String(error), { sticky: true });
    }
    setBusy(false);
  };
  const readFile = async (file: File | null) => {
    const settings = file === null ? null : parsed(await file.text());
    if (settings !== null) await run(settings, true);
    else if (file !== null) toast('error', t('migration.noJson'));
  };
  return (
    <>
      <p>{t('migration.text')}</p>
      <Group>
        <Button variant="default" disabled={stored === null} loading={busy} onClick={() => stored !== null && void run(stored, true)}>
          {t(stored === null ? 'migration.nothingStored' : 'migration.fromBrowser')}
        </Button>
        <FileButton accept="application/json,.json" onChange={(file) => void readFile(file)}>
          {(props) => (
            <Button variant="default" {...props}>
              {t('migration.fromFile')}
            </Button>
          )}
        </FileButton>
      </Group>
      {report !== null && <Report report={report} />}
      {report !== null && report.newVersion === null && source !== null && (
        <Group mt="md" justify="space-between">
          {report.skipped.length > 0 ? (
            <Checkbox label={t('migration.skip')} checked={skipInvalid} onChange={(event) => setSkipInvalid(event.currentTarget.checked)} />
          ) : (
            <span />
          )}
          <Button loading={busy} onClick={() => void run(source, false)}>
            {t('migration.apply')}
          </Button>
        </Group>
      )}
    </>
  );
}

function Report({ report }: { report: MigrationReport }) {
  const { t } = useTranslation('dialogs');
  return (
    <section role="status">
      <h3 className="app-h3">{t(report.newVersion === null ? 'migration.preview' : 'migration.result')}</h3>
      <dl className="st-figures">
        {Object.entries(report.rowsInserted).map(([table, count]) => (
          <div key={table}>
            <dt>{t(`tables.${table as 'staffGroups'}`)}</dt>
            <dd>{count}</dd>
          </div>
        ))}
      </dl>
      {report.skipped.length > 0 && (
        <>
          <h3 className="app-h3">{t('migration.unresolved')}</h3>
          <ul className="app-plain">
            {report.skipped.map(({ table, index, reason }, at) => (
              <li key={at}>
                <span className="app-dim">
                  {table} #{index + 1}
                </span>{' '}
                {reason}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
