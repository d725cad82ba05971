import type { i18n, TFunction } from 'i18next';

import { ask } from '@/app/stores/ask';
import { type Backend, basedOn } from '@/app/stores/backend';
import type { ShiftKind } from '@/realtime/protocol';

/** Text in cells that no shift type explains, and what becomes of it: another word for a type, a type of its own, a note. */

const KINDS: readonly ShiftKind[] = ['normal', 'early', 'late', 'off', 'designated_off', 'special'];

/** Asks in that language what the text means, and does it. */
export async function settleText(backend: Backend, scheduleId: string, text: string, { t, language }: i18n): Promise<void> {
  const answer = await ask({
    title: t('text.title', { text }),
    text: t('text.text'),
    answers: [
      { value: '', label: t('text.leave') },
      { value: 'alias', label: t('text.alias') },
      { value: 'type', label: t('text.type') },
      { value: 'note', label: t('text.note') },
    ],
  });
  if (answer === 'alias') await makeAlias(backend, scheduleId, text, t, language);
  if (answer === 'type') await makeType(backend, text, t);
  if (answer === 'note') backend.change({ type: 'SHIFT_LOCK', payload: { scheduleId, cells: cellsWith(backend, scheduleId, text), reason: t('text.noteReason') } });
}

const typesOf = (backend: Backend) => (backend.view.getState().calendar?.shiftTypes ?? []).filter(({ isActive }) => isActive);

/** The word is the type's from now on, also in the cells of the month that hold it. */
async function makeAlias(backend: Backend, scheduleId: string, text: string, t: TFunction, language: string): Promise<void> {
  const types = typesOf(backend);
  const base = backend.version;
  const answer = await ask({
    title: t('text.aliasTitle', { text }),
    text: t('text.aliasText'),
    answers: [{ value: '', label: t('text.leave') }, ...types.map(({ id, symbol, labelJa, labelEn }) => ({ value: id, label: `${symbol} ${(language === 'ja' ? labelJa : labelEn) || labelJa}` }))],
  });
  const chosen = types.find(({ id }) => id === answer);
  if (chosen === undefined) return;
  const changes = { aliases: [...chosen.aliases, text] };
  const { kind } = await backend.change({ type: 'SHIFT_TYPE_UPDATE', payload: { shiftTypeId: chosen.id, changes, ...basedOn(base) } }).outcome;
  if (kind !== 'applied') return;
  const scheduleData: Record<string, Record<string, string>> = {};
  for (const { staffId, dateKey } of cellsWith(backend, scheduleId, text)) {
    scheduleData[staffId] = { ...scheduleData[staffId], [dateKey]: chosen.symbol };
  }
  if (Object.keys(scheduleData).length > 0) backend.change({ type: 'SHIFT_BULK_UPDATE', payload: { scheduleId, scheduleData, mode: 'merge' } });
}

/** The cells that hold the text hold the new type's symbol then. */
async function makeType(backend: Backend, text: string, t: TFunction): Promise<void> {
  const kind = await ask({
    title: t('text.typeTitle', { text }),
    text: t('text.typeText'),
    answers: [{ value: '', label: t('text.leave') }, ...KINDS.map((value) => ({ value, label: t(`text.kinds.${value}`) }))],
  });
  if (kind === '') return;
  const offEquivalent = kind === 'off' || kind === 'designated_off' ? 1 : 0;
  backend.change({ type: 'SHIFT_TYPE_CREATE', payload: { symbol: text, kind, labelJa: text, labelEn: text, offEquivalent } });
}

/** The cells of the month that hold the text, those that are locked left out. */
function cellsWith(backend: Backend, scheduleId: string, text: string): { staffId: string; dateKey: string }[] {
  const schedule = backend.view.getState().schedules.get(scheduleId);
  if (schedule === undefined) return [];
  return [...schedule.rows].flatMap(([staffId, { values, locked }]) =>
    schedule.dates.flatMap((dateKey, col) => (values[col] === text && !locked.has(col) ? [{ staffId, dateKey }] : [])),
  );
}
