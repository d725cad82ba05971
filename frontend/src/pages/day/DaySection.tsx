import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { usePreference } from '@/app/stores/preferences';
import { useToday } from '@/app/stores/today';
import { Icon, type IconName } from '@/app/ui/Icon';
import { addDays, formatDay } from '@/grid/days';
import { type CellRef, type DateKey, type Day, Mark } from '@/grid/model';
import { addUp, symbolsOf } from '@/grid/totals';
import type { ScheduleState } from '@/realtime/state/state';

import { shiftOn } from '../mine/shifts';
import type { ScheduleSource } from '../schedule/scheduleSource';
import { type Month, useGroupsOf } from '../schedule/useSchedule';
import { blankMeaning } from '../schedule/useWords';
import { byGroup, byShift, type OnDay, type Section } from './people';

interface Props {
  readonly month: Month;
  readonly source: ScheduleSource;
  readonly schedule: ScheduleState;
  /** Another one whenever something is said of a cell. */
  readonly marks: number;
  readonly dateKey: DateKey;
  /** Null where one may only look. */
  readonly onOpen: ((cell: CellRef) => void) | null;
}

/** Who works on a day, by shift or by group, and who does not. */
export function DaySection({ month, source, schedule, dateKey, onOpen }: Props) {
  const { t } = useTranslation('day');
  const { t: app } = useTranslation();
  const by = usePreference('dayBy');
  const groups = useGroupsOf(month);
  const col = month.days.findIndex((each) => each.dateKey === dateKey);
  // Whether others see it yet.
  const isPublished = schedule.state === 'published';
  const people = useMemo(() => onDay(month, schedule, col), [month, schedule, col]);
  const day = month.days[col];
  if (day === undefined) return null;
  const sections = by === 'shift' ? byShift(people) : byGroup(people, groups, app('groupBy.without'));
  const totals = month.isOwnAlone === true ? null : addUp(people.map(({ shift }) => shift.duty));
  return (
    <section className="dv-day" aria-labelledby={`day-${dateKey}`}>
      <header className="dv-head">
        <DayName day={day} />
        {totals !== null && (
          <p className="dv-totals">
            <b>{t('atWork', { count: totals.working })}</b>
            {(['early', 'late', 'off'] as const).map((name) => (totals[name] > 0 ? <span key={name}>{t(name, { count: totals[name] })}</span> : null))}
            {onOpen !== null && <span className="dv-state">{t(isPublished ? 'published' : 'draft')}</span>}
          </p>
        )}
      </header>
      {totals === null && <p className="app-dim dv-nobody">{t('ownAlone')}</p>}
      {totals?.working === 0 && <p className="app-dim dv-nobody">{t('nobody')}</p>}
      {sections.map((section) => (
        <People key={section.key} section={section} counts={totals !== null} source={source} col={col} day={day} names={by === 'group' || section.label === null} onOpen={onOpen} />
      ))}
    </section>
  );
}

function onDay(month: Month, schedule: ScheduleState, col: number): OnDay[] {
  const symbols = symbolsOf(month.symbols);
  const people = month.people.map((person) => ({ person, shift: shiftOn(month, schedule, symbols, person, col) }));
  return people.filter(({ shift }) => shift.duty !== 'absent');
}

/** "Today, Monday 30 November", and what is special about it. */
function DayName({ day }: { day: Day }) {
  const { t, i18n } = useTranslation('day');
  const { t: app } = useTranslation();
  const today = useToday();
  const near = day.dateKey === today ? t('today') : day.dateKey === addDays(today, 1) ? t('tomorrow') : '';
  const name = formatDay(day.dateKey, i18n.language, { month: i18n.language === 'ja' ? 'numeric' : 'short', day: 'numeric', weekday: 'short' });
  const special = [day.holiday, day.closed ? app('grid.closedLong') : null, day.note].filter(Boolean).join(' · ');
  return (
    <h2 id={`day-${day.dateKey}`} className={day.weekday === 0 || day.holiday !== null ? 'dv-sunday' : undefined}>
      {near !== '' && <span className="dv-near">{near}</span>} {name}
      {special !== '' && <small>{special}</small>}
    </h2>
  );
}

interface PeopleProps extends Pick<Props, 'source' | 'onOpen'> {
  readonly section: Section;
  readonly counts: boolean;
  readonly col: number;
  readonly day: Day;
  /** Whether each says what their shift is called: the section may have said it. */
  readonly names: boolean;
}

function People({ section, counts, source, col, day, names, onOpen }: PeopleProps) {
  const { t } = useTranslation('day');
  const { label, people, working } = section;
  return (
    <>
      <h3 className="dv-section">
        {label ?? t('notWorking')} {counts && <span>{label === null || working === people.length ? people.length : `${working} / ${people.length}`}</span>}
      </h3>
      <ul className="dv-people">
        {people.map(({ person, shift }) => (
          <li key={person.id}>
            <Someone person={person} shift={shift} marks={source.getRow(person.id).marks[col] ?? Mark.none} day={day} names={names} onOpen={onOpen} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Someone({ person, shift, marks, day, names, onOpen }: OnDay & { marks: number; day: Day; names: boolean } & Pick<Props, 'onOpen'>) {
  const { t } = useTranslation();
  const { value, duty, hours, covers } = shift;
  const label = shift.label !== '' ? shift.label : t(`grid.${blankMeaning(duty, duty === 'closed')}`);
  const what = [names ? label : '', hours === null ? '' : `${hours.start}–${hours.end}`, covers === '' ? '' : t('grid.covers', { group: covers })].filter(Boolean).join(' · ');
  const inside = (
    <>
      <span className={`sp-symbol ss-${duty}`} aria-hidden="true">
        {Array.from(value).length > 2 ? '' : value}
      </span>
      <span className="dv-name">
        <b>{person.name}</b> <small>{person.position}</small>
      </span>
      <span className="dv-what">{what}</span>
      <Marks marks={marks} />
    </>
  );
  const open = onOpen;
  if (open === null) return <div className="dv-one">{inside}</div>;
  return (
    <button type="button" className="dv-one" onClick={() => open({ staffId: person.id, dateKey: day.dateKey })}>
      {inside}
    </button>
  );
}

const MARKS: readonly (readonly [number, IconName, 'problem' | 'hint' | 'isLocked' | 'isWished' | 'isUnavailable' | 'isWaiting', string])[] = [
  [Mark.hard, 'alert', 'problem', 'sp-hard'],
  [Mark.soft, 'info', 'hint', 'sp-soft'],
  [Mark.wished, 'people', 'isWished', 'dv-wish'],
  [Mark.unavailable, 'moon', 'isUnavailable', 'dv-wish'],
  [Mark.locked, 'lock', 'isLocked', 'app-dim'],
  [Mark.waiting, 'cloud', 'isWaiting', 'app-dim'],
];

/** By signs, and in words for those who hear them. */
function Marks({ marks }: { marks: number }) {
  const { t } = useTranslation('day');
  const isAccepted = (marks & Mark.overridden) !== 0;
  const set = MARKS.filter(([bit, , name]) => (marks & bit) !== 0 && !(isAccepted && (name === 'problem' || name === 'hint')));
  return (
    <span className="dv-marks">
      {set.map(([, icon, name, style]) => (
        <span key={name} className={style} title={t(name)}>
          <Icon name={icon} size={16} />
          <span className="ss-sr">{t(name)}</span>
        </span>
      ))}
    </span>
  );
}
