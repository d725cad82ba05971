import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { ask } from '@/app/stores/ask';
import { Icon } from '@/app/ui/Icon';
import { uuid } from '@/realtime/protocol/ids';

import type { Values } from './fields';
import { type Refusal, RowForm } from './RowForm';
import type { FormDescription } from './tables';

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
  const [chosen, setChosen] = useState<string | null>(rowId ?? null);
  const isNew = chosen === 'new';
  const stored = isNew ? undefined : (rows.find(({ id }) => id === chosen) ?? rows[0]);
  const row = isNew ? description.blank : stored;
  const id = stored?.id ?? null;
  return (
    <div className="st-panel">
      <div className="st-rows">
        {canEdit && (
          <Button variant="default" size="sm" leftSection={<Icon name="plus" size={16} />} onClick={() => setChosen('new')}>
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
        {row !== undefined && (
          <RowForm
            key={isNew ? 'new' : id}
            description={description}
            row={row}
            isNew={isNew}
            disabled={!canEdit}
            save={async (changes, base) => {
              if (!isNew && id !== null) return writes.update(id, changes, base);
              const made = uuid();
              const refusal = await writes.create(made, changes);
              if (refusal === null) setChosen(made);
              return refusal;
            }}
            onRemove={id === null ? null : () => void confirmed(t('actions.removeTitle'), name(row), t('actions.cancel'), t('actions.remove')).then((yes) => (yes ? writes.remove(id) : null))}
            onCancel={isNew ? () => setChosen(null) : null}
          />
        )}
        {id !== null && below?.(id)}
      </div>
    </div>
  );
}

async function confirmed(title: string, text: string, no: string, yes: string): Promise<boolean> {
  const answer = await ask({ title, text, answers: [{ value: 'no', label: no }, { value: 'yes', label: yes, kind: 'danger' }] });
  return answer === 'yes';
}
