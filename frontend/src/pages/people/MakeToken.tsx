import { Button } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useWrite } from '@/app/stores/rest';
import { toast } from '@/app/stores/toasts';
import { useErrorWords } from '@/app/ui/errorWords';

import { AREAS, endOf, type IssuedToken, LASTING, type Lasting, type Leave, type Level, LEVELS, LITTLE, scopesOf } from './scopes';

/** Makes a token of as little as is chosen. */
export function MakeToken({ onMade }: { onMade: (token: IssuedToken) => void }) {
  const { t } = useTranslation('tokens');
  const write = useWrite();
  const words = useErrorWords();
  const [name, setName] = useState('');
  const [lasting, setLasting] = useState<Lasting>('90');
  const [leave, setLeave] = useState<Leave>(LITTLE);
  const [isBusy, setBusy] = useState(false);
  const scopes = scopesOf(leave);
  const make = async (event: SubmitEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      onMade(await write('post', '/api/tokens/', {}, { name: name.trim(), scopes, expiresAt: endOf(lasting, Date.now()) }));
    } catch (error) {
      toast('error', words(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <section aria-labelledby="pp-token">
      <h3 id="pp-token" className="app-h3">
        {t('make.title')}
      </h3>
      <form className="pp-token-form" onSubmit={(event) => void make(event)}>
        <label>
          {t('make.name')}
          <input className="pp-field" required maxLength={100} placeholder={t('make.example')} value={name} onChange={(event) => setName(event.currentTarget.value)} />
        </label>
        <label>
          {t('make.lasts')}
          <select className="pp-field" value={lasting} onChange={(event) => setLasting(event.currentTarget.value as Lasting)}>
            {LASTING.map((each) => (
              <option key={each} value={each}>
                {t(`make.days.${each}`)}
              </option>
            ))}
          </select>
        </label>
        <fieldset>
          <legend>{t('make.may')}</legend>
          {AREAS.map((area) => (
            <label key={area}>
              {t(`areas.${area}`)}
              <select className="pp-field" value={leave[area]} onChange={(event) => setLeave({ ...leave, [area]: event.currentTarget.value as Level })}>
                {LEVELS.map((level) => (
                  <option key={level} value={level}>
                    {t(`levels.${level}`)}
                  </option>
                ))}
              </select>
            </label>
          ))}
        </fieldset>
        {scopes.length === 0 && <p className="app-tight app-warning">{t('make.nothing')}</p>}
        <Button type="submit" disabled={isBusy || scopes.length === 0}>
          {t('make.button')}
        </Button>
      </form>
    </section>
  );
}
