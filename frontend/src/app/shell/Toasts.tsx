import { useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';

import { Icon, type IconName } from '../ui/Icon';
import { dismissToast, type Toast, toasts } from '../stores/toasts';

const ICONS: Readonly<Record<Toast['kind'], IconName>> = { info: 'info', good: 'check', warning: 'alert', error: 'alert' };

/** Spoken politely; a problem at once. */
export function Toasts() {
  const all = useStore(toasts);
  const { t } = useTranslation();
  const region = useRef<HTMLDivElement>(null);
  useRoomFor(region);
  return (
    <div ref={region} className="app-toasts" role="region" aria-label={t('toasts.region')}>
      <div aria-live="assertive">{all.filter(({ kind }) => kind === 'error').map((each) => <One key={each.id} toast={each} />)}</div>
      <div aria-live="polite">{all.filter(({ kind }) => kind !== 'error').map((each) => <One key={each.id} toast={each} />)}</div>
    </div>
  );
}

/** Tells the stylesheet how much room they take, so that dialogs end above them: nothing may lie over a dialog's buttons. */
function useRoomFor(region: React.RefObject<HTMLDivElement | null>): void {
  useLayoutEffect(() => {
    const element = region.current;
    if (element === null || typeof ResizeObserver === 'undefined') return;
    const observer = new ResizeObserver(() => document.documentElement.style.setProperty('--app-toasts', `${element.offsetHeight}px`));
    observer.observe(element);
    return () => observer.disconnect();
  }, [region]);
}

function One({ toast: { id, kind, text, action } }: { toast: Toast }) {
  const { t } = useTranslation();
  return (
    <div className={`app-toast app-${kind}`}>
      <Icon name={ICONS[kind]} />
      <span>{text}</span>
      {action !== undefined && (
        <button
          type="button"
          className="app-link"
          onClick={() => {
            action.run();
            dismissToast(id);
          }}
        >
          {action.label}
        </button>
      )}
      <button type="button" className="app-bare" aria-label={t('close')} onClick={() => dismissToast(id)}>
        <Icon name="close" />
      </button>
    </div>
  );
}
