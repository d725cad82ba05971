import '@/i18n/notices';

import i18n from 'i18next';

import { formatDay } from '@/grid/days';
import { safeStorage } from '@/realtime/transport/config';
import type { Notice } from '@/realtime/outbox/notices';
import type { ClientPayloads, ConflictItem } from '@/realtime/protocol';

import { ask } from '../stores/ask';
import { type Backend, basedOn } from '../stores/backend';
import { toast } from '../stores/toasts';
import { asValue, bulkOf, dayOfItem } from './conflictChoice';
import { restored, type WayBack, wayBack } from './givingBack';
import { type KeptNotice, KeptNotices } from './keptNotices';

/** The notices that offer something: who has written over whom, and a way back. */

type Of<Kind extends Notice['kind']> = Extract<Notice, { kind: Kind }>;
type Where = (item: ConflictItem) => string;
type Offer = (kind: 'info' | 'warning', text: string, label: string, back: WayBack | null) => void;

const words = () => i18n.getFixedT(null, 'notices');

/** Who it was, as one speaks of them. */
function nameOf(item: ConflictItem | undefined): string {
  const name = item?.theirAuthor ?? '';
  return name === '' ? i18n.getFixedT(null, 'app')('conflict.somebody') : words()('by', { name });
}

const opened = new Map<string, KeptNotices>();

/** The notices of a user in a restaurant: the same ones wherever they are asked for. */
function keptOf(owner: string): KeptNotices {
  const found = opened.get(owner);
  if (found !== undefined) return found;
  const made = new KeptNotices(owner, safeStorage(() => localStorage));
  window.addEventListener('storage', ({ key }) => made.hear(key));
  opened.set(owner, made);
  return made;
}

/** Tells again what an earlier page has told and nobody has answered. */
export function tellKept(backend: Backend, language: string, owner: string): void {
  const all = keptOf(owner);
  for (const [key, kept] of all.untold(Date.now())) telling(kept, backend, language, '', all, key);
}

/** `sentence`: why it was refused, where it was. `owner`: for whom it is kept. */
export function tell(notice: Notice, backend: Backend, language: string, sentence: string, owner: string | null): void {
  telling({ notice, version: backend.version, at: Date.now() }, backend, language, sentence, owner === null ? null : keptOf(owner));
}

function telling(kept: KeptNotice, backend: Backend, language: string, sentence: string, all: KeptNotices | null, place?: string): void {
  const where: Where = (item) => whereOf(item, backend, language);
  const { notice } = kept;
  /** With a way back, where there is one, for as long as it was not taken or dismissed. */
  const offer: Offer = (kind, text, label, back) => {
    if (back === null) {
      toast(kind, text, { sticky: true });
      return;
    }
    const run = () => void back(seenAt(kept.version, backend)).then((isDone) => (isDone ? undefined : toast('error', words()('noWay'), { sticky: true })));
    const key = place ?? all?.keep(kept);
    const id = toast(kind, text, { sticky: true, action: { label, run }, ...(key === undefined ? {} : { onEnd: () => all?.end(key) }) });
    if (key !== undefined) all?.show(key, id);
  };
  switch (notice.kind) {
    case 'overwrote':
      tellOverwrote(notice, offer, where);
      break;
    case 'left':
      toast('info', about(words()('left', { count: notice.items.length }), notice.items, where), { sticky: true });
      break;
    case 'overwrittenRow':
      tellOverwrittenRow(notice, offer, where);
      break;
    case 'overwritten':
      tellOverwritten(notice, offer, where);
      break;
    case 'succession':
      tellSuccession(notice, offer);
      break;
    case 'refused':
      if (notice.entry.request.type === 'SHIFT_UPDATE') tellRefused(sentence, notice.entry.request.payload, where);
      else void answerStep(notice, backend);
      break;
    case 'error':
      break;
  }
}

/** The person and the day of a cell; empty where it is no cell and no person. */
function whereOf(item: ConflictItem, backend: Backend, language: string): string {
  const members = backend.view.getState().staff?.members;
  const name = [...(members?.values() ?? [])].find(({ id }) => item.entityId.includes(id))?.name ?? '';
  const day = dayOfItem(item);
  return day === undefined ? name : `${name} ${formatDay(day, language, { month: 'numeric', day: 'numeric', weekday: 'short' })}`.trim();
}

/** What is told of one cell must not read like what is told of another: the later one would take the place of the earlier. */
function about(text: string, items: readonly ConflictItem[], where: Where): string {
  const [first] = items;
  const place = first === undefined ? '' : where(first);
  return place === '' ? text : `${text} ${place}${items.length > 1 ? ' …' : ''}`;
}

/** What is written by it was seen at `version`: it meets what others have changed since as a conflict. */
function seenAt(version: number, backend: Backend): Parameters<WayBack>[0] {
  const isWritten = (type: string) => type.includes('_UPDATE') || type === 'STAFF_REORDER';
  const change: Backend['change'] = (request) =>
    backend.change(isWritten(request.type) ? ({ ...request, payload: { ...request.payload, ...basedOn(version) } } as typeof request) : request);
  return { change, query: (type, payload) => backend.query(type, payload), view: backend.view };
}

/** The cell shows what it held before: what was typed into it is nowhere else. */
function tellRefused(sentence: string, { staffId, dateKey, shiftValue }: ClientPayloads['SHIFT_UPDATE'], where: Where): void {
  const item = { entity: 'shift', entityId: `${staffId} ${dateKey}`, field: 'shiftValue', base: null, yours: shiftValue, theirs: null, theirAuthor: '', changedAt: null };
  toast('error', `${sentence} ${where(item)}: ${shiftValue || '—'}`, { sticky: true });
}

/** One has written over a colleague's change, which can be restored at a click. */
function tellOverwrote({ entry, items }: Of<'overwrote'>, offer: Offer, where: Where): void {
  const text = about(words()('overwrote', { count: items.length, name: nameOf(items[0]) }), items, where);
  offer('info', text, words()('giveBack'), wayBack(entry.request, items));
}

/** A colleague has written over fields of one's own row, or has deleted it. */
function tellOverwrittenRow({ items, again, name, isDeleted }: Of<'overwrittenRow'>, offer: Offer, where: Where): void {
  const [first] = items;
  const by = { name: nameOf(first) };
  const text = isDeleted ? words()('deleted', by) : i18n.getFixedT(null, 'app')('notice.overwrittenRow', by);
  const back = again !== null ? given(again) : first === undefined ? null : restored(first.entity, first.entityId);
  const place = name === '' && first !== undefined ? where(first) : name;
  offer('warning', `${text} ${place}`.trim(), words()('mineAgain'), back);
}

const given = (request: Parameters<Backend['change']>[0]): WayBack => (backend) => {
  backend.change(request);
  return Promise.resolve(true);
};

/** A colleague has written over one's own cells: both values, and one's own again at a click. */
function tellOverwritten({ items }: Of<'overwritten'>, offer: Offer, where: Where): void {
  const [first] = items;
  if (first === undefined) return;
  const values = { mine: first.yours || '—', theirs: first.theirs || '—' };
  const again = bulkOf(first.cell.scheduleId, items.map(({ cell, yours }) => ({ ...cell, shiftValue: asValue(yours) })));
  const text = about(words()('overwritten', { count: items.length, name: nameOf(first), ...values }), items, where);
  offer('warning', text, words()('mineAgain'), given(again));
}

/** A shift type is back. Its cells have the successor's symbol, and those that nobody has changed since can be given back. */
function tellSuccession({ shiftType: { symbol }, succession }: Of<'succession'>, offer: Offer): void {
  const { symbol: successor, cellCount, cells, staffCount, settingsCount } = succession;
  const names = { symbol, successor };
  const text = [
    cellCount > 0 ? words()('succession.cells', { ...names, count: cellCount }) : '',
    staffCount + settingsCount > 0 ? words()('succession.others', { ...names, staff: staffCount, settings: settingsCount }) : '',
  ].join(' ');
  if (text.trim() !== '') offer('info', text.trim(), words()('succession.back', names), cellCount === 0 ? null : cellsOf(cells, symbol));
}

const cellsOf =
  (cells: Of<'succession'>['succession']['cells'], shiftValue: string): WayBack =>
  (backend) => {
    for (const [scheduleId, people] of Object.entries(cells)) {
      const given = Object.entries(people).flatMap(([staffId, days]) => days.map((dateKey) => ({ staffId, dateKey, shiftValue })));
      backend.change(bulkOf(scheduleId, given));
    }
    return Promise.resolve(true);
  };

/** A colleague has changed since what was to be undone: undo the rest, leave this step out, or stop. */
async function answerStep({ entry: { request } }: Of<'refused'>, backend: Backend): Promise<void> {
  if (request.type !== 'UNDO' && request.type !== 'REDO') return;
  const t = words();
  const answer = await ask({
    title: t('undo.title'),
    text: t('undo.text'),
    answers: [
      { value: 'stop', label: t('undo.stop') },
      { value: 'skip', label: t('undo.skip') },
      { value: 'partial', label: t('undo.partial'), kind: 'primary' },
    ],
  });
  if (answer === 'stop') return;
  const options = answer === 'partial' ? { partial: true } : { skip: true };
  if (request.type === 'UNDO') backend.undo(request.payload.scheduleId, options);
  else backend.redo(request.payload.scheduleId, options);
}
