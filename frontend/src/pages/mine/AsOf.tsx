import { useTranslation } from 'react-i18next';

import { useAsOf } from './usePerson';

/** How old it is what is shown, where there is no connection. */
export function AsOf() {
  const { t, i18n } = useTranslation('people');
  const { isLive, asOf } = useAsOf();
  if (isLive) return null;
  const moment = asOf?.toLocaleString(i18n.language, { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' });
  return (
    <p className="my-as-of" role="status">
      {moment === undefined ? t('mine.offline') : t('mine.asOf', { moment })}
    </p>
  );
}
