import { useTranslation } from 'react-i18next';

import { formatDay, formatPeriod } from '@/grid/days';
import { changedLeaves } from '@/pages/settings/leaves';
import { formatPartial } from '@/pages/settings/partialDate';
import { useNameOrKind } from '@/pages/settings/useRowName';
import { useValueWords } from '@/pages/settings/useValueWords';
import type { ConflictItem } from '@/realtime/protocol';
import { SETTINGS_TABLES } from '@/realtime/protocol/settingsTables';
import type { ReplicaState } from '@/realtime/state/state';

import { useView } from '../stores/backend';
import { dayOfItem } from './conflictChoice';

type About = Pick<ConflictItem, 'entity' | 'entityId'>;

const MOST = 200;
const clipped = (text: string): string => (text.length > MOST ? `${text.slice(0, MOST)}…` : text);

const hasParts = (found: unknown): boolean => typeof found === 'object' && found !== null && !Array.isArray(found) && formatPartial(found) === '';

/** What a conflict is about and the values in it, as people say them. */
export function useConflictWords() {
  const { i18n } = useTranslation();
  const { label, value } = useValueWords();
  const nameOf = useNameOfRow();
  /** A cell by its person and day, anything else by its row and field. */
  const what = (item: ConflictItem): string => {
    const name = nameOf(item);
    const day = dayOfItem(item);
    if (item.entity === 'shift' && day !== undefined) return `${name} ${formatDay(day, i18n.language, { month: 'numeric', day: 'numeric', weekday: 'short' })}`;
    // The parts of a value are named beside it.
    const isNamed = item.field !== '' && item.field !== 'staffOrder' && !hasParts(item.theirs ?? item.yours);
    return isNamed ? `${name}: ${label(item.field)}` : name;
  };
  /** `found`, and of a value with parts those that are others in `against`. */
  const said = (field: string, found: unknown, against: unknown): string => {
    const point = formatPartial(found);
    if (point !== '') return point;
    if (!hasParts(found)) return clipped(value(field, found));
    return clipped(changedLeaves(against, found, field).map(({ path, to }) => `${label(path)}: ${value(path, to)}`).join(' / '));
  };
  return { what, nameOf, said };
}

/** What a row is called, by the kind of thing and its id. */
function useNameOfRow(): (about: About) => string {
  const { t, i18n } = useTranslation('dialogs');
  const nameOrKind = useNameOrKind();
  const state = useView((view) => view);
  return ({ entity, entityId }) => {
    const spec = SETTINGS_TABLES.find(({ tableName }) => tableName === entity);
    if (spec !== undefined) {
      const rows: readonly { readonly id: string; readonly name?: string }[] = state.settings?.[spec.name] ?? [];
      return nameOrKind(rows.find(({ id }) => id === entityId)?.name, spec.name);
    }
    if (entity === 'staff' && entityId === '') return t('held.order');
    const found = named(state, { entity, entityId }, i18n.language);
    return found ?? (i18n.exists(`held.kinds.${entity}`, { ns: 'dialogs' }) ? t(`held.kinds.${entity}` as 'held.kinds.staff') : entity);
  };
}

function named({ staff, calendar, settings }: ReplicaState, { entity, entityId }: About, language: string): string | undefined {
  switch (entity) {
    case 'staff':
    case 'shift':
      return [...(staff?.members.values() ?? [])].find(({ id }) => entityId.includes(id))?.name;
    case 'shift_type':
      return calendar?.shiftTypes.find(({ id }) => id === entityId)?.symbol;
    case 'calendar_day': {
      const date = [...(calendar?.days.values() ?? [])].find(({ id }) => id === entityId)?.date;
      return date === undefined ? undefined : formatDay(date, language, { month: 'numeric', day: 'numeric', weekday: 'short' });
    }
    case 'closing_rule':
      return calendar?.closingRules?.find(({ id }) => id === entityId)?.note || undefined;
    case 'period': {
      const period = calendar?.periods.find(({ id }) => id === entityId);
      return period === undefined ? undefined : formatPeriod(period.startDate, period.endDate, language);
    }
    case 'config_version':
    case 'config_versions':
      return settings?.versions.find(({ id }) => id === entityId)?.name;
    default:
      return undefined;
  }
}
