import { Button, Checkbox, Group, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useKeptInput } from '@/app/shell/keeping';
import { ask } from '@/app/stores/ask';
import { basedOn, useBackend, useCanEdit, useView } from '@/app/stores/backend';
import { useRestaurants } from '@/app/stores/page';
import { FALLBACK_ZONE, formatDay, todayIn } from '@/grid/days';
import type { Outcome } from '@/realtime/outbox/outcomes';
import type { ClosingRule } from '@/realtime/protocol';

import { useRefusal } from './refusals';
import { weekdayName } from './weekdays';

const NONE: readonly ClosingRule[] = [];
const WEEKDAYS = [0, 1, 2, 3, 4, 5, 6] as const;
const WEEKS = [1, 2, 3, 4, 5, -1] as const;
const PATTERNS = ['weekly', 'monthly', 'yearly'] as const;
const CASES = ['closed', 'open', 'next_day'] as const;
const BLANK: Omit<Draft, 'validFrom'> = { repeats: 'weekly', daysOfWeek: [], weeks: [], fromDay: '', toDay: '', onHoliday: 'closed', note: '' };

/** The closings that repeat: each in words, with the day until which it holds, and a form for another one. */
export function ClosingRules() {
  const { t } = useTranslation('dialogs');
  const canEdit = useCanEdit();
  const rules = useView(({ calendar }) => calendar?.closingRules ?? NONE);
  return (
    <>
      <h3 className="app-h3">{t('calendar.repeated')}</h3>
      <p className="app-tight app-dim">{t('calendar.repeatedText')}</p>
      {rules.length === 0 && <p className="app-dim">{t('calendar.noneRepeated')}</p>}
      <ul className="app-plain">
        {rules.map((rule) => (
          <RuleLine key={rule.id} rule={rule} canEdit={canEdit} />
        ))}
      </ul>
      {canEdit && <AddRule />}
    </>
  );
}

function RuleLine({ rule, canEdit }: { rule: ClosingRule; canEdit: boolean }) {
  const { t } = useTranslation('dialogs');
  const backend = useBackend();
  const name = useRuleWords()(rule);
  const remove = async () => {
    const seen = backend.version;
    const answer = await ask({
      title: t('calendar.removeRepeatedTitle'),
      text: t('calendar.removeRepeatedText', { name }),
      answers: [
        { value: 'no', label: t('actions.cancel') },
        { value: 'yes', label: t('actions.remove'), kind: 'danger' },
      ],
    });
    if (answer === 'yes') backend.change({ type: 'CLOSING_RULE_DELETE', payload: { ruleId: rule.id, ...basedOn(seen) } });
  };
  const end = (day: string, base: number) =>
    backend.change({ type: 'CLOSING_RULE_UPDATE', payload: { ruleId: rule.id, changes: { validUntil: day === '' ? null : day }, ...basedOn(base) } }).outcome;
  return (
    <li>
      <Group gap="sm" align="center">
        <span>
          <b>{name}</b> <span className="app-dim">{rule.note}</span>
        </span>
        {canEdit && (
          <>
            <EndDay ruleId={rule.id} name={name} first={rule.validFrom} value={rule.validUntil ?? ''} onChosen={end} />
            <Button size="compact-xs" variant="subtle" color="red" onClick={() => void remove()}>
              {t('actions.remove')}
            </Button>
          </>
        )}
      </Group>
    </li>
  );
}

interface EndDayProps {
  readonly ruleId: string;
  /** The rule in words. */
  readonly name: string;
  readonly first: string | null;
  readonly value: string;
  /** `base`: the version of the restaurant when its author began to type. */
  readonly onChosen: (day: string, base: number) => Promise<Outcome>;
}

/** Sent when one is done with it: on the way to 2026 one types the years 2, 20 and 202. */
function EndDay({ ruleId, name, first, value, onChosen }: EndDayProps) {
  const { t } = useTranslation('dialogs');
  const { value: shown, typed, set, base, give, clear, note } = useKeptInput(`settings/calendar/rule/${ruleId}`, name, { day: value });
  const done = () => {
    if (shown.day === value) return;
    const outcome = onChosen(shown.day, base());
    give(outcome);
    void outcome.then(({ kind }) => {
      if (kind === 'applied') clear(typed);
    });
  };
  return (
    <>
      <TextInput
        size="xs"
        type="date"
        aria-label={`${name} ${t('calendar.validUntil')}`}
        min={first ?? undefined}
        value={shown.day}
        onChange={(event) => set({ day: event.currentTarget.value })}
        onBlur={done}
        onKeyDown={(event) => {
          if (event.key === 'Enter') done();
        }}
      />
      {note}
    </>
  );
}

/** "毎週 水曜日（祝日は営業） 2026年12月1日から". */
function useRuleWords(): (rule: ClosingRule) => string {
  const { t, i18n } = useTranslation('dialogs');
  const { language } = i18n;
  const between = language === 'ja' ? '・' : ', ';
  const ofYear = (day: string) => formatDay(`2000-${day}`, language, { month: 'long', day: 'numeric' });
  const day = (date: string) => formatDay(date, language, { dateStyle: 'medium' });
  return ({ repeats, daysOfWeek, weeks, fromDay, toDay, onHoliday, validFrom, validUntil }) => {
    const days = daysOfWeek.map((weekday) => weekdayName(weekday, language)).join(between);
    const which = WEEKS.filter((week) => weeks.includes(week)).map((week) => (week === -1 ? t('calendar.lastWeek') : t('calendar.week', { week })));
    const pattern = {
      weekly: () => t('calendar.weekly', { days }),
      monthly: () => t('calendar.monthly', { weeks: which.join(between), days }),
      yearly: () => t('calendar.yearly', { first: ofYear(fromDay), last: ofYear(toDay) }),
    }[repeats]();
    const parts = [
      pattern,
      onHoliday === 'closed' ? '' : `(${t('calendar.onHoliday.label')}: ${t(`calendar.onHoliday.${onHoliday}`)})`,
      validFrom === null ? '' : t('calendar.since', { day: day(validFrom) }),
      validUntil === null ? '' : t('calendar.until', { day: day(validUntil) }),
    ];
    return parts.filter((part) => part !== '').join(' ');
  };
}

type Draft = Pick<ClosingRule, 'repeats' | 'daysOfWeek' | 'weeks' | 'fromDay' | 'toDay' | 'onHoliday' | 'note'> & { readonly validFrom: string };

function AddRule() {
  const { t } = useTranslation('dialogs');
  const backend = useBackend();
  const refusal = useRefusal();
  const zone = useRestaurants().current?.timezone ?? FALLBACK_ZONE;
  const [today] = useState(() => todayIn(zone, new Date()));
  const { value: draft, typed, set, give, clear, note } = useKeptInput<Draft>('settings/calendar/rule', t('calendar.repeated'), { ...BLANK, validFrom: today });
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({});
  const add = async () => {
    const payload = { ...draft, validFrom: draft.validFrom === '' ? null : draft.validFrom };
    const { outcome } = backend.change({ type: 'CLOSING_RULE_CREATE', payload });
    give(outcome);
    const refused = refusal(await outcome);
    setProblems(refused ?? {});
    // The answer may take long: what was typed meanwhile is the next one.
    if (refused === null) clear(typed);
  };
  return (
    <>
      {note}
      <Group align="flex-end" mt="sm" gap="sm">
        <NativeSelect
          label={t('calendar.repeats.label')}
          value={draft.repeats}
          data={PATTERNS.map((value) => ({ value, label: t(`calendar.repeats.${value}`) }))}
          onChange={(event) => set({ repeats: PATTERNS.find((each) => each === event.currentTarget.value) ?? 'weekly' })}
        />
        {draft.repeats === 'yearly' && <DaysOfYear draft={draft} problems={problems} set={set} />}
        <NativeSelect
          label={t('calendar.onHoliday.label')}
          value={draft.onHoliday}
          data={CASES.map((value) => ({ value, label: t(`calendar.onHoliday.${value}`) }))}
          onChange={(event) => set({ onHoliday: CASES.find((each) => each === event.currentTarget.value) ?? 'closed' })}
        />
        <TextInput type="date" label={t('calendar.validFrom')} title={t('calendar.validFromEver')} value={draft.validFrom} error={problems['validFrom']} onChange={(event) => set({ validFrom: event.currentTarget.value })} />
        <TextInput label={t('fields.notes')} value={draft.note} error={problems['note']} onChange={(event) => set({ note: event.currentTarget.value })} />
        <Button onClick={() => void add()}>{t('actions.add')}</Button>
      </Group>
      {draft.repeats === 'monthly' && <Numbers kind="weeks" numbers={WEEKS} chosen={draft.weeks} problem={problems['weeks']} onChange={(weeks) => set({ weeks })} />}
      {draft.repeats !== 'yearly' && (
        <Numbers kind="weekdays" numbers={WEEKDAYS} chosen={draft.daysOfWeek} problem={problems['daysOfWeek']} onChange={(daysOfWeek) => set({ daysOfWeek })} />
      )}
      {problems['repeats'] !== undefined && (
        <p className="app-failed" role="alert">
          {problems['repeats']}
        </p>
      )}
    </>
  );
}

interface DaysProps {
  readonly draft: Draft;
  readonly problems: Readonly<Record<string, string>>;
  readonly set: (changes: Partial<Draft>) => void;
}

function DaysOfYear({ draft, problems, set }: DaysProps) {
  const { t } = useTranslation('dialogs');
  return (['fromDay', 'toDay'] as const).map((name) => (
    <TextInput
      key={name}
      label={t(`calendar.${name}`)}
      placeholder={name === 'fromDay' ? '12-31' : '01-03'}
      value={draft[name]}
      error={problems[name]}
      onChange={(event) => set({ [name]: event.currentTarget.value.trim() })}
    />
  ));
}

interface NumbersProps {
  readonly kind: 'weekdays' | 'weeks';
  readonly numbers: readonly number[];
  readonly chosen: readonly number[];
  readonly problem: string | undefined;
  readonly onChange: (chosen: number[]) => void;
}

function Numbers({ kind, numbers, chosen, problem, onChange }: NumbersProps) {
  const { t, i18n } = useTranslation('dialogs');
  const weekName = (week: number) => (week === -1 ? t('calendar.lastWeek') : t('calendar.week', { week }));
  const name = (number: number) => (kind === 'weeks' ? weekName(number) : weekdayName(number, i18n.language, 'short'));
  return (
    <Checkbox.Group label={t(`calendar.${kind}`)} error={problem} mt="xs" value={chosen.map(String)} onChange={(values) => onChange(values.map(Number))}>
      <Group gap="sm">
        {numbers.map((number) => (
          <Checkbox key={number} value={String(number)} label={name(number)} />
        ))}
      </Group>
    </Checkbox.Group>
  );
}
