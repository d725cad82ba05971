import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import type { AnswerOf } from '@/api/typed';
import { useBackendStore, useCanEdit, useView } from '@/app/stores/backend';
import { Dialog } from '@/app/ui/Dialog';
import { useRead } from '@/app/stores/rest';
import { useAnswer } from '@/app/ui/useAnswer';
import { Waiting } from '@/app/ui/Waiting';
import { formatDay } from '@/grid/days';
import { Mark } from '@/grid/model';
import { valueAt } from '@/realtime/state/state';

import type { ScheduleDialogProps } from './props';

type Entry = AnswerOf<'/api/schedules/{id}/cells/{staffId}/{dateKey}/history/'>['changes'][number];

/** Who set a cell, when, from what to what; any former value can be brought back. */
export default function HistoryDialog({ source, month, path, onClose }: ScheduleDialogProps) {
  const { t, i18n } = useTranslation();
  const [staffId = '', dateKey = ''] = path;
  const read = useRead();
  // Read again when the cell has changed and the server has it.
  const value = useView(({ schedules }) => {
    const schedule = schedules.get(source.scheduleId);
    return schedule === undefined ? '' : valueAt(schedule, staffId, dateKey);
  });
  const waits = useBackendStore('outbox', (entries) => entries.length > 0);
  const load = async () => {
    const path = { id: source.scheduleId, staffId, dateKey };
    return (await read('/api/schedules/{id}/cells/{staffId}/{dateKey}/history/', { path })).changes;
  };
  const answer = useAnswer(`${source.scheduleId} ${staffId} ${dateKey} ${value} ${String(waits)}`, load, true);
  const person = month.people.find(({ id }) => id === staffId);
  const day = dateKey === '' ? '' : formatDay(dateKey, i18n.language, { month: 'long', day: 'numeric', weekday: 'short' });
  return (
    <Dialog title={`${t('history.title')} — ${person?.name ?? ''} ${day}`} onClose={onClose} size="lg">
      <Waiting answer={answer}>
        {(entries) =>
          entries.length === 0 ? (
            <p className="app-dim">{t('history.none')}</p>
          ) : (
            <table className="app-table">
              <thead>
                <tr>
                  <th scope="col">{t('history.when')}</th>
                  <th scope="col">{t('history.who')}</th>
                  <th scope="col">{t('history.change')}</th>
                  <th scope="col">
                    <span className="ss-sr">{t('history.restore')}</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {entries.map((entry, index) => (
                  <Row key={index} entry={entry} restore={(value) => source.edit([{ staffId, dateKey, value }])} canRestore={isOpen(source, month, staffId, dateKey)} />
                ))}
              </tbody>
            </table>
          )
        }
      </Waiting>
    </Dialog>
  );
}

function isOpen(source: ScheduleDialogProps['source'], month: ScheduleDialogProps['month'], staffId: string, dateKey: string): boolean {
  const col = month.days.findIndex((day) => day.dateKey === dateKey);
  return ((source.getRow(staffId).marks[col] ?? 0) & Mark.locked) === 0;
}

function Row({ entry, restore, canRestore }: { entry: Entry; restore: (value: string) => void; canRestore: boolean }) {
  const { t, i18n } = useTranslation();
  const canEdit = useCanEdit();
  const blank = t('history.blank');
  return (
    <tr>
      <td>{new Date(entry.changedAt).toLocaleString(i18n.language, { dateStyle: 'medium', timeStyle: 'short' })}</td>
      <td>{entry.changedBy ?? t('history.system')}</td>
      <td>
        {entry.previousValue || blank} → <b>{entry.value || blank}</b>
        {entry.reason !== '' && <small className="app-dim"> {entry.reason}</small>}
      </td>
      <td>
        {canEdit && (
          <Button size="compact-xs" variant="subtle" disabled={!canRestore} onClick={() => restore(entry.previousValue)}>
            {t('history.restoreTo', { value: entry.previousValue || blank })}
          </Button>
        )}
      </td>
    </tr>
  );
}
