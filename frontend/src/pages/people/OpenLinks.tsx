import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import { useCarryOut } from '@/app/stores/rest';
import { toast } from '@/app/stores/toasts';
import { useErrorWords } from '@/app/ui/errorWords';

import { CopyField } from './CopyField';
import { MailState } from './MailState';
import type { Choice, Link } from './roles';
import { useMailNews } from './useMailNews';

interface Props {
  readonly links: readonly Link[];
  readonly people: readonly Choice[];
  readonly onChanged: () => void;
}

/** The invitations that can still be taken, to be copied again or taken back. */
export function OpenLinks({ links, people, onChanged }: Props) {
  const { t, i18n } = useTranslation('people');
  const carryOut = useCarryOut();
  const words = useErrorWords();
  useMailNews(links, onChanged);
  const names = new Map(people.map(({ id, name }) => [id, name]));
  const revoke = async (id: string) => {
    try {
      await carryOut('delete', '/api/invitation-links/{id}/', { id });
    } catch (error) {
      toast('error', words(error));
    }
    onChanged();
  };
  return (
    <section aria-labelledby="pp-open">
      <h3 id="pp-open" className="app-h3">
        {t('invite.open')}
      </h3>
      {links.length === 0 && <p className="app-tight app-dim">{t('invite.none')}</p>}
      <ul className="pp-list">
        {links.map((link) => {
          const name = [names.get(link.staffId ?? ''), link.note].filter(Boolean).join(' · ') || link.mail?.email || t('invite.somebody');
          const day = new Date(link.expiresAt).toLocaleDateString(i18n.language, { month: 'short', day: 'numeric' });
          return (
            <li key={link.id} className="pp-card">
              <div className="pp-who">
                <b>{name}</b>
                <small className="app-dim">
                  {t(`roles.${link.role}`)} · {t('invite.until', { day })}
                  {link.invitedBy !== '' && ` · ${t('invite.by', { name: link.invitedBy })}`}
                </small>
                {link.mail !== null && <MailState link={link.id} mail={link.mail} name={name} onSent={onChanged} />}
              </div>
              {link.url === null ? <p className="app-tight app-warning">{t('invite.lost')}</p> : <CopyField label={t('invite.address', { name })} value={link.url} />}
              <Button size="sm" variant="subtle" color="red" aria-label={t('invite.revokeOf', { name })} onClick={() => void revoke(link.id)}>
                {t('invite.revoke')}
              </Button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
