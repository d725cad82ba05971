import { Button } from '@mantine/core';
import { type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { KeptMark } from '@/app/shell/keeping';
import { ask } from '@/app/stores/ask';
import { useBackend, useBackendStore } from '@/app/stores/backend';
import { useKeptBelow, useKeptForms } from '@/app/stores/kept';
import { Icon } from '@/app/ui/Icon';
import { deletionsIn } from '@/realtime/outbox/waiting';
import { uuid } from '@/realtime/protocol/ids';

import type { Values } from './fields';
import { type Refusal, RowForm } from './RowForm';
import type { FormDescription } from './tables';
import { NEW, useChosen } from './useChosen';
import { useDetail } from './useDetail';

export type Row = Values & { readonly id: string };

/** The three writes of a table; two tell what the server has against it, that which removes whether it is done. */
export interface Writes {
  readonly create: (id: string, row: Values) => Promise<Refusal>;
  readonly update: (id: string, changes: Values, base: number) => Promise<Refusal>;
  readonly remove: (id: string, base: number) => Promise<boolean>;
}

interface Props {
  /** Its address. */
  readonly place: string;
  /** What the table is called. */
  readonly title: string;
  readonly description: FormDescription;
  /** The form of a new row, where it is another. */
  readonly newcomer?: FormDescription;
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
export function RowsPanel({ place, title, description, newcomer = description, rows, rowId, name, canEdit, writes, below }: Props) {
  const { t } = useTranslation('dialogs');
  const backend = useBackend();
  const forms = useKeptForms();
  // What is typed below the form of a row (its times) is the row's.
  const kept = [...new Set(useKeptBelow(place).map((form) => form.slice(place.length + 1).split('/')[0] ?? ''))];
  const lost = useLost(place, rows, kept);
  const isThere = (id: string | undefined) => id === NEW || [...rows, ...lost].some((each) => each.id === id);
  const [chosen, setChosen] = useChosen(isThere(rowId) ? (rowId ?? null) : null, rows[0]?.id ?? null);
  const { detail, choose } = useDetail(setChosen, isThere(rowId));
  const isNew = chosen === NEW;
  const found = isNew ? undefined : rows.find(({ id }) => id === chosen);
  const last = useGone(chosen, found);
  const gone = last ?? (found === undefined ? lost.find(({ id }) => id === chosen) : undefined);
  const stored = found ?? gone;
  const row = isNew ? newcomer.blank : stored;
  const id = stored?.id ?? null;
  const removed = useRef<string | null>(null);
  const remove = async (row: Row) => {
    const base = backend.version;
    if (!(await confirmed(t('actions.removeTitle'), name(row), t('actions.cancel'), t('actions.remove')))) return;
    removed.current = row.id;
    setChosen(null);
    // It may be kept after all: what was typed for it goes with it, not before.
    if (await writes.remove(row.id, base)) forms.drop(`${place}/${row.id}`);
    else removed.current = null;
  };
  /** What was typed for a row that is no longer there, as a new one. */
  const makeAnew = (old: string) => {
    const typed = forms.find(`${place}/${old}`);
    if (typed === null) return;
    forms.drop(`${place}/${old}`);
    forms.keep(`${place}/${NEW}`, { ...typed, began: newcomer.blank });
    setChosen(NEW);
  };
  return (
    <div className="st-panel">
      <div className="st-rows">
        {canEdit && (
          <Button variant="default" size="sm" leftSection={<Icon name="plus" size={16} />} onClick={() => choose(NEW)}>
            {t('actions.add')} {kept.includes(NEW) && !isNew && <KeptMark />}
          </Button>
        )}
        <ul>
          {[...rows, ...lost].map((each) => (
            <li key={each.id}>
              <button type="button" className={each.id === id ? 'st-row st-on' : 'st-row'} aria-current={each.id === id ? 'true' : undefined} onClick={() => choose(each.id)}>
                <span>{name(each)}</span>
                {kept.includes(each.id) && <KeptMark />}
                {each['isHardConstraint'] === true && <small className="st-hard">{t('choices.hardness.hard')}</small>}
              </button>
            </li>
          ))}
        </ul>
        {rows.length === 0 && !isNew && <p className="app-dim">{t('empty.rows')}</p>}
      </div>
      <div ref={detail} className="st-detail">
        {gone !== undefined && (
          <p className="app-warning app-kept" role="status">
            <span>{t('empty.gone')}</span>
            {canEdit && kept.includes(gone.id) && !kept.includes(NEW) && (
              <Button size="compact-sm" variant="default" onClick={() => makeAnew(gone.id)}>
                {t('empty.anew')}
              </Button>
            )}
          </p>
        )}
        {row !== undefined && (
          <RowForm
            key={isNew ? NEW : id}
            place={`${place}/${isNew ? NEW : (id ?? '')}`}
            name={isNew ? title : name(row)}
            description={isNew ? newcomer : description}
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
            isRemoved={() => id !== null && removed.current === id}
            onRemove={stored === undefined ? null : () => void remove(stored)}
            onCancel={isNew ? () => setChosen(null) : null}
          />
        )}
        {found !== undefined && below?.(found.id)}
      </div>
    </div>
  );
}

/** Rows that are no longer there, for which something was typed; not those whose deletion is on its way or waits for its author. */
function useLost(place: string, rows: readonly Row[], kept: readonly string[]): readonly Row[] {
  const forms = useKeptForms();
  const going = useBackendStore('outbox', deletionsIn);
  return kept
    .filter((id) => id !== NEW && !going.includes(id) && !rows.some((row) => row.id === id))
    .flatMap((id) => {
      const found = forms.find(`${place}/${id}`);
      return found === null ? [] : [{ ...found.began, id }];
    });
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
