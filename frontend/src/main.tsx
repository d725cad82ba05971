import { createRoot } from 'react-dom/client';

import { makeHttp } from '@/api/http';
import { App } from '@/app/shell/App';
import { keepPage } from '@/app/shell/keptPage';
import { readPage } from '@/app/stores/page';
import { settleRestaurant } from '@/app/shell/settleRestaurant';
import { startLanguage } from '@/i18n';
import { Root } from '@/pages/Root';
import { openClient } from '@/realtime/client';
import { browserConfig, safeStorage } from '@/realtime/transport/config';
import { runInPage } from '@/realtime/page';
import { tabStorage } from '@/realtime/storage/tabs';

const root = document.getElementById('root');
if (root === null) {
  throw new Error('The page has no element with id "root".');
}

const page = readPage();

if (settleRestaurant(page)) {
  const config = browserConfig();
  const [client] = await Promise.all([openClient({ config, session: tabStorage(safeStorage(() => sessionStorage)) }), startLanguage()]);
  runInPage(client);
  createRoot(root).render(
    <App backend={client} rest={makeHttp({ ...config, userId: () => config.userId ?? client.session.getState().userId })}>
      <Root page={page} />
    </App>,
  );
} else {
  const [{ default: RestaurantChoice }] = await Promise.all([import('@/app/shell/RestaurantChoice'), startLanguage()]);
  createRoot(root).render(<RestaurantChoice page={page} />);
}
keepPage();
