import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { useErrorWords } from './errorWords';
import type { Answered } from './useAnswer';

/** What is shown until an answer is there, and when none came. */
export function Waiting<T>({ answer, children }: { answer: Answered<T> & { again: () => void }; children: (value: T) => ReactNode }) {
  const { t } = useTranslation();
  const words = useErrorWords();
  if (answer.state === 'ready') return children(answer.value);
  if (answer.state === 'loading') {
    return (
      <p className="app-dim" role="status">
        {t('loading')}
      </p>
    );
  }
  return (
    <div className="app-failed" role="alert">
      <p>{words(answer.failure)}</p>
      <Button variant="default" size="xs" onClick={answer.again}>
        {t('retry')}
      </Button>
    </div>
  );
}
