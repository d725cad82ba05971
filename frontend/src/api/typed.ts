/** Reading by REST as the server's schema says it (`schema.gen.ts`): a path that is not there is an error of the compiler. */

import type { Http, HttpAnswer } from './http';
import type { paths } from './schema.gen';
import { pathOf, type PathOf, type PlacesOf, type QueryOf } from './writes';

/** A path of the schema that can be read. */
export type ReadablePath = PathOf<'get'>;

/** What a successful read answers. */
export type AnswerOf<P extends ReadablePath> = paths[P] extends { get: { responses: { 200: { content: { 'application/json': infer Body } } } } }
  ? Body
  : never;

/** The parameters in the path, and those in the query. */
export interface Asked<P extends ReadablePath> {
  readonly path?: PlacesOf<P, 'get'>;
  readonly query?: QueryOf<P, 'get'>;
}

/** An answer that was no success. */
export class HttpFailure extends Error {
  readonly answer: HttpAnswer;

  constructor(answer: HttpAnswer) {
    super(`HTTP ${answer.status}`);
    this.answer = answer;
  }
}

/** A 2xx answer that is not from our server, such as a captive portal's page. It counts as no answer. */
export class NoAnswer extends TypeError {
  constructor() {
    super('The answer is none of the server.');
  }
}

/** Reads; rejects with {@link HttpFailure} where the server refuses, and with a `TypeError` where it cannot be reached. */
export async function get<P extends ReadablePath>(http: Http, template: P, asked: Asked<P> = {}): Promise<AnswerOf<P>> {
  const places = (asked.path ?? {}) as Readonly<Record<string, string | number>>;
  const path = pathOf(template, places);
  const answer = await http({ method: 'GET', path, query: asked.query as Readonly<Record<string, string | number | undefined>> });
  if (answer.status >= 400) {
    throw new HttpFailure(answer);
  }
  if (answer.body === null) {
    throw new NoAnswer();
  }
  return answer.body as AnswerOf<P>;
}
