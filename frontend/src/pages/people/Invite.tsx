import { Button } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useWrite } from '@/app/stores/rest';
import { toast } from '@/app/stores/toasts';
import { useErrorWords } from '@/app/ui/errorWords';

import { type Choice, type RoleName, rolesOf } from './roles';

interface Props {
  readonly isOwner: boolean;
  /** Who on the schedule has no account yet. */
  readonly people: readonly Choice[];
  readonly onMade: () => void;
}

/** Makes an address that is passed on by whatever one talks with. */
export function Invite({ isOwner, people, onMade }: Props) {
  const { t } = useTranslation('people');
  const write = useWrite();
  const words = useErrorWords();
  const [role, setRole] = useState<RoleName>('staff');
  const [staffId, setStaffId] = useState('');
  const [note, setNote] = useState('');
  const [isBusy, setBusy] = useState(false);
  const make = async (event: SubmitEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      await write('post', '/api/invitation-links/', {}, { role, staffId: staffId === '' ? null : staffId, note: note.trim() });
      setStaffId('');
      setNote('');
      onMade();
    } catch (error) {
      toast('error', words(error));
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
      <form className="pp-form" onSubmit={(event) => void make(event)}>
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
        <Button type="submit" disabled={isBusy}>
          {t('invite.make')}
        </Button>
      </form>
    </section>
  );
}
