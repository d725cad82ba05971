import { Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useDiscard, useKeptInput } from '@/app/shell/keeping';
import { ask } from '@/app/stores/ask';
import { basedOn, useBackend, useCanEdit, useView } from '@/app/stores/backend';
import { useKeptBelow } from '@/app/stores/kept';
import { useToday } from '@/app/stores/today';
import { formatDay } from '@/grid/days';
import type { Outcome } from '@/realtime/outbox/outcomes';
import type { DateKey, ShiftTimes } from '@/realtime/protocol';
import { timesOf } from '@/realtime/protocol/dates';

import type { Refusal } from './RowForm';
import { useRefusal } from './refusals';
import { useTimesWords } from './useTimesWords';

const FIRST = '1900-01-01';
const LAST = '2200-12-31';
/** Stands for a day: from the beginning. */
const EVER = 'ever';
/** Stands for a day in the place of a form: one that nobody has named yet. */
const ANY = 'new';

/** When a shift type is worked: what holds now, what held and what is to come, and a form for another time from a day on. */
export function ShiftTimesList({ shiftTypeId }: { shiftTypeId: string }) {
  const { t } = useTranslation('dialogs');
  const canEdit = useCanEdit();
  const today = useToday();
  const type = useView(({ calendar }) => calendar?.shiftTypes.find(({ id }) => id === shiftTypeId));
  // Null: nothing is edited. Undefined: times from a day that nobody has named yet.
  const place = `settings/shiftTypes/${shiftTypeId}/times`;
  const [kept] = useKeptBelow(place).map((form) => form.slice(place.length + 1));
  const [edited, setEdited] = useState<DateKey | undefined | null>(kept === undefined ? null : kept === ANY ? undefined : kept);
  const write = useWrite(shiftTypeId);
  if (type === undefined) return null;
  const times = timesOf(type);
  const current = times.findLastIndex(({ validFrom }) => validFrom === null || validFrom <= today);
  const found = times.find(({ validFrom }) => (validFrom ?? EVER) === edited);
  const others = times.filter((each) => each !== found);
  const begin = found ?? { validFrom: today, startTime: times[current]?.startTime ?? null, endTime: times[current]?.endTime ?? null };
  return (
    <section className="st-times" aria-label={t('shiftTimes.title')}>
      <h3 className="app-h3">{t('shiftTimes.title')}</h3>
      <p className="app-tight app-dim">{t('shiftTimes.text')}</p>
      <ul className="app-plain">
        {times.map((each, at) => (
          <Line
            key={each.validFrom ?? EVER}
            times={each}
            before={times[at - 1]}
            when={times.length === 1 ? null : at === current ? 'now' : at < current ? 'past' : 'coming'}
            onEdit={canEdit ? () => setEdited(each.validFrom ?? EVER) : null}
            onRemove={(base) => write(times.filter((other) => other !== each), base)}
          />
        ))}
      </ul>
      {canEdit && edited === null && (
        <Button variant="default" size="sm" mt="xs" onClick={() => setEdited(undefined)}>
          {t('shiftTimes.change')}
        </Button>
      )}
      {canEdit && edited !== null && (
        <TimesForm
          key={edited ?? ANY}
          place={`${place}/${edited ?? ANY}`}
          name={`${type.symbol} ${t('shiftTimes.title')}`}
          begin={begin}
          taken={others.map(({ validFrom }) => validFrom)}
          save={(chosen, base) => write(inOrder([...others, chosen]), base)}
          onClose={() => setEdited(null)}
        />
      )}
    </section>
  );
}

const inOrder = (times: readonly ShiftTimes[]) => [...times].sort((a, b) => (a.validFrom ?? '').localeCompare(b.validFrom ?? ''));

/** The whole list goes to the server, which takes each day for itself: what a colleague changes of another day stays. */
function useWrite(shiftTypeId: string) {
  const backend = useBackend();
  const refusal = useRefusal();
  return (times: readonly ShiftTimes[], base: number) => {
    const { outcome } = backend.change({ type: 'SHIFT_TYPE_UPDATE', payload: { shiftTypeId, changes: { times: [...times] }, ...basedOn(base) } });
    return { outcome, refused: outcome.then(refusal) };
  };
}

interface LineProps {
  readonly times: ShiftTimes;
  readonly before: ShiftTimes | undefined;
  readonly when: 'now' | 'past' | 'coming' | null;
  readonly onEdit: (() => void) | null;
  readonly onRemove: (base: number) => void;
}

function Line({ times, before, when, onEdit, onRemove }: LineProps) {
  const { t, i18n } = useTranslation('dialogs');
  const { version } = useBackend();
  const words = useTimesWords();
  const day = times.validFrom === null ? '' : formatDay(times.validFrom, i18n.language, { dateStyle: 'medium' });
  const since = times.validFrom === null ? t('shiftTimes.ever') : t('shiftTimes.since', { day });
  const remove = async (shown: ShiftTimes) => {
    const answer = await ask({
      title: t('shiftTimes.removeTitle'),
      text: t('shiftTimes.removeText', { day, times: words(times), before: words(shown) }),
      answers: [
        { value: 'no', label: t('actions.cancel') },
        { value: 'yes', label: t('actions.remove'), kind: 'danger' },
      ],
    });
    if (answer === 'yes') onRemove(version);
  };
  return (
    <li className={when === 'past' ? 'app-dim' : undefined}>
      <Group gap="sm" align="center">
        <span>
          <b className="st-hours">{words(times)}</b> {since}
          {when !== null && <small className={when === 'now' ? 'st-when st-when-now' : 'st-when'}>{t(`shiftTimes.${when}`)}</small>}
        </span>
        {onEdit !== null && (
          <Button size="compact-xs" variant="subtle" aria-label={`${t('shiftTimes.edit')}: ${since}`} onClick={onEdit}>
            {t('shiftTimes.edit')}
          </Button>
        )}
        {onEdit !== null && before !== undefined && (
          <Button size="compact-xs" variant="subtle" color="red" aria-label={`${t('actions.remove')}: ${since}`} onClick={() => void remove(before)}>
            {t('actions.remove')}
          </Button>
        )}
      </Group>
    </li>
  );
}

interface FormProps {
  /** Its address. */
  readonly place: string;
  readonly name: string;
  readonly begin: ShiftTimes;
  /** The days from which there are times already. */
  readonly taken: readonly (DateKey | null)[];
  readonly save: (times: ShiftTimes, base: number) => { outcome: Promise<Outcome>; refused: Promise<Refusal> };
  readonly onClose: () => void;
}

function TimesForm({ place, name, begin, taken, save, onClose }: FormProps) {
  const { t } = useTranslation('dialogs');
  const [first] = useState(begin);
  const [problem, setProblem] = useState('');
  const { value: draft, set: type, base, give, clear, note } = useKeptInput<ShiftTimes>(place, name, first);
  const discard = useDiscard(place);
  const set = (changes: Partial<ShiftTimes>) => {
    type(changes);
    setProblem('');
  };
  const isEver = first.validFrom === null;
  const dayProblem = draft.validFrom === '' ? t('shiftTimes.needsDay') : taken.includes(draft.validFrom) ? t('shiftTimes.taken') : undefined;
  const submit = async () => {
    const { outcome, refused } = save(draft, base());
    give(outcome);
    const words = await refused;
    if (words === null) onClose();
    else setProblem(Object.values(words).join(' '));
  };
  const cancel = () => {
    discard();
    clear();
    onClose();
  };
  const time = (value: string) => (value === '' ? null : value);
  return (
    <form
      className="app-stack"
      aria-label={t('shiftTimes.change')}
      onSubmit={(event) => {
        event.preventDefault();
        if (dayProblem === undefined) void submit();
      }}
    >
      {note}
      {isEver && <p className="app-tight app-warning">{t('shiftTimes.everText')}</p>}
      <Group gap="sm" align="flex-start" mt="xs">
        {!isEver && (
          <TextInput
            type="date"
            label={t('shiftTimes.fromDay')}
            min={FIRST}
            max={LAST}
            value={draft.validFrom ?? ''}
            error={dayProblem}
            onChange={(event) => set({ validFrom: event.currentTarget.value })}
          />
        )}
        <TextInput type="time" label={t('fields.startTime')} value={draft.startTime ?? ''} onChange={(event) => set({ startTime: time(event.currentTarget.value) })} />
        <TextInput type="time" label={t('fields.endTime')} value={draft.endTime ?? ''} onChange={(event) => set({ endTime: time(event.currentTarget.value) })} />
      </Group>
      {problem !== '' && (
        <p className="app-failed" role="alert">
          {problem}
        </p>
      )}
      <Group gap="xs">
        <Button variant="default" size="sm" onClick={cancel}>
          {t('actions.cancel')}
        </Button>
        <Button type="submit" size="sm" disabled={dayProblem !== undefined}>
          {t('shiftTimes.save')}
        </Button>
      </Group>
    </form>
  );
}
