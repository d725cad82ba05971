import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useRead, useWrite } from '@/app/stores/rest';
import { useAnswer } from '@/app/ui/useAnswer';
import { Waiting } from '@/app/ui/Waiting';

const STATES = ['unseen', 'no_account', 'edits', 'seen'] as const;

/** Who of a published month has seen what it is for them; who has not is told again by a button, once a day. */
export function Readers({ scheduleId, state }: { scheduleId: string; state: string }) {
  const { t } = useTranslation('dialogs');
  const read = useRead();
  const write = useWrite();
  const [isAsked, setAsked] = useState(false);
  const answer = useAnswer(`readers ${scheduleId} ${state}`, () => read('/api/schedules/{id}/readers/', { path: { id: scheduleId } }));
  const reminded = useAnswer(isAsked ? `remind ${scheduleId} ${state}` : null, () => write('post', '/api/schedules/{id}/readers/remind/', { id: scheduleId }, {}));
  return (
    <section aria-label={t('readers.title')} className="sp-readers">
      <Waiting answer={answer}>
        {({ readers }) => {
          const unseen = readers.filter((each) => each.state === 'unseen');
          return (
            <>
              <dl>
                {STATES.map((each) => {
                  const names = readers.filter((reader) => reader.state === each).map(({ name }) => name);
                  if (names.length === 0) return null;
                  return (
                    <div key={each}>
                      <dt>{t(`readers.${each}`, { count: names.length })}</dt>
                      <dd>{names.join(t('readers.comma'))}</dd>
                    </div>
                  );
                })}
              </dl>
              {isAsked && <Waiting answer={reminded}>{() => <p role="status">{t('readers.reminded')}</p>}</Waiting>}
              {!isAsked && unseen.length > 0 && (
                <Button variant="default" size="sm" onClick={() => setAsked(true)}>
                  {t('readers.remind', { count: unseen.length })}
                </Button>
              )}
            </>
          );
        }}
      </Waiting>
    </section>
  );
}
