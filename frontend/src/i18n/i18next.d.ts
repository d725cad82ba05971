import 'i18next';

import type { ja } from './app.ja';
import type { availabilityJa } from './availability.ja';
import type { dayJa } from './day.ja';
import type { dialogsJa } from './dialogs.ja';
import type { listsJa } from './lists.ja';
import type { noticesJa } from './notices.ja';
import type { peopleJa } from './people.ja';
import type { questionsJa } from './questions.ja';
import type { swapsJa } from './swaps.ja';
import type { tokensJa } from './tokens.ja';
import type { wayJa } from './way.ja';
import type { wishesJa } from './wishes.ja';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'app';
    resources: { app: typeof ja; availability: typeof availabilityJa; day: typeof dayJa; dialogs: typeof dialogsJa; lists: typeof listsJa; notices: typeof noticesJa; people: typeof peopleJa; questions: typeof questionsJa; swaps: typeof swapsJa; tokens: typeof tokensJa; way: typeof wayJa; wishes: typeof wishesJa };
  }
}
