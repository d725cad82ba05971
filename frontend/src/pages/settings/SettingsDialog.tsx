import './settings.css';
import './mantine.css';
import '@/i18n/dialogs';

import { Tabs } from '@mantine/core';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useCanEdit, useFollow, useView } from '@/app/stores/backend';
import { Dialog } from '@/app/ui/Dialog';
import { useNarrow } from '@/app/ui/useMedia';
import { Icon } from '@/app/ui/Icon';
import { closeDialog, openDialog } from '@/app/stores/route';
import { KeptMark, useIsKept } from '@/app/shell/keeping';
import { Unknown } from '@/app/shell/Unknown';
import type { Period } from '@/realtime/protocol';

import { AuditPanel } from './AuditPanel';
import { CalendarPanel } from './CalendarPanel';
import { Needs } from './Needs';
import { RestaurantPanel } from './RestaurantPanel';
import { ShiftTypesPanel } from './ShiftTypesPanel';
import { TablePanel } from './TablePanel';
import { TABLES } from './tables';

interface Props {
  readonly path: readonly string[];
  readonly period: Period | undefined;
}

// Each comes when its tab is opened.
const CoveragePanel = lazy(() => import('../coverage/CoveragePanel'));
const MigrationPanel = lazy(() => import('../migration/MigrationPanel'));
const VersionsPanel = lazy(() => import('../versions/VersionsPanel'));

const OTHERS = ['coverage', 'calendar', 'shiftTypes', 'restaurant', 'versions', 'audit', 'migration'] as const;

/** Says where something is typed that is not saved. */
function Mark({ tab }: { tab: string }) {
  return useIsKept(`settings/${tab}`) ? <KeptMark /> : null;
}

/** All settings of the version in force, a tab for each table; the address says which is open. */
export default function SettingsDialog({ path, period }: Props) {
  const { t } = useTranslation('dialogs');
  const version = useView(({ settings }) => settings?.version ?? null);
  useFollow('settings');
  useFollow('staff');
  const isKnown = useView(({ settings }) => settings !== null);
  const narrow = useNarrow();
  const canEdit = useCanEdit();
  const [tab = 'staffGroups', rowId] = path;
  // The server tells and lets do these two only those who may edit.
  const shown = OTHERS.filter((name) => canEdit || (name !== 'coverage' && name !== 'migration'));
  const current = TABLES.some(({ table }) => table === tab) || shown.some((name) => name === tab) ? tab : 'staffGroups';
  // Kept as state, not as a ref: the dialog puts its content into the page a moment after it is rendered.
  const [tabs, setTabs] = useState<HTMLDivElement | null>(null);
  // On a phone the tabs are one line that scrolls.
  useEffect(() => {
    if (narrow) tabs?.querySelector('[data-active]')?.scrollIntoView({ inline: 'center', block: 'nearest' });
  }, [narrow, current, tabs]);
  if (!isKnown) {
    return (
      <Dialog title={t('settings.title')} onClose={closeDialog} size={1120}>
        <Unknown />
      </Dialog>
    );
  }
  return (
    <Dialog title={version === null ? t('settings.title') : `${t('settings.title')} — v${version.versionNumber} ${version.name}`} onClose={closeDialog} size={1120}>
      {version?.isLocked === true && (
        <p className="app-warning">
          <Icon name="lock" size={16} /> {t('settings.locked')}
        </p>
      )}
      {canEdit && (
        <button type="button" className="app-link" onClick={() => openDialog('questions')}>
          {t('settings.questions')}
        </button>
      )}
      <Tabs orientation={narrow ? 'horizontal' : 'vertical'} value={current} keepMounted={false} onChange={(value) => openDialog('settings', value ?? '')} className="st-tabs">
        <Tabs.List ref={setTabs}>
          {TABLES.map(({ table }) => (
            <Tabs.Tab key={table} value={table} rightSection={<Mark tab={table} />}>
              {t(`tables.${table}`)}
            </Tabs.Tab>
          ))}
          {shown.map((name) => (
            <Tabs.Tab key={name} value={name} rightSection={<Mark tab={name} />}>
              {t(`tabs.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {TABLES.map((description) => (
          <Tabs.Panel key={description.table} value={description.table}>
            {description.table === 'staffingNeeds' && <Needs />}
            <TablePanel description={description} rowId={current === description.table ? rowId : undefined} />
          </Tabs.Panel>
        ))}
        <Tabs.Panel value="coverage">
          <Suspense>{period !== undefined && <CoveragePanel key={period.id} period={period} />}</Suspense>
        </Tabs.Panel>
        <Tabs.Panel value="calendar">
          <CalendarPanel period={period} />
        </Tabs.Panel>
        <Tabs.Panel value="shiftTypes">
          <ShiftTypesPanel rowId={current === 'shiftTypes' ? rowId : undefined} />
        </Tabs.Panel>
        <Tabs.Panel value="restaurant">
          <RestaurantPanel />
        </Tabs.Panel>
        <Tabs.Panel value="versions">
          <Suspense>
            <VersionsPanel />
          </Suspense>
        </Tabs.Panel>
        <Tabs.Panel value="audit">
          <AuditPanel />
        </Tabs.Panel>
        <Tabs.Panel value="migration">
          <Suspense>
            <MigrationPanel />
          </Suspense>
        </Tabs.Panel>
      </Tabs>
    </Dialog>
  );
}
