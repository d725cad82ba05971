import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import '@/i18n/people';
import { Dialog } from '@/app/ui/Dialog';
import { useErrorWords } from '@/app/ui/errorWords';
import { useWrite } from '@/app/stores/rest';
import { toast } from '@/app/stores/toasts';

import { CopyField } from '../../people/CopyField';
import { QrCode } from '../../people/QrCode';
import type { ScheduleDialogProps } from './props';

/** An address for each person's own calendar. A new one ends the one before, so none is made unasked. */
export default function CalendarDialog({ month, onClose }: ScheduleDialogProps) {
  const { t } = useTranslation();
  const write = useWrite();
  const words = useErrorWords();
  const [urls, setUrls] = useState<ReadonlyMap<string, string>>(new Map());
  const issue = async (staffId: string) => {
    try {
      const { url } = await write('post', '/api/staff/{staffId}/feed/', { staffId }, {});
      setUrls((known) => new Map(known).set(staffId, url));
    } catch (error) {
      toast('error', words(error));
    }
  };
  return (
    <Dialog title={t('export.ics')} onClose={onClose} size="lg">
      <p className="app-tight">{t('export.icsText')}</p>
      <ul className="app-plain">
        {month.people.map(({ id, name }) => (
          <li key={id}>
            <Button variant="subtle" size="compact-sm" aria-label={`${name}: ${t('export.issue')}`} onClick={() => void issue(id)}>
              {t('export.issue')}
            </Button>{' '}
            {name} <Link name={name} url={urls.get(id)} />
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

/** The address to hand over: copied, or read by the camera of whose calendar it is. */
function Link({ name, url }: { name: string; url: string | undefined }) {
  const { t } = useTranslation('people');
  if (url === undefined) return null;
  return (
    <>
      <CopyField label={`${name}: ${t('mine.address')}`} value={url} />
      <QrCode text={url} label={`${name}: ${t('mine.qr')}`} />
    </>
  );
}
