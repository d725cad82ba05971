import { useTranslation } from 'react-i18next';

import type { PublicationPreview } from '@/realtime/protocol';

const MOST = 12;

/** Who has seen a publication, in words. */
export function SeenBy({ seenBy }: { seenBy: PublicationPreview['seenBy'] }) {
  const { t } = useTranslation('dialogs');
  const names = [...new Map(seenBy.map(({ name, isFeed }) => [`${name} ${isFeed}`, isFeed ? `${name} (${t('publication.byFeed')})` : name])).values()];
  if (names.length === 0) return <p className="app-dim">{t('publication.seenNobody')}</p>;
  return (
    <p>
      {t('publication.seen', { count: names.length })} {names.slice(0, MOST).join(', ')}
      {names.length > MOST && ` ${t('publication.andMore', { count: names.length - MOST })}`}
    </p>
  );
}
