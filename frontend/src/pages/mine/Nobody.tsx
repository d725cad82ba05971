import { useTranslation } from 'react-i18next';

/** Said to a member who is nobody on the schedule. */
export function Nobody({ again }: { again: () => void }) {
  const { t } = useTranslation('people');
  return (
    <section className="my-card" role="status">
      <p>{t('mine.nobody')}</p>
      <button type="button" className="app-link" onClick={again}>
        {t('mine.again')}
      </button>
    </section>
  );
}
