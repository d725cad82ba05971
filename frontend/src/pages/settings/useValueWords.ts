import { useTranslation } from 'react-i18next';

import { useView } from '@/app/stores/backend';

import { weekdayName } from './weekdays';

/** The parts of a value in the order in which one reads them; databases keep them in none. */
const FIRST = ['staffId', 'level', 'from', 'until'];

/** How fields and values of a row are said: labels for keys, names for ids, words for choices. */
export function useValueWords() {
  const { t, i18n } = useTranslation('dialogs');
  const members = useView(({ staff }) => staff?.members);
  const groups = useView(({ settings }) => settings?.staffGroups);
  const skills = useView(({ settings }) => settings?.skills);
  const has = (key: string) => i18n.exists(key, { ns: 'dialogs' });
  const label = (path: string): string => {
    const key = path.split('.').at(-1) ?? '';
    return has(`fields.${key}`) ? t(`fields.${key}` as 'fields.name') : path;
  };
  const one = (key: string, value: unknown): string => {
    if (value == null || value === '') return '—';
    if (typeof value === 'boolean') return t(value ? 'values.yes' : 'values.no');
    if (typeof value === 'number') return /^(daysOfWeek|weekStartsOn)$/.test(key) ? weekdayName(value, i18n.language, 'short') : String(value);
    if (typeof value === 'object') return [...new Set([...FIRST, ...Object.keys(value)])].filter((part) => part in value).map((part) => one('', (value as Record<string, unknown>)[part])).join(' ');
    if (typeof value !== 'string') return JSON.stringify(value);
    const choice = ['shift', 'scope', 'monthly', 'rule', 'backupMode', 'algorithm', 'namedDay'].find((list) => has(`choices.${list}.${value}`));
    if (choice !== undefined) return t(`choices.${choice}.${value}` as 'choices.scope.all');
    return members?.get(value)?.name ?? [...(groups ?? []), ...(skills ?? [])].find(({ id }) => id === value)?.name ?? value;
  };
  const value = (path: string, found: unknown): string => {
    const key = path.split('.').at(-1) ?? '';
    if (!Array.isArray(found)) return one(key, found);
    return found.length === 0 ? '—' : found.map((each) => one(key, each)).join(', ');
  };
  return { label, value };
}
