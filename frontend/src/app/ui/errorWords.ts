import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

/** Why something failed, as the server, the client library or the browser tells it. */
export interface Failure {
  /** Of the protocol, or `offline`, `timeout`, `unreadable`; null: nothing is known but the message. */
  readonly code: string | null;
  readonly message: string;
}

export function failureOf(error: unknown): Failure {
  // `fetch` rejects with a TypeError when there was no answer at all.
  if (error instanceof TypeError) return { code: 'offline', message: error.message };
  if (typeof error !== 'object' || error === null) return { code: null, message: String(error) };
  const { code, message } = error as { code?: unknown; message?: unknown };
  return { code: typeof code === 'string' ? code : null, message: typeof message === 'string' ? message : '' };
}

/** Where the server's own sentence says more than its code. */
const DETAILED = new Set(['validation_error', 'version_locked', 'not_found', 'conflict']);

/**
 * A failure in the language of the page, by its code. The server's sentences are English: there they stand for themselves,
 * elsewhere behind the translated code where they name what is wrong.
 */
export function useErrorWords(): (error: unknown) => string {
  const { t, i18n } = useTranslation();
  return useCallback(
    (error) => {
      const { code, message } = failureOf(error);
      const key = `codes.${code ?? ''}`;
      const known = code !== null && i18n.exists(key) ? t(key as 'codes.offline') : null;
      if (known === null) return message === '' ? t('codes.internal_error') : t('failed', { message });
      if (message === '' || code === null || !DETAILED.has(code)) return known;
      return i18n.language === 'en' ? message : `${known}（${message}）`;
    },
    [t, i18n],
  );
}
