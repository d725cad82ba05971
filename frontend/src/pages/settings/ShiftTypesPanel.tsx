import { useTranslation } from 'react-i18next';

import { useBackend, useCanEdit, useView } from '@/app/backend';
import type { ChangeRequest } from '@/realtime/predictions';
import type { ShiftType } from '@/realtime/protocol';

import { useRefusal } from './refusals';
import { type Row, RowsPanel, type Writes } from './RowsPanel';
import { shiftTypeDescription } from './tables/shiftTypes';

const NONE: readonly ShiftType[] = [];

/** The symbols that may stand in a cell: what they are called, when they are worked, and what they count as off. */
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
        description={shiftTypeDescription}
        rows={types.filter(({ isActive }) => isActive !== false) as unknown as readonly Row[]}
        rowId={rowId}
        name={(row) => [row['symbol'], row[label]].filter((part) => typeof part === 'string' && part !== '').join(' ')}
        canEdit={canEdit}
        writes={writes}
      />
    </>
  );
}

function useWrites(): Writes {
  const backend = useBackend();
  const refusal = useRefusal();
  const write = async (request: object) => refusal(await backend.change(request as ChangeRequest).outcome);
  return {
    create: (id, row) => write({ type: 'SHIFT_TYPE_CREATE', payload: { ...row, id } }),
    update: (shiftTypeId, changes) => write({ type: 'SHIFT_TYPE_UPDATE', payload: { shiftTypeId, changes } }),
    remove: (shiftTypeId) => write({ type: 'SHIFT_TYPE_DELETE', payload: { shiftTypeId } }),
  };
}
