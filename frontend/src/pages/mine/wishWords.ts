import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

import type { ShiftType, Wish } from '@/realtime/protocol';

/** Wishes in their author's words, with shifts by the names that the restaurant gives them. */
export function useWishWords(shifts: readonly ShiftType[]) {
  const { t, i18n } = useTranslation('people');
  const nameOf = useCallback(
    (symbol: string) => {
      const type = shifts.find((each) => each.symbol === symbol);
      const label = (i18n.language === 'ja' ? type?.labelJa : type?.labelEn) ?? '';
      return label === '' ? symbol : label;
    },
    [shifts, i18n.language],
  );
  const said = useCallback(({ kind, shiftValue }: Pick<Wish, 'kind' | 'shiftValue'>) => t(`wish.${kind}`, { shift: nameOf(shiftValue) }), [t, nameOf]);
  return { said, nameOf };
}
