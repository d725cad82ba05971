import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import { ask } from '@/app/stores/ask';
import { useCarryOut } from '@/app/stores/rest';
import { toast } from '@/app/stores/toasts';
import { useErrorWords } from '@/app/ui/errorWords';

import { AREAS, leaveOf, type Token } from './scopes';

interface Props {
  readonly tokens: readonly Token[];
  readonly onChanged: () => void;
}

/** The tokens that count, with what each may do, and when it was used last. */
export function Tokens({ tokens, onChanged }: Props) {
  const { t } = useTranslation('tokens');
  const revoke = useRevoke(onChanged);
  return (
    <section aria-labelledby="pp-tokens">
      <h3 id="pp-tokens" className="app-h3">
        {t('list.title')}
      </h3>
      {tokens.length === 0 && <p className="app-tight app-dim">{t('list.none')}</p>}
      <ul className="pp-list">
        {tokens.map((token) => (
          <Line key={token.id} token={token} name={token.name || t('list.unnamed')} onRevoke={revoke} />
        ))}
      </ul>
    </section>
  );
}

type Revoke = (id: string, name: string) => Promise<void>;

function Line({ token, name, onRevoke }: { token: Token; name: string; onRevoke: Revoke }) {
  const { t, i18n } = useTranslation('tokens');
  const leave = leaveOf(token.scopes);
  const may = leave === null ? t('list.everything') : AREAS.filter((area) => leave[area] !== 'none').map((area) => `${t(`areas.${area}`)}: ${t(`levels.${leave[area]}`)}`).join(' · ');
  const day = (moment: string) => new Date(moment).toLocaleDateString(i18n.language, { dateStyle: 'medium' });
  const used = token.lastUsedAt === null ? t('list.unused') : t('list.used', { moment: new Date(token.lastUsedAt).toLocaleString(i18n.language, { dateStyle: 'medium', timeStyle: 'short' }) });
  const ends = token.expiresAt === null ? t('list.forever') : t('list.expires', { day: day(token.expiresAt) });
  return (
    <li className="pp-card pp-token">
      <div className="pp-who">
        <b>{name}</b>
        <small>{may}</small>
        <small className="app-dim">{[used, ends, t('list.made', { day: day(token.createdAt) })].join(' · ')}</small>
      </div>
      <Button size="sm" variant="subtle" color="red" aria-label={t('revoke.of', { name })} onClick={() => void onRevoke(token.id, name)}>
        {t('revoke.button')}
      </Button>
    </li>
  );
}

/** Asks, and revokes; whatever comes of it, the list is read again. */
function useRevoke(onChanged: () => void): Revoke {
  const { t } = useTranslation('tokens');
  const carryOut = useCarryOut();
  const words = useErrorWords();
  return async (id, name) => {
    const answer = await ask({
      title: t('revoke.title', { name }),
      text: t('revoke.text'),
      answers: [
        { value: 'keep', label: t('revoke.keep') },
        { value: 'revoke', label: t('revoke.button'), kind: 'danger' },
      ],
    });
    if (answer !== 'revoke') return;
    try {
      await carryOut('delete', '/api/tokens/{id}/', { id });
    } catch (error) {
      toast('error', words(error));
    }
    onChanged();
  };
}
