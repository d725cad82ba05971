import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useErrorWords } from '@/app/ui/errorWords';

import { NoticeSwitches } from './NoticeSwitches';
import { type Notice, useNotices } from './useNotices';

const BELL = 'M6 17h12l-1.500-2.500V10a4.500 4.500 0 0 0-9 0v4.500zM10 20h4M12 3v2.500';

/** A bell that says how many notices are new, and the notices below it. What was looked at is read. */
export function Notices() {
  const { t } = useTranslation('people');
  const words = useErrorWords();
  const [isOpen, setOpen] = useState(false);
  const { notices, unread, failure, seen } = useNotices();
  const newest = notices?.[0]?.id;
  useEffect(() => {
    if (isOpen && unread > 0) seen();
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once for each that arrives while they are shown
  }, [isOpen, newest, unread]);
  return (
    <>
      <button type="button" className="my-bell" aria-expanded={isOpen} aria-controls="my-notices" onClick={() => setOpen(!isOpen)}>
        <svg width={20} height={20} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
          <path d={BELL} />
        </svg>
        <span>{t('notices.title')}</span>
        {unread > 0 && (
          <b className="my-unread" aria-label={t('notices.unread', { count: unread })}>
            {unread}
          </b>
        )}
      </button>
      <span className="my-aloud" role="status">
        {unread > 0 ? t('notices.unread', { count: unread }) : ''}
      </span>
      {isOpen && (
        <section id="my-notices" className="my-card my-notices" aria-label={t('notices.title')}>
          {failure !== null && notices === null && <p className="app-failed">{words(failure)}</p>}
          {notices?.length === 0 && <p className="app-tight app-dim">{t('notices.none')}</p>}
          {notices !== null && notices.length > 0 && <NoticeList notices={notices} />}
          <NoticeSwitches />
        </section>
      )}
    </>
  );
}

/** What was new when the list was opened stays marked until it is closed. */
function NoticeList({ notices }: { notices: readonly Notice[] }) {
  const [fresh, setFresh] = useState<ReadonlySet<string>>(new Set());
  const unread = notices.filter(({ id, readAt }) => readAt === null && !fresh.has(id)).map(({ id }) => id);
  if (unread.length > 0) setFresh(new Set([...fresh, ...unread]));
  return (
    <ul className="my-days">
      {notices.map((notice) => (
        <OneNotice key={notice.id} notice={notice} isFresh={fresh.has(notice.id)} />
      ))}
    </ul>
  );
}

function OneNotice({ notice, isFresh }: { notice: Notice; isFresh: boolean }) {
  const { t, i18n } = useTranslation('people');
  const language = i18n.language === 'en' ? 'en' : 'ja';
  const at = new Date(notice.createdAt).toLocaleString(i18n.language, { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' });
  return (
    <li className={isFresh ? 'my-day my-notice my-fresh' : 'my-day my-notice'}>
      <p className="my-notice-title">
        {isFresh && <small className="my-new">{t('notices.new')}</small>}
        {notice.place === '' ? notice.title[language] : <a href={notice.place}>{notice.title[language]}</a>}
      </p>
      {notice.text[language] !== '' && <p className="my-notice-text">{notice.text[language]}</p>}
      <small className="app-dim">{at}</small>
    </li>
  );
}
