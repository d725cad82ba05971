import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { ask } from '@/app/stores/ask';
import { Icon } from '@/app/ui/Icon';
import { uuid } from '@/realtime/protocol/ids';

import type { Values } from './fields';
import { type Refusal, RowForm } from './RowForm';
import type { FormDescription } from './tables';
import { NEW, useChosen } from './useChosen';

export type Row = Values & { readonly id: string };

/** The three writes of a table; each tells what the server has against it. */
export interface Writes {
  readonly create: (id: string, row: Values) => Promise<Refusal>;
  readonly update: (id: string, changes: Values, base: number) => Promise<Refusal>;
  readonly remove: (id: string) => Promise<Refusal>;
}

interface Props {
  readonly description: FormDescription;
  readonly rows: readonly Row[];
  /** The row that was asked for by a link. */
  readonly rowId?: string | undefined;
  readonly name: (row: Values) => string;
  readonly canEdit: boolean;
  readonly writes: Writes;
  /** What stands below the form of a stored row. */
  readonly below?: (id: string) => ReactNode;
}

/** The rows of a table on the left, the form of one of them on the right. */
export function RowsPanel({ description, rows, rowId, name, canEdit, writes, below }: Props) {
  const { t } = useTranslation('dialogs');
  const [chosen, setChosen] = useChosen(rows.some(({ id }) => id === rowId) ? (rowId ?? null) : null, rows[0]?.id ?? null);
  const isNew = chosen === NEW;
  const found = isNew ? undefined : rows.find(({ id }) => id === chosen);
  const gone = useGone(chosen, found);
  const stored = found ?? gone;
  const row = isNew ? description.blank : stored;
  const id = stored?.id ?? null;
  const remove = (removed: string) => {
    setChosen(null);
    return writes.remove(removed);
  };
  return (
    <div className="st-panel">
      <div className="st-rows">
        {canEdit && (
          <Button variant="default" size="sm" leftSection={<Icon name="plus" size={16} />} onClick={() => setChosen(NEW)}>
            {t('actions.add')}
          </Button>
        )}
        <ul>
          {rows.map((each) => (
            <li key={each.id}>
              <button type="button" className={each.id === id ? 'st-row st-on' : 'st-row'} aria-current={each.id === id ? 'true' : undefined} onClick={() => setChosen(each.id)}>
                <span>{name(each)}</span>
                {each['isHardConstraint'] === true && <small className="st-hard">{t('choices.hardness.hard')}</small>}
              </button>
            </li>
          ))}
        </ul>
        {rows.length === 0 && !isNew && <p className="app-dim">{t('empty.rows')}</p>}
      </div>
      <div className="st-detail">
        {gone !== undefined && (
          <p className="app-warning" role="status">
            {t('empty.gone')}
          </p>
        )}
        {row !== undefined && (
          <RowForm
            key={isNew ? NEW : id}
            description={description}
            row={row}
            isNew={isNew}
            disabled={!canEdit || gone !== undefined}
            save={async (changes, base) => {
              if (!isNew && id !== null) return writes.update(id, changes, base);
              const made = uuid();
              const refusal = await writes.create(made, changes);
              if (refusal === null) setChosen(made);
              return refusal;
            }}
            onRemove={id === null ? null : () => void confirmed(t('actions.removeTitle'), name(row), t('actions.cancel'), t('actions.remove')).then((yes) => (yes ? remove(id) : null))}
            onCancel={isNew ? () => setChosen(null) : null}
          />
        )}
        {found !== undefined && below?.(found.id)}
      </div>
    </div>
  );
}

/** The row as it was last, where it has gone while one looked at it: what was typed for it can still be read. */
function useGone(chosen: string | null, found: Row | undefined): Row | undefined {
  const [last, setLast] = useState(found);
  if (found !== undefined && found !== last) setLast(found);
  return found === undefined && last?.id === chosen ? last : undefined;
}

async function confirmed(title: string, text: string, no: string, yes: string): Promise<boolean> {
  const answer = await ask({ title, text, answers: [{ value: 'no', label: no }, { value: 'yes', label: yes, kind: 'danger' }] });
  return answer === 'yes';
}
