import './notices.css';

import { useTranslation } from 'react-i18next';

import { Notices } from './Notices';

const TABS = ['mine', 'wishes'] as const;

/** The pages that are one's own, and what one is told. */
export function MineTabs({ current }: { current: (typeof TABS)[number] }) {
  const { t } = useTranslation('people');
  return (
    <div className="my-top">
      <nav className="my-how my-tabs" aria-label={t('wish.pages')}>
        {TABS.map((each) => (
          <a key={each} href={`#/${each}`} aria-current={each === current ? 'page' : undefined}>
            {t(each === 'mine' ? 'mine.title' : 'wish.title')}
          </a>
        ))}
      </nav>
      <Notices />
    </div>
  );
}
