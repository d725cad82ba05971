import { useTranslation } from 'react-i18next';

/** While the code of a page is on its way. It is seen only where that takes a moment (`app.css`): nothing flashes. */
export function Coming() {
  const { t } = useTranslation();
  return (
    <div className="app-coming" role="status">
      <p>{t('loading')}</p>
    </div>
  );
}
