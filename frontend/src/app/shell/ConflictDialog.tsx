import '@/i18n/dialogs';
import '@/i18n/notices';

import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { isHeld, type OutboxEntry } from '@/realtime/outbox/outbox';
import type { ConflictItem } from '@/realtime/protocol';

import { useBackend, useBackendStore } from '../stores/backend';
import { isDivisible, type WholeKind, wholeKind, withoutItems } from './conflictChoice';
import { ConflictTable } from './ConflictTable';
import { useConflictWords } from './useConflictWords';
import { Dialog } from '../ui/Dialog';
import { useErrorWords } from '../ui/errorWords';
import { closeDialog } from '../stores/route';

/** What a colleague has changed meanwhile: both values, whose, when; one chooses for each cell or for all. */
export default function ConflictDialog() {
  const { t: say } = useTranslation('notices');
  const backend = useBackend();
  const held = useBackendStore('outbox', (entries) => entries).filter(isHeld);
  const all = (choose: (requestId: string) => unknown) => {
    held.forEach(({ requestId }) => choose(requestId));
    closeDialog();
  };
  return (
    <Dialog title={say('conflict.title')} onClose={closeDialog} size="lg">
      {held.length === 0 && <p className="app-dim">{say('conflict.none')}</p>}
      {held.map((entry) => (
        <Conflict key={entry.requestId} entry={entry} />
      ))}
      {held.length > 1 && (
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={() => all((id) => backend.discard(id))}>
            {say('conflict.allTheirs')}
          </Button>
          <Button onClick={() => all((id) => backend.insist(id))}>{say('conflict.allMine')}</Button>
        </Group>
      )}
    </Dialog>
  );
}

const NO_ITEMS: readonly ConflictItem[] = [];

function Conflict({ entry }: { entry: OutboxEntry }) {
  const { t: say } = useTranslation('notices');
  const backend = useBackend();
  const words = useErrorWords();
  const { progress, requestId, request } = entry;
  const items = progress.kind === 'conflict' ? progress.items : NO_ITEMS;
  const [mine, setMine] = useState<ReadonlySet<number>>(new Set());
  const isApart = items.length > 1 && isDivisible(request);
  const whole = items.length > 0 ? wholeKind(request) : null;
  const labels = useLabels(progress.kind === 'refused' ? 'refused' : whole);
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
      {progress.kind === 'refused' && <p className="app-tight">{say('conflict.refusedWhy', { reason: words(progress.error) })}</p>}
      {progress.kind === 'stranded' && <p className="app-tight">{say(progress.reason === 'author' ? 'conflict.nobody' : 'conflict.stranded')}</p>}
      {progress.kind !== 'conflict' && <Typed entry={entry} />}
      {whole !== null && <Whole kind={whole} item={items[0]} />}
      {items.length > 0 && <ConflictTable items={items} mine={isApart ? mine : null} isBefore={whole !== null} onPick={pick} />}
      <Group justify="flex-end" gap="xs" mt="xs">
        <Button size="xs" variant="default" onClick={() => backend.discard(requestId)}>
          {labels.drop}
        </Button>
        {isApart && (
          <Button size="xs" variant="default" onClick={choose}>
            {say('conflict.useChosen')}
          </Button>
        )}
        <Button size="xs" {...(whole === 'deletion' ? { color: 'red' } : {})} onClick={() => backend.insist(requestId)}>
          {labels.insist}
        </Button>
      </Group>
    </section>
  );
}

/** The words of the two buttons: to leave it as the others have it, and to do it all the same. */
function useLabels(kind: WholeKind | 'refused' | null): { readonly drop: string; readonly insist: string } {
  const { t: say } = useTranslation('notices');
  const { t: words } = useTranslation('dialogs');
  switch (kind) {
    case 'refused':
      return { drop: say('conflict.drop'), insist: say('conflict.tryAgain') };
    case 'deletion':
      return { drop: words('held.keep'), insist: words('held.delete') };
    case 'publishing':
      return { drop: words('held.dontPublish'), insist: words('held.publish') };
    case null:
      return { drop: say('conflict.useTheirs'), insist: say('conflict.useMine') };
  }
}

/** What its author did as a whole, without values of their own, to something that others have changed. */
function Whole({ kind, item }: { kind: WholeKind; item: ConflictItem | undefined }) {
  const { t } = useTranslation('dialogs');
  const { nameOf } = useConflictWords();
  if (item === undefined) return null;
  return <p className="app-tight">{kind === 'deletion' ? t('held.deleted', { name: nameOf(item) }) : t('held.published')}</p>;
}

/** What it says and how often it was sent: nothing of what was typed is lost. */
function Typed({ entry }: { entry: OutboxEntry }) {
  const { t } = useTranslation();
  const { t: say } = useTranslation('notices');
  const { baseVersion: _base, strategy: _strategy, ...typed } = entry.request.payload as Record<string, unknown>;
  const text = textOf(typed);
  return (
    <p className="app-tight app-dim">
      {text !== '' && say('conflict.refusedText', { text })} {entry.attempts > 1 && `(${t('conflict.tried', { count: entry.attempts })})`}
    </p>
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
