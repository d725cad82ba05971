import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { SETTINGS_TABLES } from '@/realtime/protocol/settingsTables';

import { Trail } from './Trail';

/** The audit trail of all settings, or of one table. */
export function AuditPanel() {
  const { t } = useTranslation('dialogs');
  const [tableName, setTable] = useState('');
  return (
    <>
      <NativeSelect
        label={t('audit.table')}
        value={tableName}
        w={260}
        mb="sm"
        data={[
          { value: '', label: t('audit.all') },
          ...SETTINGS_TABLES.map((spec) => ({ value: spec.tableName, label: t(`tables.${spec.name}`) })),
          { value: 'config_versions', label: t('tabs.versions') },
        ]}
        onChange={(event) => setTable(event.currentTarget.value)}
      />
      <Trail key={tableName} {...(tableName === '' ? {} : { tableName })} />
    </>
  );
}
