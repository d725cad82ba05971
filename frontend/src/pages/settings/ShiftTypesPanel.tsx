import { useTranslation } from 'react-i18next';

import { basedOn, useBackend, useCanEdit, useView } from '@/app/stores/backend';
import { ask } from '@/app/stores/ask';
import type { Outcome } from '@/realtime/outbox/outcomes';
import type { ChangeRequest } from '@/realtime/state/predictions';
import type { ShiftType } from '@/realtime/protocol';

import { useRefusal } from './refusals';
import { type Row, RowsPanel, type Writes } from './RowsPanel';
import { ShiftTimesList } from './ShiftTimesList';
import { newShiftTypeDescription, shiftTypeDescription } from './tables/shiftTypes';

const NONE: readonly ShiftType[] = [];

/** The symbols that a cell may contain: what they are called, when they are worked, and what they count as off. */
export function ShiftTypesPanel({ rowId }: { rowId: string | undefined }) {
  const { t, i18n } = useTranslation('dialogs');
  const types = useView(({ calendar }) => calendar?.shiftTypes ?? NONE);
  const canEdit = useCanEdit();
  const writes = useWrites();
  const label = i18n.language === 'ja' ? 'labelJa' : 'labelEn';
  return (
    <>
      <p className="app-tight app-dim">{t('shiftTypes.text')}</p>
      <RowsPanel
        place="settings/shiftTypes"
        title={t('tabs.shiftTypes')}
        description={shiftTypeDescription}
        newcomer={newShiftTypeDescription}
        rows={types.filter(({ isActive }) => isActive) as unknown as readonly Row[]}
        rowId={rowId}
        name={(row) => [row['symbol'], row[label]].filter((part) => typeof part === 'string' && part !== '').join(' ')}
        canEdit={canEdit}
        writes={writes}
        // A key of its own beside that of the form, which is its sibling.
        below={(id) => <ShiftTimesList key={`times/${id}`} shiftTypeId={id} />}
      />
    </>
  );
}

interface Uses {
  readonly cells: readonly { startDate: string; endDate: string; cells: number }[];
  readonly staff: readonly { name: string }[];
  readonly settings: readonly { name: string; tableName: string; versionName: string }[];
}

/** Where a shift type that was not deleted is used. */
function usesIn(outcome: Outcome): Uses | null {
  return outcome.kind === 'refused' ? ((outcome.error.details?.['usedBy'] as Uses | undefined) ?? null) : null;
}

function useWrites(): Writes {
  const backend = useBackend();
  const refusal = useRefusal();
  const { t } = useTranslation('dialogs');
  /** Asks which one takes the place of a shift type that is used, and says where it is. */
  const successor = (shiftTypeId: string, { cells, staff, settings }: Uses) => {
    const types = backend.view.getState().calendar?.shiftTypes ?? NONE;
    const used = [
      ...cells.map((month) => t('shiftTypes.usedIn', month)),
      ...staff.map(({ name }) => name),
      ...settings.map(({ name, versionName, tableName }) => `${name === '' ? tableName : name} (${versionName})`),
    ];
    const others = types.filter(({ id, isActive }) => id !== shiftTypeId && isActive);
    return ask({
      title: t('shiftTypes.usedTitle', { symbol: types.find(({ id }) => id === shiftTypeId)?.symbol ?? '' }),
      text: t('shiftTypes.usedText', { places: used.join(t('shiftTypes.usedBetween')) }),
      answers: [
        { value: '', label: t('actions.cancel') },
        ...others.map(({ id, symbol }) => ({ value: id, label: symbol })),
      ],
    });
  };
  const remove = async (shiftTypeId: string, base: number) => {
    const attempt = (more: { successor?: string } = {}) => backend.change({ type: 'SHIFT_TYPE_DELETE', payload: { shiftTypeId, ...more, ...basedOn(base) } }).outcome;
    let outcome = await attempt();
    const uses = usesIn(outcome);
    const chosen = uses !== null && (await successor(shiftTypeId, uses));
    if (chosen) outcome = await attempt({ successor: chosen });
    return outcome.kind === 'applied';
  };
  const write = async (request: object) => refusal(await backend.change(request as ChangeRequest).outcome);
  return {
    create: (id, row) => write({ type: 'SHIFT_TYPE_CREATE', payload: { ...row, id } }),
    update: (shiftTypeId, changes, base) => write({ type: 'SHIFT_TYPE_UPDATE', payload: { shiftTypeId, changes, ...basedOn(base) } }),
    remove,
  };
}
