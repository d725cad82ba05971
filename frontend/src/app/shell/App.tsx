import './mantine.css';
import './app.css';

import { MantineProvider } from '@mantine/core';
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';

import type { Http } from '@/api/http';
import type { SignedOutReason } from '@/realtime/transport/connection';

import { asked } from '../stores/ask';
import { type Backend, BackendProvider, useBackendStore } from '../stores/backend';
import { Caught } from '../ui/Caught';
import { forgetPage } from './keptPage';
import { RestProvider } from '../stores/rest';
import { useRoute } from '../stores/route';
import { clearToasts } from '../stores/toasts';
import { schemes, theme } from '../ui/theme';
import { Toasts } from './Toasts';
import { useInputMethods } from './inputMethods';
import { useKeptNews } from './keeping';
import { useLeaving } from './leaving';
import { useNotices } from './useNotices';
import { useRoleNews } from './useRoleNews';

interface Props {
  readonly backend: Backend;
  readonly rest: Http;
  /** What is shown to those who are signed in. */
  readonly children: ReactNode;
}

/** The whole application. Styles are files: no variable or class is injected into the page. */
export function App({ backend, rest, children }: Props) {
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" colorSchemeManager={schemes} withCssVariables={false} withGlobalClasses={false}>
      <BackendProvider client={backend}>
        <RestProvider value={rest}>
          <Caught id="app">
            <Inside>{children}</Inside>
          </Caught>
          <Toasts />
        </RestProvider>
      </BackendProvider>
    </MantineProvider>
  );
}

function Inside({ children }: { children: ReactNode }) {
  useNotices();
  useLeaving();
  useInputMethods();
  useRoleNews();
  useKeptNews();
  const connection = useBackendStore('connection', (state) => state);
  if (connection.state === 'signedOut') return <SignedOut reason={connection.reason} />;
  if (connection.state === 'outOfDate') return <OutOfDate />;
  return (
    <>
      {children}
      <Dialogs />
    </>
  );
}

/** By the name in the address: what may be opened from everywhere. */
const palette = () => import('./Palette');
const DIALOGS: Readonly<Record<string, React.ComponentType>> = {
  palette: lazy(palette),
  keys: lazy(() => import('./KeysDialog')),
  conflicts: lazy(() => import('./ConflictDialog')),
};

const Asking = lazy(() => import('./Asking'));

function Dialogs() {
  const [name = ''] = useRoute().dialog;
  const Found = DIALOGS[name];
  const isAsking = useStore(asked, (question) => question !== null);
  useEffect(() => {
    // Read ahead: what is typed right after Ctrl+K must not go into the grid.
    const timer = setTimeout(() => void palette().catch(() => undefined), 1_000);
    return () => clearTimeout(timer);
  }, []);
  return (
    <Caught id={name}>
      <Suspense fallback={null}>
        {Found !== undefined && <Found />}
        {isAsking && <Asking />}
      </Suspense>
    </Caught>
  );
}

const OtherRestaurants = lazy(() => import('./OtherRestaurants'));
const OVER = { unauthenticated: 'shell.signedOut', forbidden: 'shell.forbidden', otherUser: 'shell.otherUser' } as const;

function SignedOut({ reason }: { reason: SignedOutReason }) {
  const { t } = useTranslation();
  const forbidden = reason === 'forbidden';
  const { pathname, search, hash } = window.location;
  useEffect(() => {
    clearToasts();
    if (!forbidden) void forgetPage();
  }, [forbidden]);
  return (
    <main className="app-empty">
      <p>{t(OVER[reason])}</p>
      {forbidden && (
        <Suspense fallback={null}>
          <OtherRestaurants />
        </Suspense>
      )}
      <a className="app-link" href={`/sign-in/?next=${encodeURIComponent(pathname + search + hash)}`}>
        {t('shell.signIn')}
      </a>
      {reason === 'otherUser' && (
        <button type="button" className="app-link" onClick={() => window.location.reload()}>
          {t('shell.reload')}
        </button>
      )}
    </main>
  );
}

function OutOfDate() {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  return (
    <main className="app-empty">
      <p>{t('shell.outOfDate')}</p>
      <button
        type="button"
        className="app-link"
        disabled={busy}
        onClick={() => {
          setBusy(true);
          window.location.reload();
        }}
      >
        {t('shell.reload')}
      </button>
    </main>
  );
}
