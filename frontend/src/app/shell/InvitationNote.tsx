import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useRead } from '../stores/rest';
import { Icon } from '../ui/Icon';

/** Says that other restaurants would like to have this user; the answer is given on a page of its own. */
export function InvitationNote() {
  const { t } = useTranslation();
  const read = useRead();
  const [names, setNames] = useState<readonly string[]>([]);
  useEffect(() => {
    read('/api/invitations/')
      .then((found) => setNames(found.map(({ restaurantName }) => restaurantName)))
      // Offline: asked again when the page is opened the next time.
      .catch(() => undefined);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once for each page
  }, []);
  if (names.length === 0) return null;
  return (
    <div className="app-offer" role="region" aria-label={t('invitation.title')}>
      <Icon name="info" />
      <span>{t('invitation.from', { names: names.join(t('invitation.and')) })}</span>
      <a className="app-link" href="/invitations/">
        {t('invitation.answer')}
      </a>
    </div>
  );
}
