import { Button } from '@mantine/core';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { ask } from '@/app/ask';
import { useBackend, useCanEdit, useView } from '@/app/backend';
import { Icon } from '@/app/Icon';
import { uuid } from '@/realtime/ids';
import type { Outcome } from '@/realtime/outcomes';
import type { ChangeRequest } from '@/realtime/predictions';
import { tableSpec } from '@/realtime/settingsTables';

import type { Values } from './fields';
import { type Refusal, RowForm } from './RowForm';
import type { TableDescription } from './tables';
import { useRowName } from './useRowName';

interface Props {
  readonly description: TableDescription;
  /** The row that was asked for by a link. */
  readonly rowId: string | undefined;
}

/** The rows of a table on the left, the form of one of them on the right. */
export function TablePanel({ description, rowId }: Props) {
  const { t } = useTranslation('dialogs');
  const rows = useView(({ settings }) => settings?.[description.table]) as readonly (Values & { id: string; isActive: boolean })[] | undefined;
  const isLocked = useView(({ settings }) => settings?.version?.isLocked === true);
  const canEdit = useCanEdit() && !isLocked;
  const [chosen, setChosen] = useState<string | null>(rowId ?? null);
  const shown = (rows ?? []).filter(({ isActive }) => isActive);
  const isNew = chosen === 'new';
  const row = isNew ? description.blank : (shown.find(({ id }) => id === chosen) ?? shown[0]);
  const name = useRowName(description.table);
  const { create, update, remove } = useWrites(description.table);
  const id = typeof row?.['id'] === 'string' ? row['id'] : null;
  return (
    <div className="st-panel">
      <div className="st-rows">
        {canEdit && (
          <Button variant="default" size="sm" leftSection={<Icon name="plus" size={16} />} onClick={() => setChosen('new')}>
            {t('actions.add')}
          </Button>
        )}
        <ul>
          {shown.map((each) => (
            <li key={each.id}>
              <button type="button" className={each.id === id ? 'st-row st-on' : 'st-row'} aria-current={each.id === id ? 'true' : undefined} onClick={() => setChosen(each.id)}>
                <span>{name(each)}</span>
                {each['isHardConstraint'] === true && <small className="st-hard">{t('choices.hardness.hard')}</small>}
              </button>
            </li>
          ))}
        </ul>
        {shown.length === 0 && !isNew && <p className="app-dim">{t('empty.rows')}</p>}
      </div>
      <div className="st-detail">
        {row !== undefined && (
          <RowForm
            key={isNew ? 'new' : id}
            description={description}
            row={row}
            isNew={isNew}
            disabled={!canEdit}
            save={async (changes) => {
              if (!isNew && id !== null) return update(id, changes);
              const made = uuid();
              const refusal = await create(made, changes);
              if (refusal === null) setChosen(made);
              return refusal;
            }}
            onRemove={isNew || id === null ? null : () => void confirmed(t('actions.removeTitle'), name(row), t('actions.cancel'), t('actions.remove')).then((yes) => (yes ? remove(id) : null))}
            onCancel={isNew ? () => setChosen(null) : null}
          />
        )}
      </div>
    </div>
  );
}

async function confirmed(title: string, text: string, no: string, yes: string): Promise<boolean> {
  const answer = await ask({ title, text, answers: [{ value: 'no', label: no }, { value: 'yes', label: yes, kind: 'danger' }] });
  return answer === 'yes';
}

/** The three writes of a table, by the messages that the protocol has for it. */
function useWrites(table: TableDescription['table']) {
  const backend = useBackend();
  const spec = tableSpec(table);
  const write = useCallback(
    async (type: string, payload: Values): Promise<Refusal> => refusalOf(await backend.change({ type, payload } as unknown as ChangeRequest).outcome),
    [backend],
  );
  return {
    create: (id: string, row: Values) => write(spec.create, { [spec.rowKey]: { ...row, id } }),
    update: (id: string, changes: Values) =>
      // Assignments have no form of their own for single fields.
      write(spec.update, spec.idKey === 'assignmentId' ? { [spec.rowKey]: { id, ...changes } } : { [spec.idKey]: id, changes }),
    remove: (id: string) => write(spec.remove, { [spec.idKey]: id }),
  };
}

/** What the server has against it, at the field; what is about no field stands at the name. */
export function refusalOf(outcome: Outcome): Refusal {
  if (outcome.kind !== 'refused') return null;
  const details = Object.entries(outcome.error.details ?? {}).map(([path, messages]) => [path, Array.isArray(messages) ? messages.join(' ') : String(messages)] as const);
  return details.length === 0 ? { name: outcome.error.message } : Object.fromEntries(details);
}
