import { lazy, Suspense } from 'react';

import { Caught } from '@/app/ui/Caught';
import { closeDialog, useRoute } from '@/app/stores/route';

import type { ScheduleDialogProps } from './dialogs/props';

/** By the name in the address. Each is loaded when it is first opened. */
const DIALOGS: Readonly<Record<string, React.ComponentType<ScheduleDialogProps>>> = {
  problems: lazy(() => import('./dialogs/ProblemsSheet')),
  history: lazy(() => import('./dialogs/HistoryDialog')),
  copy: lazy(() => import('./dialogs/CopyDialog')),
  generate: lazy(() => import('./dialogs/GenerateDialog')),
  publish: lazy(() => import('./dialogs/PublishDialog')),
  withdraw: lazy(() => import('./dialogs/WithdrawDialog')),
  publications: lazy(() => import('./dialogs/PublicationsDialog')),
  import: lazy(() => import('./dialogs/ImportDialog')),
  swaps: lazy(() => import('./dialogs/SwapsDialog')),
  wish: lazy(() => import('./dialogs/WishDialog')),
  wishes: lazy(() => import('./dialogs/WishesDialog')),
  ics: lazy(() => import('./dialogs/CalendarDialog')),
};

/** The dialogs that are about one schedule. */
export function ScheduleDialogs(props: Omit<ScheduleDialogProps, 'path' | 'onClose'>) {
  const [name = '', ...path] = useRoute().dialog;
  const Found = DIALOGS[name];
  if (Found === undefined) return null;
  return (
    <Caught id={`${name} ${path.join(' ')}`}>
      <Suspense fallback={null}>
        <Found {...props} path={path} onClose={closeDialog} />
      </Suspense>
    </Caught>
  );
}
