import { useTranslation } from 'react-i18next';

import { type Restaurant, restaurantUrl } from '../stores/page';

/** A choice among restaurants. */
export function RestaurantLinks({ all }: { all: readonly Restaurant[] }) {
  const { t } = useTranslation();
  return (
    <nav aria-label={t('shell.choose')}>
      <h1 className="app-choose">{t('shell.choose')}</h1>
      <ul className="app-choices">
        {all.map(({ id, name }) => (
          <li key={id}>
            <a href={restaurantUrl(id)}>{name}</a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
