import '@mantine/core/styles/Input.css';
import './swaps.css';
import '@/i18n/swaps';

import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useBackend, useBackendStore, useCanEdit, useView } from '@/app/stores/backend';
import { toast } from '@/app/stores/toasts';
import { useUnsaid } from '@/app/stores/unsaid';
import { Dialog } from '@/app/ui/Dialog';
import { formatDay } from '@/grid/days';
import { dutyOn, symbolsOf } from '@/grid/totals';
import type { RestaurantFacts, Swap } from '@/realtime/protocol';

import { blankMeaning } from '../useWords';
import type { ScheduleDialogProps } from './props';

const POLICIES = ['none', 'approved', 'alone'] as const;

/** The swaps of a month: what waits for a decision, what for a colleague, and what is settled. */
export default function SwapsDialog({ source, month, onClose }: ScheduleDialogProps) {
  const { t } = useTranslation('swaps');
  const canEdit = useCanEdit();
  const role = useBackendStore('session', (session) => session.role);
  const swaps = useView(({ schedules }) => schedules.get(source.scheduleId)?.swaps);
  const restaurant = useView(({ calendar }) => calendar?.restaurant);
  const all = [...(swaps?.values() ?? [])].sort((a, b) => a.dateKey.localeCompare(b.dateKey));
  const names = new Map(month.people.map(({ id, name }) => [id, name]));
  const reads = useCellWords(month);
  const inState = (...states: Swap['state'][]) => all.filter(({ state }) => states.includes(state));
  const toDecide = inState('accepted');
  const open = inState('open');
  const settled = all.filter((swap) => !toDecide.includes(swap) && !open.includes(swap));
  return (
    <Dialog title={t('title')} onClose={onClose} size="lg">
      <p className="app-tight" role="status">
        {all.length === 0 ? t('none') : t('toDecide', { count: toDecide.length })}
      </p>
      <Lines swaps={toDecide} names={names} reads={reads} canDecide={canEdit} canApprove />
      {open.length > 0 && <h3>{t('waiting')}</h3>}
      <Lines swaps={open} names={names} reads={reads} canDecide={canEdit} />
      {settled.length > 0 && (
        <details className="sp-terms">
          <summary>{t('settled')}</summary>
          <Lines swaps={settled} names={names} reads={reads} />
        </details>
      )}
      {role === 'owner' && restaurant !== undefined && <Policy restaurant={restaurant} />}
    </Dialog>
  );
}

type CellWords = (staffId: string, dateKey: string, value: string) => string;

/** What a cell says: a blank one what it means for its person, who works by it or does not. */
function useCellWords({ people, days, symbols }: ScheduleDialogProps['month']): CellWords {
  const { t } = useTranslation();
  const known = symbolsOf(symbols);
  return (staffId, dateKey, value) => {
    const [person, col] = [people.find(({ id }) => id === staffId), days.findIndex((day) => day.dateKey === dateKey)];
    if (value !== '' || person === undefined || col < 0) return value;
    return t(`grid.${blankMeaning(dutyOn(col, value, person, known), days[col]?.closed === true)}`);
  };
}

interface LineProps {
  readonly names: ReadonlyMap<string, string>;
  readonly reads: CellWords;
  readonly canDecide?: boolean;
  readonly canApprove?: boolean;
}

function Lines({ swaps, ...props }: LineProps & { swaps: readonly Swap[] }) {
  if (swaps.length === 0) return null;
  return (
    <ul className="app-plain sw-list">
      {swaps.map((swap) => (
        <Line key={`${swap.id} ${swap.state}`} swap={swap} {...props} />
      ))}
    </ul>
  );
}

function Line({ swap, names, reads, canDecide = false, canApprove = false }: LineProps & { swap: Swap }) {
  const { t, i18n } = useTranslation('swaps');
  const dayWords = (day: string) => formatDay(day, i18n.language, { month: 'numeric', day: 'numeric', weekday: 'short' });
  const nameOf = (id: string) => names.get(id) ?? '';
  const { otherId, otherDateKey, cells, breaks = [], note, answer, state, ended } = swap;
  const facts = [otherId === null ? t('toAll') : t('with', { name: nameOf(otherId) }), otherDateKey === null ? '' : t('forDay', { day: dayWords(otherDateKey) }), note, ended === null ? t(`states.${state}`) : t(`ended.${ended}`), answer];
  return (
    <li>
      <p className="app-tight">
        <b>{t('gives', { name: nameOf(swap.staffId), day: dayWords(swap.dateKey), shift: reads(swap.staffId, swap.dateKey, swap.shiftValue) })}</b> <span className="app-dim">{facts.filter((text) => text !== '').join(' — ')}</span>
      </p>
      {canDecide && cells.length > 0 && (
        <ul className="app-plain">
          {cells.map(({ staffId, dateKey, previousValue, shiftValue }) => (
            <li key={`${staffId} ${dateKey}`}>{t('becomes', { name: nameOf(staffId), day: dayWords(dateKey), before: reads(staffId, dateKey, previousValue), after: reads(staffId, dateKey, shiftValue) })}</li>
          ))}
        </ul>
      )}
      {canApprove && breaks.length > 0 && (
        <div className="app-failed sw-breaks" role="note">
          {t('breaks')}
          <ul>
            {breaks.map(({ message, messageJa }) => (
              <li key={message}>{i18n.language === 'ja' ? messageJa : message}</li>
            ))}
          </ul>
        </div>
      )}
      {canDecide && <Deciding swap={swap} canApprove={canApprove} />}
    </li>
  );
}

/** What a manager says to a swap. Rules that the server finds broken only now are told by the page; then it can be approved anyway. */
function Deciding({ swap: { id, breaks = [] }, canApprove }: { swap: Swap; canApprove: boolean }) {
  const { t } = useTranslation('swaps');
  const backend = useBackend();
  const { text: word, set: setWord, forget } = useUnsaid(`swap word ${id}`);
  const [isAgainst, setIsAgainst] = useState(breaks.length > 0);
  const decide = async (approves: boolean) => {
    const payload = { swapId: id, approves, answer: word, ...(approves && isAgainst ? { anyway: true } : {}) };
    const outcome = await backend.change({ type: 'SWAP_DECIDE', payload }).outcome;
    if (outcome.kind === 'applied') forget();
    if (outcome.kind === 'applied' && approves) toast('good', t('approved'));
    if (outcome.kind === 'refused' && outcome.error.code === 'validation_error') setIsAgainst(true);
  };
  return (
    <Group align="flex-end" gap="sm" mb="md">
      <TextInput flex={1} label={t('word')} maxLength={200} value={word} onChange={(event) => setWord(event.currentTarget.value)} />
      <Button variant="default" onClick={() => void decide(false)}>
        {t('refuse')}
      </Button>
      {canApprove && (
        <Button {...(isAgainst ? { color: 'red' } : {})} onClick={() => void decide(true)}>
          {isAgainst ? t('approveAnyway') : t('approve')}
        </Button>
      )}
    </Group>
  );
}

function Policy({ restaurant }: { restaurant: RestaurantFacts }) {
  const { t } = useTranslation('swaps');
  const backend = useBackend();
  const choose = (swaps: RestaurantFacts['swaps']) => backend.change({ type: 'RESTAURANT_UPDATE', payload: { changes: { swaps } } });
  return (
    <NativeSelect
      mt="md"
      label={t('policy')}
      value={restaurant.swaps}
      onChange={(event) => choose(event.currentTarget.value as RestaurantFacts['swaps'])}
      data={POLICIES.map((value) => ({ value, label: t(`policies.${value}`) }))}
    />
  );
}
