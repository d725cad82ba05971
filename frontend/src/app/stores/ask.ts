import { createStore } from 'zustand/vanilla';

/** A question with a few answers; the first is the careful one, and Escape means it. */
export interface Question<Answer extends string = string> {
  readonly title: string;
  readonly text: string;
  readonly answers: readonly { readonly value: Answer; readonly label: string; readonly kind?: 'primary' | 'danger' }[];
}

interface Asked extends Question {
  readonly resolve: (answer: string) => void;
}

export const asked = createStore<Asked | null>(() => null);

/** Resolves with the answer. A question that comes while another is open answers that one carefully. */
export function ask<Answer extends string>(question: Question<Answer>): Promise<Answer> {
  const open = asked.getState();
  open?.resolve(open.answers[0]?.value ?? '');
  return new Promise((resolve) => {
    const answer = (value: string) => {
      asked.setState(null, true);
      resolve(value as Answer);
    };
    asked.setState({ ...question, resolve: answer }, true);
  });
}
