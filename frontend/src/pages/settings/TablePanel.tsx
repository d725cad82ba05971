import { useTranslation } from 'react-i18next';

import { basedOn, useBackend, useCanEdit, useView } from '@/app/stores/backend';
import type { ChangeRequest } from '@/realtime/state/predictions';
import { tableSpec } from '@/realtime/protocol/settingsTables';

import type { Values } from './fields';
import { useRefusal } from './refusals';
import { type Row, RowsPanel, type Writes } from './RowsPanel';
import type { TableDescription } from './tables';
import { Trail } from './Trail';
import { useRowName } from './useRowName';

interface Props {
  readonly description: TableDescription;
  readonly rowId: string | undefined;
}

/** The rows of one settings table of the version in force. */
export function TablePanel({ description, rowId }: Props) {
  const { table } = description;
  const rows = useView(({ settings }) => settings?.[table]) as readonly (Row & { isActive: boolean })[] | undefined;
  const isLocked = useView(({ settings }) => settings?.version?.isLocked === true);
  const canEdit = useCanEdit() && !isLocked;
  const name = useRowName(table);
  const { t } = useTranslation('dialogs');
  const writes = useWrites(table);
  return (
    <RowsPanel
      place={`settings/${table}`}
      title={t(`tables.${table}`)}
      description={description}
      rows={(rows ?? []).filter(({ isActive }) => isActive)}
      rowId={rowId}
      name={name}
      canEdit={canEdit}
      writes={writes}
      below={(id) => <RowHistory key={`history ${id}`} tableName={tableSpec(table).tableName} rowId={id} />}
    />
  );
}

/** Who changed this row, when, from what to what; each entry can be taken back. */
function RowHistory(row: { tableName: string; rowId: string }) {
  const { t } = useTranslation('dialogs');
  return (
    <details className="st-history">
      <summary>{t('tabs.audit')}</summary>
      <Trail {...row} />
    </details>
  );
}

/** The writes of a table, by the messages that the protocol has for it. */
function useWrites(table: TableDescription['table']): Writes {
  const backend = useBackend();
  const refusal = useRefusal();
  const spec = tableSpec(table);
  const change = (type: string, payload: Values) => backend.change({ type, payload } as unknown as ChangeRequest).outcome;
  const write = async (type: string, payload: Values) => refusal(await change(type, payload));
  return {
    create: (id, row) => write(spec.create, { [spec.rowKey]: { ...row, id } }),
    update: (id, changes, base) =>
      // Assignments have no form of their own for single fields.
      write(spec.update, { ...(spec.idKey === 'assignmentId' ? { [spec.rowKey]: { id, ...changes } } : { [spec.idKey]: id, changes }), ...basedOn(base) }),
    remove: async (id, base) => (await change(spec.remove, { [spec.idKey]: id, ...basedOn(base) })).kind === 'applied',
  };
}
