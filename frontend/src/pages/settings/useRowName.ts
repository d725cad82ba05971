import { useTranslation } from 'react-i18next';

import { useView } from '@/app/stores/backend';
import type { TableName } from '@/realtime/protocol';

import type { Values } from './fields';

/** What a row is called: by its name, else by what kind of row it is. */
export function useNameOrKind(): (name: unknown, table: TableName) => string {
  const { t } = useTranslation('dialogs');
  return (name, table) => (typeof name === 'string' && name !== '' ? name : t('empty.name', { kind: t(`rows.${table}`) }));
}

/** What a row is called in lists; an assignment by its backup and group. */
export function useRowName(table: TableName): (row: Values) => string {
  const nameOrKind = useNameOrKind();
  const members = useView(({ staff }) => staff?.members);
  const groups = useView(({ settings }) => settings?.staffGroups);
  if (table === 'backupAssignments') {
    return (row) => {
      const person = members?.get(String(row['staffId']))?.name ?? '?';
      const group = groups?.find(({ id }) => id === row['groupId'])?.name ?? '?';
      return `${person} → ${group} (${Number(row['priorityOrder'] ?? 1)})`;
    };
  }
  return (row) => nameOrKind(row['name'], table);
}
