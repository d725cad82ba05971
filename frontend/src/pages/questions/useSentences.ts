import { useTranslation } from 'react-i18next';

import { isRemoved, type Line } from './lines';

/** Whom a line is about. */
export function useWho(): (line: Line) => string {
  const { t } = useTranslation('questions');
  return ({ of, shift }) => {
    if (shift === 'any') return of === '' ? t('everybody') : of;
    const name = t(`shifts.${shift}`);
    return of === '' ? name : t('ofShift', { of, shift: name });
  };
}

/** What the changed lines will be, a sentence for each. */
export function useSentences(): (changed: readonly Line[]) => readonly string[] {
  const { t } = useTranslation('questions');
  const who = useWho();
  const removed = (line: Line) => {
    if (line.kind === 'atWork') return t('about', { part: t('parts.atWork'), who: who(line) });
    return line.kind === 'daysAWeek' ? t('about', { part: t('parts.weeks'), who: line.of }) : t(`questions.${line.kind}`);
  };
  const said = (line: Line): string => {
    const { kind, weekend } = line;
    const count = line.count ?? 0;
    if (kind === 'noEarlyAfterLate') return t('say.noEarlyAfterLate');
    if (kind !== 'atWork') return t(`say.${kind}`, { count, who: line.of });
    return weekend === null || weekend === count ? t('say.atWork', { count, who: who(line) }) : t('say.atWorkBoth', { count, weekend, who: who(line) });
  };
  const sentence = (line: Line) =>
    isRemoved(line) ? t('removed', { what: removed(line) }) : t('saying', { what: said(line), strict: t(line.isHard ? 'strict.hard' : 'strict.soft') });
  return (changed) => {
    const least = changed.find(({ kind }) => kind === 'leastDaysOff');
    const most = changed.find(({ kind }) => kind === 'mostDaysOff');
    const days = least?.count ?? null;
    if (least === undefined || most === undefined || days === null || days !== most.count || least.isHard !== most.isHard) return changed.map(sentence);
    const exactly = t('saying', { what: t('say.exactDaysOff', { count: days }), strict: t(least.isHard ? 'strict.hard' : 'strict.soft') });
    return [exactly, ...changed.filter((line) => line !== least && line !== most).map(sentence)];
  };
}
