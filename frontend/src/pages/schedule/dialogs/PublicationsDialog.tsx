import '@/i18n/dialogs';

import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import { useBackend, useView } from '@/app/stores/backend';
import { Dialog } from '@/app/ui/Dialog';
import { toast } from '@/app/stores/toasts';
import { useAnswer } from '@/app/ui/useAnswer';
import { Waiting } from '@/app/ui/Waiting';

import type { ScheduleDialogProps } from './props';
import { Readers } from './Readers';
import { SeenBy } from '../SeenBy';

/** Who published the month and when, who has seen that, and a way to show one of them again. */
export default function PublicationsDialog({ source, onClose }: ScheduleDialogProps) {
  const { t, i18n } = useTranslation('dialogs');
  const { t: app } = useTranslation();
  const backend = useBackend();
  const { scheduleId } = source;
  const state = useView(({ schedules }) => `${schedules.get(scheduleId)?.state ?? ''} ${schedules.get(scheduleId)?.publishedAt ?? ''}`);
  const answer = useAnswer(`${scheduleId} ${state}`, async () => (await backend.query('PUBLICATIONS_REQUEST', { scheduleId })).publications);
  const restore = async (number: number) => {
    const outcome = await backend.change({ type: 'SCHEDULE_RESTORE_PUBLICATION', payload: { scheduleId, number } }).outcome;
    if (outcome.kind === 'applied') toast('good', app('publish.restored'));
  };
  return (
    <Dialog title={t('publication.title')} onClose={onClose} size="lg">
      <Waiting answer={answer}>
        {(publications) => (
          <>
            {publications.some(({ isShown }) => isShown) && <Readers scheduleId={scheduleId} state={state} />}
            {publications.length === 0 && <p className="app-dim">{t('publication.none')}</p>}
            <ul className="sp-publications">
              {publications.map(({ number, publishedAt, publishedBy, isShown, seenBy }) => (
                <li key={number}>
                  <div className="sp-publication">
                    <b>{t('publication.number', { number })}</b>
                    <span>
                      {new Date(publishedAt).toLocaleString(i18n.language, { dateStyle: 'medium', timeStyle: 'short' })}{' '}
                      {t('publication.by', { name: publishedBy ?? t('publication.system') })}
                    </span>
                    {isShown ? (
                      <em>{t('publication.shown')}</em>
                    ) : (
                      <Button variant="default" size="xs" onClick={() => void restore(number)}>
                        {t('publication.showAgain')}
                      </Button>
                    )}
                  </div>
                  <SeenBy seenBy={seenBy} />
                </li>
              ))}
            </ul>
          </>
        )}
      </Waiting>
    </Dialog>
  );
}
