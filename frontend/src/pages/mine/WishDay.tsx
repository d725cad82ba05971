import '@mantine/core/styles/Input.css';

import { Button, Group, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import { useBackend } from '@/app/stores/backend';
import { useUnsaid } from '@/app/stores/unsaid';
import { Dialog } from '@/app/ui/Dialog';
import type { DateKey, ShiftType, Wish } from '@/realtime/protocol';
import { uuid } from '@/realtime/protocol/ids';

import { useDayWords } from './DayDetails';
import type { OwnWish, Standing } from './ownWishes';
import { useWishWords } from './wishWords';

interface Props {
  readonly scheduleId: string;
  readonly staffId: string;
  readonly day: DateKey;
  readonly wish: OwnWish | undefined;
  readonly standing: Standing | null;
  /** Why nothing can be done about the day. */
  readonly closed: string | null;
  readonly shifts: readonly ShiftType[];
  /** Whether the restaurant is closed on the day: a wish is then hardly needed, but it may be opened yet. */
  readonly isClosed: boolean;
  readonly onClose: () => void;
}

type Wished = Pick<Wish, 'kind' | 'shiftValue'>;

/** What one wishes for a day: chosen by one tap, and withdrawn. What is done is kept here at once, and sent when there is a network. */
export function WishDay({ scheduleId, staffId, day, wish, standing, closed, shifts, isClosed, onClose }: Props) {
  const { t } = useTranslation('people');
  const backend = useBackend();
  const dayWords = useDayWords();
  const { said, nameOf } = useWishWords(shifts);
  const { text: note, set: setNote, forget } = useUnsaid(`wish ${staffId} ${day}`, wish?.note ?? '');
  const choices: readonly Wished[] = [{ kind: 'off', shiftValue: '' }, { kind: 'cannot', shiftValue: '' }, ...shifts.map(({ symbol }) => ({ kind: 'prefer' as const, shiftValue: symbol }))];
  const isChosen = ({ kind, shiftValue }: Wished) => wish?.kind === kind && wish.shiftValue === shiftValue;
  const choose = (wished: Wished) => {
    const named = wished.kind === 'prefer' ? wished : { kind: wished.kind };
    if (wish === undefined) backend.change({ type: 'WISH_CREATE', payload: { id: uuid(), scheduleId, staffId, dateKey: day, note, ...named } });
    else if (!isChosen(wished) || note !== wish.note) backend.change({ type: 'WISH_UPDATE', payload: { wishId: wish.id, changes: { ...(isChosen(wished) ? {} : named), note } } });
    forget();
    onClose();
  };
  // A note to a wish that is there already is sent by closing, too: whoever typed it has nothing more to choose.
  const close = () => (wish !== undefined && closed === null && note !== wish.note ? choose(wish) : onClose());
  const withdraw = (id: string) => {
    backend.change({ type: 'WISH_DELETE', payload: { wishId: id } });
    forget();
    onClose();
  };
  return (
    <Dialog title={dayWords(day)} onClose={close}>
      {wish !== undefined && standing !== null && (
        <p className="app-tight">
          <b>{said(wish)}</b> — {t(`wish.states.${standing}`)}
          {wish.answer !== '' && <q className="my-answer">{wish.answer}</q>}
        </p>
      )}
      {isClosed && <p className="app-tight">{t('wish.isClosed')}</p>}
      {closed !== null ? (
        <p className="app-tight">{closed}</p>
      ) : (
        <>
          <div className="my-choices" role="group" aria-label={t('wish.choose')}>
            {choices.map((each) => (
              <button key={`${each.kind} ${each.shiftValue}`} type="button" aria-pressed={isChosen(each)} onClick={() => choose(each)}>
                {each.kind === 'prefer' ? t('wish.prefer', { shift: nameOf(each.shiftValue) }) : said(each)}
              </button>
            ))}
          </div>
          <TextInput mt="md" size="md" label={t('wish.note')} maxLength={200} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
          {wish !== undefined && (
            <Group justify="space-between" mt="md">
              <Button size="md" variant="subtle" color="red" onClick={() => withdraw(wish.id)}>
                {t('wish.withdraw')}
              </Button>
              {note !== wish.note && (
                <Button size="md" variant="default" onClick={() => choose(wish)}>
                  {t('wish.saveNote')}
                </Button>
              )}
            </Group>
          )}
        </>
      )}
    </Dialog>
  );
}
