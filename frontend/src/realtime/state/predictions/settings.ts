import type { ReplicaDraft } from '../draft';
import type { AnyChange } from '../events';
import type { ChangeRequestType, JsonObject } from '../../protocol';
import { SETTINGS_TABLES, type TableSpec } from '../../protocol/settingsTables';
import type { Predictors } from './predictor';

type AnyPayload = Record<string, unknown>;
interface AnyRow extends AnyPayload {
  id: string;
}

function rowIn(draft: ReplicaDraft, spec: TableSpec, id: string): AnyRow | undefined {
  const rows = (draft.settings?.[spec.name] ?? []) as unknown as readonly AnyRow[];
  return rows.find((row) => row.id === id);
}

/** An update names the changed fields, or brings the row; either way it tells nothing of what it leaves out. */
function fieldsOf(spec: TableSpec, payload: AnyPayload): AnyRow {
  const row = payload[spec.rowKey] as AnyRow | undefined;
  return row ?? { ...(payload['changes'] as JsonObject), id: payload[spec.idKey] as string };
}

const change = (type: string, payload: AnyPayload) => ({ type, payload }) as unknown as AnyChange;

function created(draft: ReplicaDraft, spec: TableSpec, payload: AnyPayload): AnyChange | null {
  const row = payload[spec.rowKey] as AnyPayload;
  if (row['id'] === undefined) {
    return null;
  }
  const versionId = draft.settings?.version?.id;
  return change(spec.create, { [spec.createdKey]: { isActive: true, revision: 0, ...row, versionId } });
}

function updated(draft: ReplicaDraft, spec: TableSpec, payload: AnyPayload): AnyChange | null {
  const fields = fieldsOf(spec, payload);
  const known = rowIn(draft, spec, fields.id);
  return known === undefined
    ? null
    : change(spec.update, { [spec.idKey]: fields.id, [spec.updatedKey]: { ...known, ...fields } });
}

function tablePredictors(spec: TableSpec): Record<string, unknown> {
  return {
    [spec.create]: (draft: ReplicaDraft, payload: AnyPayload) => created(draft, spec, payload),
    [spec.update]: (draft: ReplicaDraft, payload: AnyPayload) => updated(draft, spec, payload),
    [spec.remove]: (_draft: ReplicaDraft, payload: AnyPayload) =>
      change(spec.remove, { [spec.idKey]: payload[spec.idKey] }),
  };
}

type TableRequest = Extract<
  ChangeRequestType,
  `SETTINGS_${'CREATE' | 'UPDATE' | 'DELETE'}_${'STAFF' | 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'PRIORITY' | 'ML' | 'BACKUP'}${string}`
>;

/** The types of the tables are those of their descriptions, which the compiler cannot follow; a test counts them. */
export const settingsPredictors = Object.assign({}, ...SETTINGS_TABLES.map(tablePredictors)) as Predictors<TableRequest>;
