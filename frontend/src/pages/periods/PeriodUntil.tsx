import '@/i18n/wishes';

import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import { useFollow, useView } from '@/app/stores/backend';
import { useToday } from '@/app/stores/today';
import type { Period } from '@/realtime/protocol';
import { scheduleKey } from '@/realtime/state/state';

import { termsOf } from '../mine/ownWishes';
import { Until } from '../mine/WishTerms';

/** Until when the staff may wish for a period, and the way to where that is set. */
export function PeriodUntil({ period: { index, scheduleId } }: { period: Period }) {
  const { t } = useTranslation();
  const { t: words } = useTranslation('wishes');
  const id = scheduleId ?? '';
  useFollow(scheduleKey(id));
  const schedule = useView(({ schedules }) => schedules.get(id));
  const restaurant = useView(({ calendar }) => calendar?.restaurant);
  const today = useToday();
  if (schedule === undefined) return null;
  return (
    <p className="app-tight">
      {t('wishes.title')}: <Until terms={termsOf(schedule, restaurant)} today={today} />{' '}
      <Button component="a" href={`#/schedule/${index}?dialog=wishes`} size="compact-sm" variant="subtle">
        {words('terms')}
      </Button>
    </p>
  );
}
