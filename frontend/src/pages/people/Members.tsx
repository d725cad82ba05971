import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import { ask } from '@/app/stores/ask';
import { useBackendStore } from '@/app/stores/backend';
import { useCarryOut, useWrite } from '@/app/stores/rest';
import { toast } from '@/app/stores/toasts';
import { useErrorWords } from '@/app/ui/errorWords';

import { type Choice, mayChange, type Member, type RoleName, rolesOf } from './roles';

interface Props {
  readonly members: readonly Member[];
  readonly people: readonly Choice[];
  readonly isOwner: boolean;
  readonly onChanged: () => void;
}

/** Who may open the restaurant. What somebody may not change is shown all the same. */
export function Members({ members, people, isOwner, onChanged }: Props) {
  const { t } = useTranslation('people');
  return (
    <section aria-labelledby="pp-members">
      <h3 id="pp-members" className="app-h3">
        {t('members.title')}
      </h3>
      <ul className="pp-list">
        {members.map((member) => (
          <Line key={member.id} member={member} isOwner={isOwner} people={freeFor(member, members, people)} onChanged={onChanged} />
        ))}
      </ul>
    </section>
  );
}

/** The people whom no other member is. */
function freeFor(member: Member, members: readonly Member[], people: readonly Choice[]): readonly Choice[] {
  const taken = new Set(members.filter(({ id }) => id !== member.id).map(({ staffId }) => staffId));
  return people.filter(({ id }) => !taken.has(id));
}

function Line({ member, people, isOwner, onChanged }: Omit<Props, 'members'> & { readonly member: Member }) {
  const { t } = useTranslation('people');
  const { change, remove } = useChanges(member, onChanged);
  const me = useBackendStore('session', ({ userId }) => userId);
  const { displayName: name, username, role } = member;
  const isInvited = member.state === 'invited';
  const mine = mayChange(isOwner, role);
  return (
    <li className="pp-card">
      <div className="pp-who">
        <b>{name}</b>
        <small className="app-dim">
          {isInvited ? t('members.invited') : name === username ? '' : username}
          {member.userId === me && ` ${t('members.you')}`}
        </small>
        {isOwner && !isInvited && role !== 'owner' && (
          <a className="app-link" href={`/reset-link/${member.id}/`}>
            {t('members.forgotten')}
          </a>
        )}
      </div>
      <select className="pp-field" aria-label={t('members.role', { name })} disabled={!mine} value={role} onChange={(event) => void change({ role: event.currentTarget.value as RoleName })}>
        {(mine ? rolesOf(isOwner) : [role]).map((each) => (
          <option key={each} value={each}>
            {t(`roles.${each}`)}
          </option>
        ))}
      </select>
      {!isInvited && (
        <select
          className="pp-field"
          aria-label={t('members.person', { name })}
          value={member.staffId ?? ''}
          onChange={(event) => void change({ staffId: event.currentTarget.value === '' ? null : event.currentTarget.value })}
        >
          <option value="">{t('members.nobody')}</option>
          {people.map(({ id, name: label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </select>
      )}
      <Button size="sm" variant="subtle" color="red" disabled={!mine || member.userId === me} aria-label={t('members.removeOf', { name })} onClick={() => void remove()}>
        {t('members.remove')}
      </Button>
    </li>
  );
}

/** What is done to a member; whatever comes of it, the list is read again. */
function useChanges(member: Member, onChanged: () => void) {
  const { t } = useTranslation('people');
  const write = useWrite();
  const carryOut = useCarryOut();
  const words = useErrorWords();
  const run = async (deed: () => Promise<unknown>) => {
    try {
      await deed();
    } catch (error) {
      toast('error', words(error));
    }
    onChanged();
  };
  const change = (changes: { readonly role?: RoleName; readonly staffId?: string | null }) =>
    run(() => write('patch', '/api/memberships/{id}/', { id: member.id }, changes));
  const remove = async () => {
    const answer = await ask({
      title: t('members.removeTitle', { name: member.displayName }),
      text: t('members.removeText'),
      answers: [
        { value: 'keep', label: t('members.keep') },
        { value: 'remove', label: t('members.remove'), kind: 'danger' },
      ],
    });
    if (answer === 'remove') await run(() => carryOut('delete', '/api/memberships/{id}/', { id: member.id }));
  };
  return { change, remove };
}
