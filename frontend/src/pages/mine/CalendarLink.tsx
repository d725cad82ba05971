import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { ask } from '@/app/stores/ask';
import { useRead, useWrite } from '@/app/stores/rest';
import { toast } from '@/app/stores/toasts';
import { useErrorWords } from '@/app/ui/errorWords';
import { useAnswer } from '@/app/ui/useAnswer';

import { CopyField } from '../people/CopyField';
import { QrCode } from '../people/QrCode';

/** The secret address of one's own calendar. A new one ends the one before, so that is asked. */
export function CalendarLink({ staffId }: { staffId: string }) {
  const { t, i18n } = useTranslation('people');
  const read = useRead();
  const write = useWrite();
  const words = useErrorWords();
  const [url, setUrl] = useState<string | null>(null);
  const status = useAnswer(`feed ${staffId}`, () => read('/api/staff/{staffId}/feed/', { path: { staffId } }));
  const since = status.state === 'ready' && status.value.createdAt !== null ? new Date(status.value.createdAt) : null;
  const make = async () => {
    if (since !== null || url !== null) {
      const answers = [{ value: 'keep', label: t('mine.keep') }, { value: 'renew', label: t('mine.renew'), kind: 'primary' }] as const;
      if ((await ask({ title: t('mine.renewTitle'), text: t('mine.renewText'), answers })) !== 'renew') return;
    }
    try {
      setUrl((await write('post', '/api/staff/{staffId}/feed/', { staffId }, {})).url);
    } catch (error) {
      toast('error', words(error));
    }
  };
  return (
    <section className="my-card" aria-labelledby="my-calendar">
      <h3 id="my-calendar">{t('mine.calendar')}</h3>
      <p className="app-tight app-dim">{t('mine.calendarText')}</p>
      {url !== null && (
        <>
          <CopyField label={t('mine.address')} value={url} />
          <QrCode text={url} label={t('mine.qr')} />
        </>
      )}
      {url === null && since !== null && <p className="app-tight">{t('mine.linked', { day: since.toLocaleDateString(i18n.language, { month: 'long', day: 'numeric' }) })}</p>}
      <Button className="my-make" size="sm" variant="default" onClick={() => void make()}>
        {since === null && url === null ? t('mine.make') : t('mine.renew')}
      </Button>
    </section>
  );
}
