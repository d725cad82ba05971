import '@/i18n/dialogs';

import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useBackend } from '@/app/stores/backend';
import { Dialog } from '@/app/ui/Dialog';
import { toast } from '@/app/stores/toasts';
import { Waiting } from '@/app/ui/Waiting';

import { PublicationChanges } from '../PublicationChanges';
import type { ScheduleDialogProps } from './props';
import { peopleOf } from '../unplanned';
import { factCount, usePublicationPreview } from '../usePublished';

/** What publishing would change for those who only look: shown before it is done. */
export default function PublishDialog({ source, month, findings, onClose }: ScheduleDialogProps) {
  const { t } = useTranslation();
  const { t: words } = useTranslation('dialogs');
  const backend = useBackend();
  const { scheduleId } = source;
  const [busy, setBusy] = useState(false);
  const answer = usePublicationPreview(scheduleId);
  const publish = async () => {
    setBusy(true);
    const outcome = await backend.change({ type: 'SCHEDULE_PUBLISH', payload: { scheduleId } }).outcome;
    setBusy(false);
    if (outcome.kind !== 'applied') return;
    toast('good', t('publish.done'));
    onClose();
  };
  const { violations, unplanned, state: checked } = findings;
  const hard = violations.filter((each) => each.isHard && !source.isAccepted(each)).length;
  return (
    <Dialog title={t('publish.title')} onClose={onClose} size="lg">
      <p className="app-tight">{t('publish.what')}</p>
      {checked !== 'checked' && <p className="app-warning">{t(`problems.${checked}`)}</p>}
      {hard > 0 && <p className="app-warning">{t('publish.problems', { count: hard })}</p>}
      {unplanned.length > 0 && <p className="app-warning">{t('problems.unplanned', { count: peopleOf(unplanned).size })}</p>}
      <Waiting answer={answer}>
        {(preview) => {
          const count = preview.diff.length + factCount(preview.changes);
          return (
            <>
              <h3 className="app-h3">{t(preview.publication === null ? 'publish.first' : 'publish.since', { count })}</h3>
              {preview.publication !== null && count === 0 && <p className="app-dim">{words('publication.nothing')}</p>}
              <PublicationChanges preview={preview} people={month.people} />
            </>
          );
        }}
      </Waiting>
      <Group justify="flex-end" mt="md">
        {/* Not before one has seen what it would change. */}
        <Button loading={busy} disabled={answer.state !== 'ready'} onClick={() => void publish()}>
          {t('publish.now')}
        </Button>
      </Group>
    </Dialog>
  );
}
