import '@/i18n/wishes';

import { useTranslation } from 'react-i18next';

import { useView } from '@/app/stores/backend';
import { formatDay } from '@/grid/days';
import type { GenerationResult } from '@/realtime/protocol';

import { inOrder } from './wishesInOrder';
import type { ScheduleDialogProps } from './props';

interface Props extends Pick<ScheduleDialogProps, 'source' | 'month'> {
  readonly wishes: NonNullable<GenerationResult['wishes']>;
}

/** Which wishes the proposal keeps: those that it does not keep first, by name and day. */
export function ProposedWishes({ source, month, wishes }: Props) {
  const { t, i18n } = useTranslation('wishes');
  const { t: app } = useTranslation();
  const schedule = useView(({ schedules }) => schedules.get(source.scheduleId));
  const names = new Map(month.people.map(({ id, name }) => [id, name]));
  const all = inOrder(schedule);
  // By what the job knew: what was entered since is in neither list, what was withdrawn since is not there to be told.
  const named = (ids: readonly string[] = []) => all.filter(({ id }) => ids.includes(id));
  const unkept = new Set(wishes.unkept);
  const sorted = [...named(wishes.unkept), ...named(wishes.keptIds)];
  return (
    <>
      <p className="app-tight">{t('keptOf', { count: wishes.total, kept: wishes.kept })}</p>
      <ul className="app-plain sp-wishes">
        {sorted.map(({ id, staffId, dateKey, kind, shiftValue }) => (
          <li key={id}>
            <small className={unkept.has(id) ? 'sp-wish-open' : 'app-dim'}>{t(unkept.has(id) ? 'unkept' : 'kept')}</small>
            <span className="sp-wish">
              <b>{formatDay(dateKey, i18n.language, { month: 'numeric', day: 'numeric', weekday: 'short' })}</b> {names.get(staffId)} — {app(`wishes.${kind}`, { shift: shiftValue })}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
