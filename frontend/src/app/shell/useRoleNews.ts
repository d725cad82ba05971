import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';

import { onlyLooks } from '@/realtime/protocol';

import { useBackend } from '../stores/backend';
import { toast } from '../stores/toasts';

/** Says so when somebody has changed what one may do here. */
export function useRoleNews(): void {
  const { t } = useTranslation();
  const { session } = useBackend();
  useEffect(
    () =>
      session.subscribe(({ role }, { role: before }) => {
        if (role === null || before === null || onlyLooks(role) === onlyLooks(before)) return;
        if (onlyLooks(role)) toast('warning', t('shell.nowViewer'), { sticky: true });
        else toast('good', t('shell.nowEditor'));
      }),
    [session, t],
  );
}
