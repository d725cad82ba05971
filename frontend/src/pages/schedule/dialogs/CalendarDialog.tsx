import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { Dialog } from '@/app/ui/Dialog';
import { useErrorWords } from '@/app/ui/errorWords';
import { useWrite } from '@/app/stores/rest';
import { toast } from '@/app/stores/toasts';

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
            {name} {urls.has(id) && <output className="sp-feed">{urls.get(id)}</output>}
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
