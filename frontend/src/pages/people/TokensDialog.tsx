import './people.css';
import '@/i18n/people';
import '@/i18n/tokens';

import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useBackendStore } from '@/app/stores/backend';
import { closeDialog } from '@/app/stores/route';
import { useRead } from '@/app/stores/rest';
import { Unknown } from '@/app/shell/Unknown';
import { Dialog } from '@/app/ui/Dialog';
import { useErrorWords } from '@/app/ui/errorWords';
import { useAnswer } from '@/app/ui/useAnswer';

import { CopyField } from './CopyField';
import { MakeToken } from './MakeToken';
import type { IssuedToken } from './scopes';
import { Tokens } from './Tokens';

/** The server's page about all that programs can do. */
const REFERENCE = '/api/docs/';

/** The tokens by which programs act for whoever looks: theirs, and nobody else's, whatever they may see elsewhere. */
export default function TokensDialog() {
  const { t } = useTranslation();
  return (
    <Dialog title={t('shell.tokens')} onClose={closeDialog} size={820}>
      <Mine />
    </Dialog>
  );
}

function Mine() {
  const { t } = useTranslation('tokens');
  const me = useBackendStore('session', ({ userId }) => userId);
  const read = useRead();
  const words = useErrorWords();
  const [made, setMade] = useState<IssuedToken | null>(null);
  const answer = useAnswer('tokens', () => read('/api/tokens/'), true);
  if (answer.state === 'loading') return <Unknown />;
  if (answer.state === 'failed') return <p className="app-failed">{words(answer.failure)}</p>;
  return (
    <div className="pp">
      <p className="app-tight app-dim">
        {t('text')}{' '}
        <a href={REFERENCE} target="_blank" rel="noreferrer">
          {t('reference')}
        </a>
      </p>
      {made === null ? (
        <MakeToken
          onMade={(token) => {
            setMade(token);
            answer.again();
          }}
        />
      ) : (
        <Made token={made} onDone={() => setMade(null)} />
      )}
      <Tokens tokens={answer.value.filter(({ userId }) => userId === me)} onChanged={answer.again} />
    </div>
  );
}

/** The secret, which stands here until it was copied, and nowhere afterwards. */
function Made({ token, onDone }: { token: IssuedToken; onDone: () => void }) {
  const { t } = useTranslation('tokens');
  const { name } = token;
  return (
    <section aria-labelledby="pp-made">
      <h3 id="pp-made" className="app-h3">
        {t('made.title', { name })}
      </h3>
      <p className="app-tight app-warning">{t('made.text')}</p>
      <CopyField label={t('made.field', { name })} value={token.token} />
      <Button mt="sm" onClick={onDone}>
        {t('made.done')}
      </Button>
    </section>
  );
}
