import '@/i18n/dialogs';

import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useBackend } from '@/app/stores/backend';
import { Dialog } from '@/app/ui/Dialog';
import { toast } from '@/app/stores/toasts';
import { Waiting } from '@/app/ui/Waiting';

import type { ScheduleDialogProps } from './props';
import { SeenBy } from '../SeenBy';
import { usePublicationPreview } from '../usePublished';

/** Takes a month away from those who look at it: asked with who has seen it, and with a way back. */
export default function WithdrawDialog({ source, onClose }: ScheduleDialogProps) {
  const { t } = useTranslation('dialogs');
  const { t: app } = useTranslation();
  const backend = useBackend();
  const { scheduleId } = source;
  const answer = usePublicationPreview(scheduleId);
  const [busy, setBusy] = useState(false);
  const restore = async () => {
    const outcome = await backend.change({ type: 'SCHEDULE_RESTORE_PUBLICATION', payload: { scheduleId } }).outcome;
    if (outcome.kind === 'applied') toast('good', app('publish.restored'));
  };
  const withdraw = async () => {
    setBusy(true);
    const outcome = await backend.change({ type: 'SCHEDULE_UNPUBLISH', payload: { scheduleId } }).outcome;
    setBusy(false);
    if (outcome.kind !== 'applied') return;
    toast('good', app('publish.withdrawn'), { action: { label: app('publish.undo'), run: () => void restore() }, sticky: true });
    onClose();
  };
  return (
    <Dialog title={t('publication.withdrawTitle')} onClose={onClose}>
      <Waiting answer={answer}>{({ seenBy }) => <SeenBy seenBy={seenBy} />}</Waiting>
      <p>{t('publication.withdrawText')}</p>
      <Group justify="space-between" mt="md">
        <Button variant="subtle" color="red" loading={busy} disabled={answer.state === 'loading'} onClick={() => void withdraw()}>
          {t('publication.withdraw')}
        </Button>
        <Button data-autofocus onClick={onClose}>
          {t('publication.keep')}
        </Button>
      </Group>
    </Dialog>
  );
}
