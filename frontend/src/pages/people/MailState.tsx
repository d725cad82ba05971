import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useWrite } from '@/app/stores/rest';
import { toast } from '@/app/stores/toasts';
import { useErrorWords } from '@/app/ui/errorWords';

import type { Mail } from './roles';

interface Props {
  readonly link: string;
  readonly mail: Mail;
  readonly name: string;
  readonly onSent: () => void;
}

/** What became of the mail of an invitation, and a button that sends it once more. */
export function MailState({ link, mail, name, onSent }: Props) {
  const { t, i18n } = useTranslation('people');
  const write = useWrite();
  const words = useErrorWords();
  const [isBusy, setBusy] = useState(false);
  const send = async () => {
    setBusy(true);
    const asked = { email: mail.email, language: i18n.language === 'ja' ? 'ja' : 'en' } as const;
    try {
      await write('post', '/api/invitation-links/{id}/mail/', { id: link }, asked);
      onSent();
    } catch (error) {
      toast('error', words(error));
    } finally {
      setBusy(false);
    }
  };
  const isBad = mail.state !== 'waiting' && mail.state !== 'sent';
  return (
    <div className="pp-mail">
      <span role="status" className={isBad ? 'app-warning' : undefined}>
        {t(`invite.mail.${mail.state}`, { email: mail.email })}
      </span>
      {mail.state !== 'waiting' && (
        <Button size="compact-sm" variant="subtle" disabled={isBusy} aria-label={t('invite.mailAgainTo', { name })} onClick={() => void send()}>
          {t('invite.mailAgain')}
        </Button>
      )}
    </div>
  );
}
