import { createContext, useContext } from 'react';

import type { Http, HttpRequest } from '@/api/http';

/** What has no message on the socket. */
const Context = createContext<Http | null>(null);
export const RestProvider = Context.Provider;

export class RestError extends Error {
  constructor(
    readonly status: number,
    readonly code: string | null,
    message: string,
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }
}

export type Read = (path: string, query?: Readonly<Record<string, string | number | undefined>>) => Promise<unknown>;

/** Reads JSON; rejects with the server's own words where it refuses. */
export function useRead(): Read {
  const http = useHttp();
  return (path, query = {}) => answerOf(http, { method: 'GET', path, query });
}

/** Asks the server to make something that is no part of the restaurant's stream; rejects as reads do. */
export function useCreate(): (path: string) => Promise<unknown> {
  const http = useHttp();
  return (path) => answerOf(http, { method: 'POST', path, body: {} });
}

/** Changes what is no part of the restaurant's stream; rejects as reads do. */
export function usePatch(): (path: string, body: object) => Promise<unknown> {
  const http = useHttp();
  return (path, body) => answerOf(http, { method: 'PATCH', path, body });
}

function useHttp(): Http {
  const http = useContext(Context);
  if (http === null) throw new Error('There is no REST client around this.');
  return http;
}

async function answerOf(http: Http, request: HttpRequest): Promise<unknown> {
  const { status, body } = await http(request);
  if (status >= 400) throw new RestError(status, textOf(body, 'code'), textOf(body, 'message') ?? textOf(body, 'detail') ?? `HTTP ${status}`, detailsOf(body));
  return body;
}

function textOf(body: unknown, key: 'code' | 'message' | 'detail'): string | null {
  const found = typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[key] : null;
  return typeof found === 'string' ? found : null;
}

function detailsOf(body: unknown): Readonly<Record<string, unknown>> {
  const found = typeof body === 'object' && body !== null && 'details' in body ? body.details : null;
  return typeof found === 'object' && found !== null ? (found as Record<string, unknown>) : {};
}
