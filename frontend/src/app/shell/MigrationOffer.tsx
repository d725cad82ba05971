import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useBackendStore, useCanEdit, useView } from '../stores/backend';
import { Icon } from '../ui/Icon';
import { decline, isUntouched, storedSettings, wasDeclined } from './oldSettings';
import { openDialog, useRoute } from '../stores/route';

/** Says that this browser still holds settings of an earlier version, as long as the server has none. */
export default function MigrationOffer() {
  const { t } = useTranslation();
  const canEdit = useCanEdit();
  const { role, restaurantId } = useBackendStore('session', (session) => session);
  const untouched = useView(({ settings }) => isUntouched(settings));
  const isOpen = useRoute().dialog[0] === 'settings';
  const [declined, setDeclined] = useState(false);
  if (!canEdit || role === null || restaurantId === null || !untouched || isOpen) return null;
  if (declined || wasDeclined(restaurantId) || storedSettings() === null) return null;
  return (
    <div className="app-offer" role="region" aria-label={t('migration.offer')}>
      <Icon name="info" />
      <span>{t('migration.offer')}</span>
      <button type="button" className="app-link" onClick={() => openDialog('settings', 'migration')}>
        {t('migration.look')}
      </button>
      <button
        type="button"
        className="app-link"
        onClick={() => {
          decline(restaurantId);
          setDeclined(true);
        }}
      >
        {t('migration.decline')}
      </button>
    </div>
  );
}
