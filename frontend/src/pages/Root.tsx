import { lazy, Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';

import { useBackendStore, useCanEdit, useFollow, useView } from '@/app/stores/backend';
import { Caught } from '@/app/ui/Caught';
import { Coming } from '@/app/ui/Coming';
import { type PageInfo, useRestaurants } from '@/app/stores/page';
import { useRoute } from '@/app/stores/route';
import { beginsWithDay } from '@/app/ui/useMedia';
import { useToday } from '@/app/stores/today';
import { Shell } from '@/app/shell/Shell';
import { Unknown } from '@/app/shell/Unknown';
import { FALLBACK_ZONE, isKnownZone } from '@/grid/days';
import type { Period } from '@/realtime/protocol';

import { currentPeriod } from './schedule/month';
import { Empty } from './schedule/Empty';
import { SchedulePage } from './schedule/SchedulePage';
import { useHeldPeriod } from './useHeldPeriod';

const FirstSteps = lazy(async () => ({ default: (await import('./FirstSteps')).FirstSteps }));
const DayPage = lazy(() => import('./day/DayPage'));
const DashboardPage = lazy(() => import('./dashboards/DashboardPage'));
const MyShiftsPage = lazy(() => import('./mine/MyShiftsPage'));
const MyWishesPage = lazy(() => import('./mine/MyWishesPage'));
const PrintPage = lazy(() => import('./print/PrintPage'));

/** By the name in the address: the dialogs over every page. */
const DIALOGS: Readonly<Record<string, React.ComponentType<{ path: readonly string[]; period: Period | undefined }>>> = {
  staff: lazy(() => import('./staff/StaffDialog')),
  settings: lazy(() => import('./settings/SettingsDialog')),
  people: lazy(() => import('./people/PeopleDialog')),
  tokens: lazy(() => import('./people/TokensDialog')),
  questions: lazy(() => import('./questions/QuestionsDialog')),
};

const NO_PERIODS: readonly Period[] = [];

/** The pages, chosen by the address. */
export function Root({ page }: { page: PageInfo }) {
  const { t } = useTranslation();
  const route = useRoute();
  const restaurant = useRestaurants().current;
  const canEdit = useCanEdit();
  useHome();
  const today = useToday();
  useFollow('calendar');
  const periods = useView(({ calendar }) => calendar?.periods ?? NO_PERIODS);
  const named = useHeldPeriod(periods, route);
  const period = named ?? currentPeriod(periods, today);
  if (route.page === 'print' && period !== undefined) {
    return (
      <Suspense fallback={<Coming />}>
        <PrintPage period={period} today={today} restaurant={restaurant?.name ?? ''} />
      </Suspense>
    );
  }
  const isMine = route.page === 'mine' && !canEdit;
  const [name = '', ...path] = route.dialog;
  const OpenDialog = DIALOGS[name];
  return (
    <Shell page={page} periods={periods} period={period}>
      {route.period !== null && named === undefined && period !== undefined && (
        <p className="app-note" role="status">
          {t('shell.unknownPeriod')}
        </p>
      )}
      {restaurant !== null && <ZoneNote timeZone={restaurant.timezone} />}
      <Caught id={`${route.page} ${route.period ?? ''}`}>
        <Suspense fallback={<Coming />}>
        {period === undefined ? (
          <Nothing />
        ) : isMine ? (
          <MyShiftsPage periods={periods} period={period} today={today} />
        ) : route.page === 'wishes' && !canEdit ? (
          <MyWishesPage periods={periods} today={today} />
        ) : route.page === 'day' ? (
          <DayPage periods={periods} period={period} today={today} />
        ) : route.page === 'dashboard' ? (
          <DashboardPage period={period} today={today} />
        ) : (
          <SchedulePage period={period} today={today} />
        )}
        </Suspense>
      </Caught>
      <Caught id={route.dialog.join('/')}>
        <Suspense fallback={null}>{OpenDialog !== undefined && <OpenDialog path={path} period={period} />}</Suspense>
      </Caught>
    </Shell>
  );
}

/** The staff begin with their own shifts, and a phone with the day that it is. */
function useHome(): void {
  const role = useBackendStore('session', (session) => session.role);
  useEffect(() => {
    if (role === null || window.location.hash !== '') return;
    if (role === 'staff') window.location.replace('#/mine');
    else if (beginsWithDay()) window.location.replace('#/day');
  }, [role]);
}

/** Says by which zone days are counted where the restaurant's own is unknown. */
function ZoneNote({ timeZone }: { timeZone: string }) {
  const { t } = useTranslation();
  if (isKnownZone(timeZone)) return null;
  return (
    <p className="app-note" role="status">
      {t('shell.unknownZone', { zone: timeZone, used: FALLBACK_ZONE })}
    </p>
  );
}

/** A restaurant without a period, or one of which nothing is known yet. */
function Nothing() {
  const { t } = useTranslation();
  const canEdit = useCanEdit();
  const isKnown = useView(({ calendar }) => calendar !== null);
  if (!isKnown) return <Unknown />;
  return canEdit ? <FirstSteps /> : <Empty text={t('shell.noPeriod')} />;
}
