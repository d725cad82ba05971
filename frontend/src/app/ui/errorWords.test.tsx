import { cleanup, renderHook } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';

import { RestError } from '@/app/stores/rest';
import { setLanguage, startLanguage } from '@/i18n';
import { RequestError } from '@/realtime';

import { useErrorWords } from './errorWords';

const LATE = { code: 'validation_error' as const, message: 'endDate: Must not be before startDate.', messageJa: '終了日：開始日より前にはできません。' };

beforeAll(() => startLanguage('ja'));
afterEach(cleanup);

async function wordsIn(language: 'ja' | 'en') {
  cleanup(); // What is mounted would hear of the language outside of what a test may wait for.
  await setLanguage(language);
  return renderHook(() => useErrorWords()).result.current;
}

describe('what a refusal is called', () => {
  it.each([
    ['a refusal of the outbox', LATE],
    ['a question that was refused', RequestError.from(LATE)],
    ['an answer of REST', new RestError(400, LATE.code, LATE.message, {}, LATE.messageJa)],
  ])('is the server’s sentence in the language of the page: %s', async (_, error) => {
    expect((await wordsIn('ja'))(error)).toBe(LATE.messageJa);
    expect((await wordsIn('en'))(error)).toBe(LATE.message);
  });

  it('is the code in front of a sentence that there is in English alone', async () => {
    const words = await wordsIn('ja');
    expect(words({ code: 'validation_error', message: 'No.', messageJa: 'No.' })).toBe('入力内容に誤りがあります。（No.）');
    expect(words({ code: 'validation_error', message: 'No.' })).toBe('入力内容に誤りがあります。（No.）');
  });

  it('is the code alone where that says it all', async () => {
    expect((await wordsIn('ja'))({ code: 'rate_limited', message: 'Too many.', messageJa: '多すぎます。' })).toBe('操作が多すぎます。少し待ってからもう一度お試しください。');
  });
});
