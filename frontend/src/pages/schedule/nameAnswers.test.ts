// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from 'vitest';

import { nameAnswersOf } from './nameAnswers';

describe('whom the names in a table mean', () => {
  beforeEach(() => localStorage.clear());

  it('is remembered for who has said so, there, also nobody', () => {
    const answers = nameAnswersOf('me', 'here');
    answers.remember('タナカ', 'p1');
    answers.remember('合計', '');
    const again = nameAnswersOf('me', 'here');
    expect([again.of('タナカ'), again.of('合計'), again.of('constructor')]).toEqual(['p1', '', undefined]);
    expect(nameAnswersOf('you', 'here').of('タナカ')).toBeUndefined();
    expect(nameAnswersOf('me', 'there').of('タナカ')).toBeUndefined();
  });

  it('lasts as long as the page where the browser keeps nothing', () => {
    nameAnswersOf('me', 'nowhere', null).remember('田中', 'p1');
    expect(nameAnswersOf('me', 'nowhere', null).of('田中')).toBe('p1');
  });
});
