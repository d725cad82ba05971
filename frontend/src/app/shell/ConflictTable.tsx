import { useId } from 'react';
import { useTranslation } from 'react-i18next';

import type { ConflictItem } from '@/realtime/protocol';

import { useConflictWords } from './useConflictWords';

interface Props {
  readonly items: readonly ConflictItem[];
  /** The places of those for which one's own value is chosen; null: there is nothing to choose for one alone. */
  readonly mine: ReadonlySet<number> | null;
  /** What was before beside what is now, where the author has entered no value of their own. */
  readonly isBefore: boolean;
  readonly onPick: (index: number, isMine: boolean) => void;
}

/** Both values of each thing that two have changed, whose, and when. */
export function ConflictTable({ items, mine, isBefore, onPick }: Props) {
  const { t: say } = useTranslation('notices');
  const { t: words } = useTranslation('dialogs');
  return (
    <table className="app-table">
      <thead>
        <tr>
          <th scope="col">{say('conflict.what')}</th>
          <th scope="col">{isBefore ? words('held.before') : say('conflict.mine')}</th>
          <th scope="col">{isBefore ? words('held.now') : say('conflict.theirs')}</th>
          <th scope="col">{say('conflict.who')}</th>
        </tr>
      </thead>
      <tbody>
        {items.map((item, index) => (
          <Item key={index} item={item} mine={mine === null ? null : mine.has(index)} isBefore={isBefore} onPick={(isMine) => onPick(index, isMine)} />
        ))}
      </tbody>
    </table>
  );
}

interface ItemProps {
  readonly item: ConflictItem;
  readonly mine: boolean | null;
  readonly isBefore: boolean;
  readonly onPick: (isMine: boolean) => void;
}

function Item({ item, mine, isBefore, onPick }: ItemProps) {
  const { t, i18n } = useTranslation();
  const { t: say } = useTranslation('notices');
  const name = useId();
  const { what, said } = useConflictWords();
  const where = what(item);
  const when = item.changedAt === null ? '' : new Date(item.changedAt).toLocaleString(i18n.language, { dateStyle: 'short', timeStyle: 'short' });
  const own = isBefore ? item.base : item.yours;
  const value = (isMine: boolean, text: string) =>
    mine === null ? (
      text
    ) : (
      <label className="app-choice">
        <input type="radio" name={name} checked={mine === isMine} onChange={() => onPick(isMine)} aria-label={`${where}: ${say(isMine ? 'conflict.mine' : 'conflict.theirs')} ${text}`} />
        {text}
      </label>
    );
  return (
    <tr>
      <th scope="row">{where}</th>
      <td>{value(true, said(item.field, own, item.theirs))}</td>
      <td>{value(false, said(item.field, item.theirs, own))}</td>
      <td>
        {item.theirAuthor || t('conflict.somebody')} <small className="app-dim">{when}</small>
      </td>
    </tr>
  );
}
