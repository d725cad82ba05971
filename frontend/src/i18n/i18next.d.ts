import 'i18next';

import type { ja } from './app.ja';
import type { dialogsJa } from './dialogs.ja';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'app';
    resources: { app: typeof ja; dialogs: typeof dialogsJa };
  }
}
