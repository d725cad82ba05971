import '@/i18n/notices';

import i18n from 'i18next';

import { formatDay } from '@/grid/days';
import type { Notice } from '@/realtime/outbox/notices';
import type { ClientPayloads, ConflictItem } from '@/realtime/protocol';

import { ask } from '../stores/ask';
import type { Backend } from '../stores/backend';
import { toast } from '../stores/toasts';
import { asValue, bulkOf, dayOfItem } from './conflictChoice';
import { restored, type WayBack, wayBack } from './givingBack';

/** The notices that offer something: who has written over whom, and a way back. */

type Of<Kind extends Notice['kind']> = Extract<Notice, { kind: Kind }>;
type Where = (item: ConflictItem) => string;

const words = () => i18n.getFixedT(null, 'notices');

/** Who it was, as one speaks of them. */
function nameOf(item: ConflictItem | undefined): string {
  const name = item?.theirAuthor ?? '';
  return name === '' ? i18n.getFixedT(null, 'app')('conflict.somebody') : words()('by', { name });
}

/** `sentence`: why it was refused, where it was. */
export function tell(notice: Notice, backend: Backend, language: string, sentence: string): void {
  const where: Where = (item) => whereOf(item, backend, language);
  switch (notice.kind) {
    case 'overwrote':
      tellOverwrote(notice, backend, where);
      break;
    case 'left':
      toast('info', about(words()('left', { count: notice.items.length }), notice.items, where), { sticky: true });
      break;
    case 'overwrittenRow':
      tellOverwrittenRow(notice, backend, where);
      break;
    case 'overwritten':
      tellOverwritten(notice, backend, where);
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

/** With a way back, where there is one. */
function offered(label: string, back: WayBack | null, backend: Backend): Parameters<typeof toast>[2] {
  if (back === null) return { sticky: true };
  const run = () => void back(backend).then((isDone) => (isDone ? undefined : toast('error', words()('noWay'), { sticky: true })));
  return { sticky: true, action: { label, run } };
}

/** The cell shows what it held before: what was typed into it is nowhere else. */
function tellRefused(sentence: string, { staffId, dateKey, shiftValue }: ClientPayloads['SHIFT_UPDATE'], where: Where): void {
  const item = { entity: 'shift', entityId: `${staffId} ${dateKey}`, field: 'shiftValue', base: null, yours: shiftValue, theirs: null, theirAuthor: '', changedAt: null };
  toast('error', `${sentence} ${where(item)}: ${shiftValue || '—'}`, { sticky: true });
}

/** One has written over a colleague's change, which can be restored at a click. */
function tellOverwrote({ entry, items }: Of<'overwrote'>, backend: Backend, where: Where): void {
  const text = about(words()('overwrote', { count: items.length, name: nameOf(items[0]) }), items, where);
  toast('info', text, offered(words()('giveBack'), wayBack(entry.request, items), backend));
}

/** A colleague has written over fields of one's own row, or has deleted it. */
function tellOverwrittenRow({ items, again, name, isDeleted }: Of<'overwrittenRow'>, backend: Backend, where: Where): void {
  const [first] = items;
  const by = { name: nameOf(first) };
  const text = isDeleted ? words()('deleted', by) : i18n.getFixedT(null, 'app')('notice.overwrittenRow', by);
  const back = again !== null ? given(again) : first === undefined ? null : restored(first.entity, first.entityId);
  const place = name === '' && first !== undefined ? where(first) : name;
  toast('warning', `${text} ${place}`.trim(), offered(words()('mineAgain'), back, backend));
}

const given = (request: Parameters<Backend['change']>[0]): WayBack => (backend) => {
  backend.change(request);
  return Promise.resolve(true);
};

/** A colleague has written over one's own cells: both values, and one's own again at a click. */
function tellOverwritten({ items }: Of<'overwritten'>, backend: Backend, where: Where): void {
  const [first] = items;
  if (first === undefined) return;
  const values = { mine: first.yours || '—', theirs: first.theirs || '—' };
  const again = bulkOf(first.cell.scheduleId, items.map(({ cell, yours }) => ({ ...cell, shiftValue: asValue(yours) })));
  const text = about(words()('overwritten', { count: items.length, name: nameOf(first), ...values }), items, where);
  toast('warning', text, offered(words()('mineAgain'), given(again), backend));
}

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
