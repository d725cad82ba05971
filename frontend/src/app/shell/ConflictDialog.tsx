import { Button, Group } from '@mantine/core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { formatDay } from '@/grid/days';
import { isHeld, type OutboxEntry } from '@/realtime/outbox/outbox';
import type { ConflictItem } from '@/realtime/protocol';

import { useBackend, useBackendStore, useView } from '../stores/backend';
import { dayOfItem, isDivisible, withoutItems } from './conflictChoice';
import { Dialog } from '../ui/Dialog';
import { useErrorWords } from '../ui/errorWords';
import { closeDialog } from '../stores/route';

/** What a colleague has changed meanwhile: both values, whose, when; one chooses for each cell or for all. */
export default function ConflictDialog() {
  const { t } = useTranslation();
  const backend = useBackend();
  const held = useBackendStore('outbox', (entries) => entries).filter(isHeld);
  const all = (choose: (requestId: string) => unknown) => {
    held.forEach(({ requestId }) => choose(requestId));
    closeDialog();
  };
  return (
    <Dialog title={t('conflict.title')} onClose={closeDialog} size="lg">
      {held.length === 0 && <p className="app-dim">{t('conflict.none')}</p>}
      {held.map((entry) => (
        <Conflict key={entry.requestId} entry={entry} />
      ))}
      {held.length > 1 && (
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={() => all((id) => backend.discard(id))}>
            {t('conflict.allTheirs')}
          </Button>
          <Button onClick={() => all((id) => backend.insist(id))}>{t('conflict.allMine')}</Button>
        </Group>
      )}
    </Dialog>
  );
}

const NO_ITEMS: readonly ConflictItem[] = [];

function Conflict({ entry }: { entry: OutboxEntry }) {
  const { t } = useTranslation();
  const backend = useBackend();
  const words = useErrorWords();
  const { progress, requestId, request } = entry;
  const items = progress.kind === 'conflict' ? progress.items : NO_ITEMS;
  const [mine, setMine] = useState<ReadonlySet<number>>(new Set());
  const isApart = items.length > 1 && isDivisible(request);
  const choose = () => {
    const rest = withoutItems(request, items.filter((_, index) => !mine.has(index)));
    if (rest === null) backend.discard(requestId);
    else backend.insist(requestId, rest);
  };
  const pick = (index: number, isMine: boolean) => {
    const next = new Set(mine);
    if (isMine) next.add(index);
    else next.delete(index);
    setMine(next);
  };
  return (
    <section className="app-conflict">
      {progress.kind === 'refused' && <Refused entry={entry} reason={words(progress.error)} />}
      {progress.kind === 'stranded' && <p>{t('conflict.stranded', { type: request.type })}</p>}
      {items.length > 0 && (
        <table className="app-table">
          <thead>
            <tr>
              <th scope="col">{t('conflict.what')}</th>
              <th scope="col">{t('conflict.mine')}</th>
              <th scope="col">{t('conflict.theirs')}</th>
              <th scope="col">{t('conflict.who')}</th>
            </tr>
          </thead>
          <tbody>
            {items.map((item, index) => (
              <Item key={index} item={item} mine={isApart ? mine.has(index) : null} onPick={(isMine) => pick(index, isMine)} />
            ))}
          </tbody>
        </table>
      )}
      <Group justify="flex-end" gap="xs" mt="xs">
        <Button size="xs" variant="default" onClick={() => backend.discard(requestId)}>
          {t(progress.kind === 'refused' ? 'conflict.drop' : 'conflict.useTheirs')}
        </Button>
        {isApart && (
          <Button size="xs" variant="default" onClick={choose}>
            {t('conflict.useChosen')}
          </Button>
        )}
        <Button size="xs" onClick={() => backend.insist(requestId)}>
          {t(progress.kind === 'refused' ? 'conflict.tryAgain' : 'conflict.useMine')}
        </Button>
      </Group>
    </section>
  );
}

/** What the server cannot take: nothing of what was typed is lost. */
function Refused({ entry, reason }: { entry: OutboxEntry; reason: string }) {
  const { t } = useTranslation();
  const { baseVersion: _base, strategy: _strategy, ...typed } = entry.request.payload as Record<string, unknown>;
  return (
    <>
      <p className="app-tight">{t('conflict.refusedWhy', { reason })}</p>
      <p className="app-tight app-dim">
        {t('conflict.refusedText', { text: textOf(typed) })} {entry.attempts > 1 && `(${t('conflict.tried', { count: entry.attempts })})`}
      </p>
    </>
  );
}

const LONGEST = 300;

/** The texts in a request, which its author knows again; ids and days say nothing to them. */
function textOf(value: unknown): string {
  const texts: string[] = [];
  const visit = (part: unknown): void => {
    if (typeof part === 'string' && !/^[0-9a-f-]{36}$|^\d{4}-\d{2}-\d{2}$/.test(part)) texts.push(part);
    else if (typeof part === 'object' && part !== null) Object.values(part).forEach(visit);
  };
  visit(value);
  const text = texts.join('、');
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

const shown = (value: unknown): string => (value === '' || value == null ? '—' : typeof value === 'string' ? value : JSON.stringify(value));

interface ItemProps {
  readonly item: ConflictItem;
  /** Whose value is chosen; null: there is nothing to choose for this one alone. */
  readonly mine: boolean | null;
  readonly onPick: (isMine: boolean) => void;
}

function Item({ item, mine, onPick }: ItemProps) {
  const { t, i18n } = useTranslation();
  const name = useId();
  const where = useWhere(item);
  const when = item.changedAt === null ? '' : new Date(item.changedAt).toLocaleString(i18n.language, { dateStyle: 'short', timeStyle: 'short' });
  const value = (isMine: boolean, text: string) =>
    mine === null ? (
      text
    ) : (
      <label className="app-choice">
        <input type="radio" name={name} checked={mine === isMine} onChange={() => onPick(isMine)} aria-label={`${where}: ${t(isMine ? 'conflict.mine' : 'conflict.theirs')} ${text}`} />
        {text}
      </label>
    );
  return (
    <tr>
      <th scope="row">{where}</th>
      <td>{value(true, shown(item.yours))}</td>
      <td>{value(false, shown(item.theirs))}</td>
      <td>
        {item.theirAuthor || t('conflict.somebody')} <small className="app-dim">{when}</small>
      </td>
    </tr>
  );
}

/** A cell by its person and day, anything else by its field. */
function useWhere(item: ConflictItem): string {
  const { i18n } = useTranslation();
  const { entity, entityId, field } = item;
  const staff = useView((state) => state.staff);
  const day = dayOfItem(item);
  const member = [...(staff?.members.values() ?? [])].find(({ id }) => entityId.includes(id) || field.includes(id));
  const parts = [member?.name, day === undefined ? undefined : formatDay(day, i18n.language, { month: 'numeric', day: 'numeric', weekday: 'short' })];
  const text = parts.filter((part) => part !== undefined).join(' ');
  return text === '' ? `${entity} ${field}` : day === undefined ? `${text} ${field}` : text;
}
