/** Requests to the REST API as this user: session cookie with its CSRF token, or a token. */

export interface HttpOptions {
  /** With a slash at its end. */
  readonly apiUrl: string;
  readonly token: string | null;
  readonly restaurantId: string | null;
  /** In whose name; the server refuses what comes with another user's session. */
  readonly userId?: string | null | (() => string | null);
  readonly fetch?: typeof fetch;
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below the API's address, without a leading slash. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: unknown;
  /** Makes a write idempotent. */
  readonly requestId?: string;
  readonly clientId?: string;
  readonly signal?: AbortSignal;
}

/** `body` is null where there is none or it is no JSON. */
export interface HttpAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Headers;
}

/** The CSRF token that Django has put into a cookie. */
export function csrfToken(): string | null {
  const cookies = typeof document === 'undefined' ? '' : document.cookie;
  return /(?:^|; )csrftoken=([^;]+)/.exec(cookies)?.[1] ?? null;
}

export type Http = (request: HttpRequest) => Promise<HttpAnswer>;

/** Rejects only when there was no answer at all. */
export function makeHttp(options: HttpOptions): Http {
  return async (request) => {
    const call = options.fetch ?? fetch;
    const response = await call(urlOf(options, request), {
      method: request.method,
      headers: headersOf(options, request),
      credentials: 'same-origin',
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
      ...(request.signal === undefined ? {} : { signal: request.signal }),
    });
    const text = await response.text();
    return { status: response.status, body: parsed(text), headers: response.headers };
  };
}

function urlOf({ apiUrl, restaurantId }: HttpOptions, { path, query }: HttpRequest): string {
  const parameters = new URLSearchParams();
  const all: HttpRequest['query'] = { restaurant: restaurantId ?? undefined, ...query };
  for (const [name, value] of Object.entries(all)) {
    if (value !== undefined) {
      parameters.set(name, String(value));
    }
  }
  const text = parameters.toString();
  return `${apiUrl}${path}${text === '' ? '' : `?${text}`}`;
}

function headersOf({ token, userId = null }: HttpOptions, request: HttpRequest): Record<string, string> {
  const headers: Record<string, string> = { Accept: 'application/json' };
  const csrf = csrfToken();
  const optional = {
    'Content-Type': request.body === undefined ? null : 'application/json',
    Authorization: token === null ? null : `Bearer ${token}`,
    'X-CSRFToken': request.method === 'GET' ? null : csrf,
    'Idempotency-Key': request.requestId ?? null,
    'X-Client-Id': request.clientId ?? null,
    'X-User-Id': typeof userId === 'function' ? userId() : userId,
  };
  for (const [name, value] of Object.entries(optional)) {
    if (value !== null) {
      headers[name] = value;
    }
  }
  return headers;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
