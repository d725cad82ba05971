import { useTranslation } from 'react-i18next';

import { setPreference, usePreference } from '@/app/stores/preferences';

/** How people are put together: kept for the next time. */
export function By() {
  const { t } = useTranslation('day');
  const by = usePreference('dayBy');
  return (
    <div className="dv-by" role="group" aria-label={t('by')}>
      {(['shift', 'group'] as const).map((each) => (
        <button key={each} type="button" aria-pressed={each === by} onClick={() => setPreference('dayBy', each)}>
          {t(each)}
        </button>
      ))}
    </div>
  );
}
