import { createContext, useContext } from 'react';

import type { Http, HttpAnswer, HttpRequest } from '@/api/http';
import { get, HttpFailure, NoAnswer, type AnswerOf, type Asked, type ReadablePath } from '@/api/typed';
import { type BodyOf, type Fits, pathOf, type PathOf, type PlacesOf, type ResultOf, write } from '@/api/writes';

/** What has no message on the socket. */
const Context = createContext<Http | null>(null);
export const RestProvider = Context.Provider;

export class RestError extends Error {
  constructor(
    readonly status: number,
    readonly code: string | null,
    message: string,
    readonly details: Readonly<Record<string, unknown>> = {},
    readonly messageJa?: unknown,
    readonly detailsJa?: unknown,
  ) {
    super(message);
  }
}

export type Read = <P extends ReadablePath>(path: P, asked?: Asked<P>) => Promise<AnswerOf<P>>;

/** Reads what the schema of the API says is there; rejects with the server's own words where it refuses. */
export function useRead(): Read {
  const http = useHttp();
  return (path, asked) =>
    get(http, path, asked).catch((error: unknown) => {
      throw error instanceof HttpFailure ? refusal(error.answer) : error;
    });
}

export type Write = <M extends 'post' | 'patch', P extends PathOf<M>, B extends object>(
  method: M,
  template: P,
  places: PlacesOf<P, M>,
  body: B & Fits<BodyOf<P, M>, B>,
) => Promise<ResultOf<P, M>>;

/** Changes data outside of the restaurant's stream; rejects as reads do. */
export function useWrite(): Write {
  const http = useHttp();
  return (method, template, places, body) => answerOf(http, write(method, template, places, body as never)) as Promise<never>;
}

export type Carry = <M extends 'post' | 'delete', P extends PathOf<M>>(method: M, template: P, places: PlacesOf<P, M>) => Promise<void>;

/** Does what has no answer but that it is done; rejects as reads do. */
export function useCarryOut(): Carry {
  const http = useHttp();
  return async (method, template, places) => {
    const path = pathOf(template, places as Readonly<Record<string, string>>);
    const answer = await http({ method: method.toUpperCase() as Uppercase<typeof method>, path, ...(method === 'post' ? { body: {} } : {}) });
    if (answer.status >= 400) throw refusal(answer);
    if (answer.status !== 204) throw new NoAnswer();
  };
}

function useHttp(): Http {
  const http = useContext(Context);
  if (http === null) throw new Error('There is no REST client around this.');
  return http;
}

async function answerOf(http: Http, request: HttpRequest): Promise<unknown> {
  const answer = await http(request);
  if (answer.status >= 400) throw refusal(answer);
  if (answer.body === null) throw new NoAnswer();
  return answer.body;
}

function refusal({ status, body }: HttpAnswer): RestError {
  const { messageJa, detailsJa } = (body ?? {}) as Readonly<Record<string, unknown>>;
  return new RestError(status, textOf(body, 'code'), textOf(body, 'message') ?? textOf(body, 'detail') ?? `HTTP ${status}`, detailsOf(body), messageJa, detailsJa);
}

function textOf(body: unknown, key: 'code' | 'message' | 'detail'): string | null {
  const found = typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[key] : null;
  return typeof found === 'string' ? found : null;
}

function detailsOf(body: unknown): Readonly<Record<string, unknown>> {
  const found = typeof body === 'object' && body !== null && 'details' in body ? body.details : null;
  return typeof found === 'object' && found !== null ? (found as Record<string, unknown>) : {};
}
