import { Button } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { readPage } from '@/app/stores/page';
import { RestError, useWrite } from '@/app/stores/rest';
import { useErrorWords } from '@/app/ui/errorWords';

import { type Choice, type RoleName, rolesOf } from './roles';

interface Props {
  readonly isOwner: boolean;
  /** Who on the schedule has no account yet. */
  readonly people: readonly Choice[];
  readonly onMade: () => void;
}

/** Makes an address that is passed on by whatever one talks with, and mailed where the server does that. */
export function Invite({ isOwner, people, onMade }: Props) {
  const { t, i18n } = useTranslation('people');
  const mails = readPage().mailsInvitations;
  const write = useWrite();
  const words = useErrorWords();
  const [role, setRole] = useState<RoleName>('staff');
  const [staffId, setStaffId] = useState('');
  const [note, setNote] = useState('');
  const [email, setEmail] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const isOfEmail = failure instanceof RestError && 'email' in failure.details;
  const make = async (event: SubmitEvent) => {
    event.preventDefault();
    setBusy(true);
    setFailure(null);
    try {
      const offered = { role, staffId: staffId === '' ? null : staffId, note: note.trim() };
      const mailed = { email: email.trim(), language: i18n.language === 'ja' ? 'ja' : 'en' } as const;
      await write('post', '/api/invitation-links/', {}, mailed.email === '' ? offered : { ...offered, ...mailed });
      setStaffId('');
      setNote('');
      setEmail('');
      onMade();
    } catch (error) {
      setFailure(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <section aria-labelledby="pp-invite">
      <h3 id="pp-invite" className="app-h3">
        {t('invite.title')}
      </h3>
      <p className="app-tight app-dim">{t('invite.text')}</p>
      <form className={mails ? 'pp-form pp-mailing' : 'pp-form'} noValidate onSubmit={(event) => void make(event)}>
        <label>
          {t('invite.role')}
          <select className="pp-field" value={role} onChange={(event) => setRole(event.currentTarget.value as RoleName)}>
            {rolesOf(isOwner).map((each) => (
              <option key={each} value={each}>
                {t(`roles.${each}`)}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t('invite.person')}
          <select className="pp-field" value={staffId} onChange={(event) => setStaffId(event.currentTarget.value)}>
            <option value="">{t('members.nobody')}</option>
            {people.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t('invite.note')}
          <input className="pp-field" maxLength={100} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
        </label>
        {mails && (
          <label>
            {t('invite.email')}
            <input className="pp-field" type="email" autoComplete="off" maxLength={254} aria-invalid={isOfEmail} aria-describedby={isOfEmail ? 'pp-invite-failed' : undefined} value={email} onChange={(event) => setEmail(event.currentTarget.value)} />
          </label>
        )}
        <Button type="submit" disabled={isBusy}>
          {email.trim() === '' ? t('invite.make') : t('invite.makeAndMail')}
        </Button>
      </form>
      {failure !== null && (
        <p id="pp-invite-failed" className="app-failed" role="alert">
          {words(failure)}
        </p>
      )}
    </section>
  );
}
