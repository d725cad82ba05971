/** English has another text for one; Japanese, from which the keys are taken, has one for all numbers (`..._other`). */
export type English<Words> = { readonly [K in keyof Words]: Words[K] extends string ? string : English<Words[K]> } & {
  readonly [K in keyof Words as K extends `${infer Stem}_other` ? `${Stem}_one` : never]: string;
};
