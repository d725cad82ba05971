import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { AnswerOf } from '@/api/typed';
import { useRead, useWrite } from '@/app/stores/rest';
import { toast } from '@/app/stores/toasts';
import { useErrorWords } from '@/app/ui/errorWords';
import { useAnswer } from '@/app/ui/useAnswer';

type Settings = AnswerOf<'/api/me/notices/settings/'>;
type Channel = 'page' | 'mail' | 'push';

const PushHere = lazy(() => import('./PushHere'));

/** By which channels one is told of what; a switch counts at once. */
export function NoticeSwitches() {
  const { t } = useTranslation('people');
  const read = useRead();
  const words = useErrorWords();
  const [isOpen, setOpen] = useState(false);
  const known = useAnswer(isOpen ? 'notice settings' : null, () => read('/api/me/notices/settings/'));
  return (
    <details className="my-switches" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{t('notices.settings')}</summary>
      {known.state === 'failed' && <p className="app-failed">{words(known.failure)}</p>}
      {known.state === 'ready' && <Switches initial={known.value} />}
    </details>
  );
}

function Switches({ initial }: { initial: Settings }) {
  const { t, i18n } = useTranslation('people');
  const write = useWrite();
  const words = useErrorWords();
  const [settings, setSettings] = useState(initial);
  const language = i18n.language === 'en' ? ('en' as const) : ('ja' as const);
  const channels: readonly Channel[] = settings.mailAddress === null ? ['page', 'push'] : ['page', 'mail', 'push'];
  const turn = async (kind: string, channel: Channel, isOn: boolean) => {
    const shown = (is: boolean) => setSettings((all) => ({ ...all, kinds: all.kinds.map((each) => (each.kind === kind ? { ...each, [channel]: is } : each)) }));
    shown(isOn);
    try {
      setSettings(await write('patch', '/api/me/notices/settings/', {}, { kinds: [switched(kind, channel, isOn)], language }));
    } catch (error) {
      shown(!isOn);
      toast('error', words(error));
    }
  };
  return (
    <>
      <table className="my-switch-table">
        <thead>
          <tr>
            <th scope="col">{t('notices.what')}</th>
            {channels.map((channel) => (
              <th key={channel} scope="col">
                {t(`notices.channels.${channel}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {settings.kinds.map((each) => (
            <tr key={each.kind}>
              <th scope="row">{each.name[language]}</th>
              {channels.map((channel) => (
                <td key={channel}>
                  <label className="my-switch">
                    <input
                      type="checkbox"
                      checked={each[channel]}
                      aria-label={`${each.name[language]}: ${t(`notices.channels.${channel}`)}`}
                      onChange={({ currentTarget }) => void turn(each.kind, channel, currentTarget.checked)}
                    />
                  </label>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <Suspense>
        <PushHere publicKey={settings.pushKey} />
      </Suspense>
      {settings.mailAddress !== null && <p className="app-tight app-dim">{t('notices.mailTo', { address: settings.mailAddress })}</p>}
    </>
  );
}

function switched(kind: string, channel: Channel, isOn: boolean) {
  if (channel === 'page') return { kind, page: isOn };
  return channel === 'mail' ? { kind, mail: isOn } : { kind, push: isOn };
}
