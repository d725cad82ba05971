import './mantine.css';
import './app.css';

import { MantineProvider } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import { askedRestaurant, type WholePage } from '../stores/page';
import { RestaurantLinks } from './RestaurantLinks';
import { sendSignOut } from './signOut';
import { schemes, theme } from '../ui/theme';

/** Who belongs to several restaurants says which, before anything of one is shown. */
export default function RestaurantChoice({ page }: { page: WholePage }) {
  const { t } = useTranslation();
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" colorSchemeManager={schemes} withCssVariables={false} withGlobalClasses={false}>
      <main className="app-empty">
        {askedRestaurant() !== null && <p role="status">{t('shell.forbidden')}</p>}
        <RestaurantLinks all={page.restaurants} />
        <button type="button" className="app-link" onClick={sendSignOut}>
          {t('shell.signOut')} · {page.userName}
        </button>
      </main>
    </MantineProvider>
  );
}
