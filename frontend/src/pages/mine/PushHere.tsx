import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { readPage } from '@/app/stores/page';
import { useWrite } from '@/app/stores/rest';
import { toast } from '@/app/stores/toasts';
import { useErrorWords } from '@/app/ui/errorWords';
import { safeStorage } from '@/realtime/transport/config';

import { type Browser, currentBrowser, PushRefused, type PushState, pushState, subscribe, unsubscribe } from './push';

/** Who turned it on here: whoever signs in after them has not asked for it. */
const ASKED_BY = 'shiftsync-push';
const storage = safeStorage(() => localStorage);
const isMine = () => storage?.getItem(ASKED_BY) === (readPage().userId ?? '');

/** Whether this browser shows what one is told while no page is open. */
export default function PushHere({ publicKey }: { publicKey: string }) {
  const { t, i18n } = useTranslation('people');
  const write = useWrite();
  const words = useErrorWords();
  const [state, setState] = useState<PushState | null>(null);
  const [isBusy, setBusy] = useState(false);
  const language = i18n.language === 'en' ? ('en' as const) : ('ja' as const);
  const tell = ({ endpoint, p256dh, auth }: Browser) => write('post', '/api/me/push-subscriptions/', {}, { endpoint, p256dh, auth, language });
  useEffect(() => {
    let wanted = true;
    void pushState(publicKey).then(async (found) => {
      if (!wanted) return;
      const isOn = found === 'on' && isMine();
      setState(found === 'on' && !isOn ? 'off' : found);
      // The server may have forgotten it, as with a new password.
      const browser = isOn ? await currentBrowser() : null;
      if (browser !== null) await tell(browser).catch(() => undefined);
    });
    return () => {
      wanted = false;
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- told once for each language and key
  }, [publicKey, language]);
  const turn = async (isOn: boolean) => {
    setBusy(true);
    try {
      if (isOn) {
        await tell(await subscribe(publicKey));
        storage?.setItem(ASKED_BY, readPage().userId ?? '');
      } else {
        const browser = await currentBrowser();
        if (browser !== null) await write('post', '/api/me/push-subscriptions/end/', {}, { endpoint: browser.endpoint });
        await unsubscribe();
        storage?.removeItem(ASKED_BY);
      }
      setState(isOn ? 'on' : 'off');
    } catch (error) {
      toast('error', error instanceof PushRefused ? t(`notices.refused.${error.by}`) : words(error));
      const found = await pushState(publicKey);
      setState(found === 'on' && !isMine() ? 'off' : found);
    }
    setBusy(false);
  };
  if (state === null) return null;
  if (state === 'impossible' || state === 'forbidden') return <p className="app-tight app-dim">{t(`notices.${state}`)}</p>;
  return (
    <p className="my-push">
      <span>{t(state === 'on' ? 'notices.isOn' : 'notices.isOff')}</span>
      <Button className="my-make" size="sm" variant="default" loading={isBusy} onClick={() => void turn(state === 'off')}>
        {t(state === 'on' ? 'notices.turnOff' : 'notices.turnOn')}
      </Button>
    </p>
  );
}
