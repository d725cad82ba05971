import { useTranslation } from 'react-i18next';

import { useBackendStore } from '../stores/backend';

/** In the place of what is not known: that it is being read, or that it cannot be. Nobody takes it for what is empty. */
export function Unknown() {
  const { t } = useTranslation();
  const isOffline = useBackendStore('connection', ({ state }) => state === 'offline');
  return (
    <div className="app-empty" role="status">
      <p>{t(isOffline ? 'shell.unreachable' : 'loading')}</p>
    </div>
  );
}
