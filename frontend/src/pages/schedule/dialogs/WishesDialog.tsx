import '@mantine/core/styles/Input.css';
import '@/i18n/wishes';

import { Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useBackend, useCanEdit, useView } from '@/app/stores/backend';
import { openDialog } from '@/app/stores/route';
import { toast } from '@/app/stores/toasts';
import { useToday } from '@/app/stores/today';
import { Dialog } from '@/app/ui/Dialog';
import { formatDay } from '@/grid/days';
import type { Wish, WishTerms } from '@/realtime/protocol';
import { valueAt } from '@/realtime/state/state';

import { termsOf } from '../../mine/ownWishes';
import { Until } from '../../mine/WishTerms';
import { isOpen, openWishes } from '../wishes';
import type { ScheduleDialogProps } from './props';
import { useAnswerWishes } from './useAnswerWishes';
import { inOrder } from './wishesInOrder';

/** All wishes for a month, the terms on which staff may enter them, and one button that takes the open ones. */
export default function WishesDialog({ source, month, onClose }: ScheduleDialogProps) {
  const { t } = useTranslation('wishes');
  const { t: app } = useTranslation();
  const canEdit = useCanEdit();
  const { scheduleId } = source;
  const schedule = useView(({ schedules }) => schedules.get(scheduleId));
  const restaurant = useView(({ calendar }) => calendar?.restaurant);
  const today = useToday();
  const answer = useAnswerWishes(scheduleId);
  const all = inOrder(schedule);
  const open = openWishes(schedule);
  const names = new Map(month.people.map(({ id, name }) => [id, name]));
  return (
    <Dialog title={app('wishes.title')} onClose={onClose} size="lg">
      <p className="app-tight">
        <Until terms={termsOf(schedule, restaurant)} today={today} />
      </p>
      {all.length === 0 ? (
        <p className="app-dim">{t('none')}</p>
      ) : (
        <>
          <Group justify="space-between" mb="sm">
            <span role="status">{t('open', { count: open.length })}</span>
            {canEdit && (
              <Button disabled={open.length === 0} onClick={() => void answer('taken')}>
                {t('takeAll', { count: open.length })}
              </Button>
            )}
          </Group>
          <ul className="app-plain sp-wishes">
            {all.map((wish) => (
              <Line key={wish.id} wish={wish} name={names.get(wish.staffId) ?? ''} open={schedule !== undefined && isOpen(wish, valueAt(schedule, wish.staffId, wish.dateKey))} />
            ))}
          </ul>
        </>
      )}
      <Senders people={month.people} wishes={all} />
      {canEdit && <Terms key={JSON.stringify(schedule?.wishTerms)} scheduleId={scheduleId} terms={schedule?.wishTerms} />}
    </Dialog>
  );
}

/** Who has sent wishes, and by name who has not: those are reminded, or have none. */
function Senders({ people, wishes }: { people: ScheduleDialogProps['month']['people']; wishes: readonly Wish[] }) {
  const { t, i18n } = useTranslation('wishes');
  const senders = new Set(wishes.map(({ staffId }) => staffId));
  const missing = people.filter(({ id }) => !senders.has(id));
  return (
    <details className="sp-terms">
      <summary>{t('sent', { count: people.length, sent: people.length - missing.length })}</summary>
      <p className="app-tight app-dim">{missing.length === 0 ? t('allSent') : t('missing', { names: new Intl.ListFormat(i18n.language, { type: 'conjunction' }).format(missing.map(({ name }) => name)) })}</p>
    </details>
  );
}

function Line({ wish, name, open }: { wish: Wish; name: string; open: boolean }) {
  const { t, i18n } = useTranslation('wishes');
  const { t: app } = useTranslation();
  const day = formatDay(wish.dateKey, i18n.language, { month: 'numeric', day: 'numeric', weekday: 'short' });
  const said = app(`wishes.${wish.kind}`, { shift: wish.shiftValue });
  return (
    <li>
      <Button fullWidth variant="subtle" color="gray" justify="start" onClick={() => openDialog('wish', wish.staffId, wish.dateKey)}>
        <span className="sp-wish">
          <b>{day}</b> {name} — {said}
          {wish.note !== '' && <small className="app-dim"> {wish.note}</small>}
        </span>
      </Button>
      <small className={open ? 'sp-wish-open' : 'app-dim'}>{t(`states.${open ? 'open' : wish.state}`)}</small>
    </li>
  );
}

function Terms({ scheduleId, terms }: { scheduleId: string; terms: WishTerms | undefined }) {
  const { t } = useTranslation('wishes');
  const backend = useBackend();
  const usual = useView(({ calendar }) => calendar?.restaurant?.wishLimit ?? null);
  const [deadline, setDeadline] = useState(terms?.deadline ?? '');
  const [limit, setLimit] = useState(terms?.limit == null ? '' : String(terms.limit));
  const save = async () => {
    const payload = { scheduleId, deadline: deadline === '' ? null : deadline, limit: limit === '' ? null : Number(limit) };
    const outcome = await backend.change({ type: 'WISH_TERMS_UPDATE', payload }).outcome;
    if (outcome.kind === 'applied') toast('good', t('termsSaved'));
  };
  return (
    <fieldset className="sp-terms">
      <legend>{t('terms')}</legend>
      <Group align="flex-end" gap="sm">
        <TextInput type="date" label={t('deadline')} value={deadline} onChange={(event) => setDeadline(event.currentTarget.value)} />
        <TextInput type="number" min={0} max={366} label={t('limit')} placeholder={usual === null ? t('noLimit') : t('usualLimit', { count: usual })} value={limit} onChange={(event) => setLimit(event.currentTarget.value)} />
        <Button variant="default" onClick={() => void save()}>
          {t('saveTerms')}
        </Button>
      </Group>
    </fieldset>
  );
}
