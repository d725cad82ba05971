import { Button, Group, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import { ask } from '@/app/stores/ask';
import { useBackend, useCanEdit } from '@/app/stores/backend';
import { openDialog } from '@/app/stores/route';
import { useUnsaid } from '@/app/stores/unsaid';
import type { ShiftValue, Wish } from '@/realtime/protocol';

import { isOpen } from '../wishes';
import { useAnswerWishes } from './useAnswerWishes';

interface Props {
  readonly wish: Wish;
  /** What its cell holds. */
  readonly value: ShiftValue;
  readonly scheduleId: string;
}

/** One wish, with what was said to it, and what a manager can say. */
export function Answering({ wish, value, scheduleId }: Props) {
  const { t } = useTranslation('wishes');
  const { t: app } = useTranslation();
  const canEdit = useCanEdit();
  const backend = useBackend();
  const answer = useAnswerWishes(scheduleId);
  const { text: word, set: setWord, forget } = useUnsaid(`wish word ${wish.id}`);
  const open = isOpen(wish, value);
  const by = wish.isOwn ? t('byThemselves') : wish.madeBy === null ? '' : t('by', { name: wish.madeBy });
  const details = [wish.note, by, open ? '' : t(`states.${wish.state}`), open ? '' : wish.answer].filter((text) => text !== '');
  const ids = [wish.id];
  const say = async (state: 'taken' | 'declined') => {
    if (await answer(state, ids, word)) forget();
  };
  const remove = async () => {
    const question = { title: t('removeTitle'), text: t(wish.isOwn ? 'removeOwn' : 'removeText'), answers: [{ value: 'no', label: t('keep') }, { value: 'yes', label: t('remove'), kind: 'danger' }] } as const;
    if ((await ask(question)) === 'yes') backend.change({ type: 'WISH_DELETE', payload: { wishId: wish.id } });
  };
  return (
    <>
      <p className="app-tight">
        <b>{app(`wishes.${wish.kind}`, { shift: wish.shiftValue })}</b>
        {details.map((text) => (
          <span key={text} className="app-dim">
            {' — '}
            {text}
          </span>
        ))}
      </p>
      {canEdit && open && <TextInput label={t('word')} maxLength={200} value={word} onChange={(event) => setWord(event.currentTarget.value)} />}
      {canEdit && (
        <Group justify="space-between" mt="md">
          <Button variant="subtle" color="red" onClick={() => void remove()}>
            {t('remove')}
          </Button>
          <Group gap="sm">
            {open ? (
              <>
                <Button variant="default" onClick={() => void say('declined')}>
                  {t('decline')}
                </Button>
                <Button data-autofocus onClick={() => void say('taken')}>
                  {t('take')}
                </Button>
              </>
            ) : (
              <Button variant="default" onClick={() => void answer('open', ids)}>
                {t('reopen')}
              </Button>
            )}
          </Group>
        </Group>
      )}
      <Button mt="sm" variant="subtle" size="compact-md" onClick={() => openDialog('wishes')}>
        {t('all')}
      </Button>
    </>
  );
}
