import { useTranslation } from 'react-i18next';

import { useView } from '@/app/backend';
import type { TableName } from '@/realtime/protocol';

import type { Values } from './fields';

/** What a row is called in lists: its name, or for an assignment whom it lets stand in where. */
export function useRowName(table: TableName): (row: Values) => string {
  const { t } = useTranslation('dialogs');
  const members = useView(({ staff }) => staff?.members);
  const groups = useView(({ settings }) => settings?.staffGroups);
  if (table === 'backupAssignments') {
    return (row) => {
      const person = members?.get(String(row['staffId']))?.name ?? '?';
      const group = groups?.find(({ id }) => id === row['groupId'])?.name ?? '?';
      return `${person} → ${group} (${Number(row['priorityOrder'] ?? 1)})`;
    };
  }
  return (row) => (typeof row['name'] === 'string' && row['name'] !== '' ? row['name'] : t('empty.name'));
}
