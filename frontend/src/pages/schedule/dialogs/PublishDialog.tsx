import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useBackend, useView } from '@/app/backend';
import { Dialog } from '@/app/Dialog';
import { toast } from '@/app/toasts';
import { Waiting } from '@/app/Waiting';

import { DiffTable } from '../DiffTable';
import type { ScheduleDialogProps } from '../ScheduleDialogs';
import { peopleOf } from '../unplanned';
import { differencesOf, usePublished } from '../usePublished';

/** What publishing would change for those who only look: shown before it is done. */
export default function PublishDialog({ source, month, findings, onClose }: ScheduleDialogProps) {
  const { t } = useTranslation();
  const backend = useBackend();
  const { scheduleId } = source;
  const schedule = useView(({ schedules }) => schedules.get(scheduleId));
  const state = schedule?.state ?? null;
  const [busy, setBusy] = useState(false);
  const answer = usePublished(scheduleId);
  const submit = async (type: 'SCHEDULE_PUBLISH' | 'SCHEDULE_UNPUBLISH') => {
    setBusy(true);
    const outcome = await backend.change({ type, payload: { scheduleId } }).outcome;
    setBusy(false);
    if (outcome.kind !== 'applied') return;
    toast('good', t(type === 'SCHEDULE_PUBLISH' ? 'publish.done' : 'publish.withdrawn'));
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
        {(published) => {
          const differences = differencesOf(published, schedule, month);
          return (
            <>
              <h3 className="app-h3">{t(published.publishedAt === null ? 'publish.first' : 'publish.since', { count: differences.length })}</h3>
              <DiffTable differences={differences} people={month.people} />
            </>
          );
        }}
      </Waiting>
      <Group justify="flex-end" mt="md">
        {state === 'published' && (
          <Button variant="default" color="red" disabled={busy} onClick={() => void submit('SCHEDULE_UNPUBLISH')}>
            {t('publish.withdraw')}
          </Button>
        )}
        {/* Not before one has seen what it would change. */}
        <Button loading={busy} disabled={answer.state !== 'ready'} onClick={() => void submit('SCHEDULE_PUBLISH')}>
          {t('publish.now')}
        </Button>
      </Group>
    </Dialog>
  );
}
