import { ActionIcon, Button, useMantineColorScheme } from '@mantine/core';
import { lazy, type ReactNode, Suspense, useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { formatPeriod, formatPeriodShortly } from '@/grid/days';
import { isTaken, shortcutOf, writesText } from '@/grid/keys';
import { setLanguage } from '@/i18n';
import type { Period } from '@/realtime/protocol';

import { useBackendStore, useCanEdit, useIsOwner } from '../stores/backend';
import { type Command, useCommands } from './commands';
import { useLeave } from './leaving';
import { DropMenu } from '../ui/DropMenu';
import type { MenuItem } from '../ui/dropped';
import { Icon, type IconName } from '../ui/Icon';
import { InvitationNote } from './InvitationNote';
import { type PageInfo, restaurantUrl, useRestaurants } from '../stores/page';
import { useCarryOut } from '../stores/rest';
import { go, openDialog, type PageName, useRoute } from '../stores/route';
import { useErrorWords } from '../ui/errorWords';
import { StateIndicator, VersionBadge } from './StateIndicator';
import { PeopleHere } from './PeopleHere';

/** Hardly anybody has what it is about; where its file cannot be had it is made another time. */
const MigrationOffer = lazy(() => import('./MigrationOffer').catch(() => ({ default: () => null })));
/** The server's page on which a restaurant begins. */
const BEGIN_URL = '/begin/';
const ACCOUNT_URL = '/account/';

interface Props {
  readonly page: PageInfo;
  readonly periods: readonly Period[];
  readonly period: Period | undefined;
  readonly children: ReactNode;
}

/** The frame around every page: one line on top, and the page below it. */
export function Shell({ page, periods, period, children }: Props) {
  const { t } = useTranslation();
  useShellCommands();
  useShellKeys();
  return (
    <div className="app-shell">
      <a className="app-skip" href="#main">
        {t('shell.skip')}
      </a>
      <header className="app-header">
        <RestaurantMenu />
        <PeriodSwitcher periods={periods} period={period} />
        <Pages />
        <span className="app-fill" />
        <PeopleHere />
        <VersionBadge />
        <StateIndicator />
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={t('palette.title')}
          title={`${t('palette.title')} (Ctrl+K)`}
          onClick={() => openDialog('palette')}
        >
          <Icon name="search" />
        </ActionIcon>
        <MainMenu page={page} />
      </header>
      <NothingKept />
      <InvitationNote />
      <Suspense fallback={null}>
        <MigrationOffer />
      </Suspense>
      <main id="main" className="app-main" tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}

/** Said where the browser has no store for us, however it refuses it. */
function NothingKept() {
  const { t } = useTranslation();
  const keeps = useBackendStore('keeps', (value) => value);
  return keeps ? null : (
    <p className="app-note" role="status">
      {t('shell.nothingKept')}
    </p>
  );
}

function RestaurantMenu() {
  const { all, current } = useRestaurants();
  const { t } = useTranslation();
  const { openRestaurant } = useLeave();
  const name = current?.name ?? 'ShiftSync';
  const mark = <img className="app-mark" src="/static/shiftsync/icon.svg" alt="" />;
  if (all.length < 2) {
    return (
      <h1 className="app-restaurant">
        {mark}
        <span>{name}</span>
      </h1>
    );
  }
  const items = all.map(({ id, name: label }) => ({ id, label, run: () => openRestaurant(restaurantUrl(id)), checked: id === current?.id }));
  return (
    <DropMenu
      items={[{ kind: 'heading', label: t('shell.restaurant') }, ...items]}
      button={
        <Button variant="subtle" color="gray" className="app-restaurant" leftSection={mark} rightSection={<Icon name="chevronDown" size={14} />}>
          {name}
        </Button>
      }
    />
  );
}

function PeriodSwitcher({ periods, period }: { periods: readonly Period[]; period: Period | undefined }) {
  const { t, i18n } = useTranslation();
  if (period === undefined) return null;
  const label = ({ startDate, endDate }: Period) => formatPeriod(startDate, endDate, i18n.language);
  const to = (index: number) => go({ period: index, dialog: [] });
  const items = periods.map((each) => ({
    id: each.id,
    label: each.state === 'published' ? `${label(each)} · ${t('publish.published')}` : label(each),
    checked: each.id === period.id,
    run: () => to(each.index),
  }));
  return (
    <div className="app-period" role="group" aria-label={t('shell.period')}>
      <Step icon="chevronLeft" label={t('shell.before')} disabled={period.index <= 0} onClick={() => to(period.index - 1)} />
      <DropMenu
        items={items}
        button={
          <Button variant="subtle" color="gray" className="app-period-name">
            <span className="app-where-wide">{label(period)}</span>
            <span className="app-where-narrow">{formatPeriodShortly(period.startDate, period.endDate, i18n.language)}</span>
          </Button>
        }
      />
      <Step icon="chevronRight" label={t('shell.after')} disabled={period.index >= periods.length - 1} onClick={() => to(period.index + 1)} />
    </div>
  );
}

function Step({ icon, label, disabled, onClick }: { icon: IconName; label: string; disabled: boolean; onClick: () => void }) {
  return (
    <ActionIcon variant="subtle" color="gray" size="lg" aria-label={label} title={label} disabled={disabled} onClick={onClick}>
      <Icon name={icon} />
    </ActionIcon>
  );
}

const MINE = ['mine', 'people'] as const;
const SHOWN: readonly (readonly [Exclude<PageName, 'print' | 'wishes'>, IconName])[] = [
  ['day', 'day'],
  ['schedule', 'calendar'],
  ['dashboard', 'chart'],
];

function Pages() {
  const { t } = useTranslation();
  const { page } = useRoute();
  const role = useBackendStore('session', (session) => session.role);
  return (
    <nav className="app-pages" aria-label={t('shell.pages')}>
      {(role === 'staff' ? [MINE, ...SHOWN] : SHOWN).map(([name, icon]) => (
        <button
          key={name}
          type="button"
          className={`app-page app-to-${name}${page === name ? ' app-on' : ''}`}
          aria-current={page === name ? 'page' : undefined}
          onClick={() => go({ page: name, dialog: [] })}
        >
          <Icon name={icon} size={16} />
          {t(`pages.${name}`)}
        </button>
      ))}
    </nav>
  );
}

function MainMenu({ page }: { page: PageInfo }) {
  const { t, i18n } = useTranslation();
  const leave = useLeave();
  const isOwner = useIsOwner();
  const canEdit = useCanEdit();
  const carryOut = useCarryOut();
  const words = useErrorWords();
  const { current } = useRestaurants();
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  const other = i18n.language === 'ja' ? 'en' : 'ja';
  const schemes = (['light', 'dark', 'auto'] as const).map((scheme) => ({
    id: scheme,
    label: t(`theme.${scheme}`),
    icon: SCHEME_ICONS[scheme],
    checked: colorScheme === scheme,
    run: () => setColorScheme(scheme),
  }));
  const quit = async () => {
    if (current !== null) await (await import('./quit')).quit(current, carryOut, t, words);
  };
  const items: MenuItem[] = [
    { id: 'staff', icon: 'people', label: t('staff.title'), run: () => openDialog('staff') },
    { id: 'settings', icon: 'settings', label: t('shell.settings'), run: () => openDialog('settings') },
    ...(canEdit ? [{ id: 'people', icon: 'lock', label: t('shell.accounts'), run: () => openDialog('people') } as const] : []),
    ...(isOwner ? [{ id: 'begin', icon: 'plus', label: t('shell.begin'), run: () => leave.openRestaurant(BEGIN_URL) } as const] : []),
    { kind: 'divider' },
    { id: 'language', icon: 'language', label: other === 'ja' ? '日本語' : 'English', lang: other, run: () => void setLanguage(other) },
    ...schemes,
    { kind: 'divider' },
    { id: 'keys', icon: 'help', label: t('keys.title'), keys: '?', run: () => openDialog('keys') },
    { id: 'account', icon: 'lock', label: t('shell.account'), run: () => leave.openRestaurant(ACCOUNT_URL) },
    { id: 'tokens', icon: 'lock', label: t('shell.tokens'), run: () => openDialog('tokens') },
    { id: 'quit', icon: 'close', label: t('shell.quit'), run: () => void quit() },
    { id: 'out', icon: 'signOut', label: page.userName === '' ? t('shell.signOut') : `${t('shell.signOut')} · ${page.userName}`, run: leave.signOut },
  ];
  return (
    <DropMenu
      end
      width={240}
      items={items}
      button={
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('shell.menu')} title={t('shell.menu')}>
          <Icon name="menu" />
        </ActionIcon>
      }
    />
  );
}

const SCHEME_ICONS = { light: 'sun', dark: 'moon', auto: 'device' } as const;

function useShellCommands(): void {
  const { t, i18n } = useTranslation();
  const { setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  const { all, current } = useRestaurants();
  const leave = useLeave();
  const other = i18n.language === 'ja' ? 'en' : 'ja';
  useCommands(
    useMemo<Command[]>(
      () => [
        { id: 'page-schedule', label: t('pages.schedule'), run: () => go({ page: 'schedule', dialog: [] }) },
        { id: 'page-dashboard', label: t('pages.dashboard'), run: () => go({ page: 'dashboard', dialog: [] }) },
        { id: 'staff', label: t('staff.title'), also: 'staff', run: () => openDialog('staff') },
        { id: 'settings', label: t('shell.settings'), also: 'settings', run: () => openDialog('settings') },
        { id: 'keys', label: t('keys.title'), also: 'help keys', keys: '?', run: () => openDialog('keys') },
        { id: 'language', label: other === 'ja' ? '日本語で表示' : 'Show in English', run: () => void setLanguage(other) },
        { id: 'light', label: t('theme.light'), also: 'light', run: () => setColorScheme('light') },
        { id: 'dark', label: t('theme.dark'), also: 'dark', run: () => setColorScheme('dark') },
        ...all
          .filter(({ id }) => id !== current?.id)
          .map(({ id, name }) => ({ id: `restaurant-${id}`, label: t('shell.changeTo', { name }), also: 'restaurant', run: () => leave.openRestaurant(restaurantUrl(id)) })),
        { id: 'sign-out', label: t('shell.signOut'), also: 'sign out', run: leave.signOut },
      ],
      // eslint-disable-next-line react-hooks/exhaustive-deps -- what `leave` does depends on the backend alone, which stays
      [t, other, setColorScheme, all, current],
    ),
  );
}

/** Ctrl+K and `?`, wherever the focus is, but not while one types. */
function useShellKeys(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (isTaken(event)) return;
      const key = shortcutOf(event);
      const isPalette = (event.ctrlKey || event.metaKey) && !event.altKey && key === 'k';
      if (isPalette || (key === '?' && !writesText(event.target))) {
        event.preventDefault();
        openDialog(isPalette ? 'palette' : 'keys');
      }
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}

/** Said once at the top where a viewer might look for a way to edit. */
export function ViewerNote() {
  const { t } = useTranslation();
  const canEdit = useCanEdit();
  const role = useBackendStore('session', (session) => session.role);
  return canEdit || role === null ? null : <span className="app-viewer">{t('shell.viewer')}</span>;
}
