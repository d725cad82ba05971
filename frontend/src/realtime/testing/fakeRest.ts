/** The REST API of a {@link FakeServer}, as a `fetch`. For tests. */

import type { ClientMessage } from '../protocol';
import type { FakeServer } from './fakeServer';
import { SCHEDULE, PERIOD, type Peer, type Wire } from './fakeWire';

export interface FakeRest {
  fetch: typeof fetch;
  /** Whether the server can be reached. */
  isDown: boolean;
  /** Whether requests are swallowed: nothing ever answers them. */
  isSilent: boolean;
  /** Carries a write out and loses its answer, so many times. */
  loseAnswers: number;
  /** Answers everything with this status. */
  status: number | null;
  /** Answers in the server's place, as a proxy or the network's own pages do. */
  proxy: ((method: string, path: string) => Response | null) | null;
  readonly requests: { method: string; path: string; headers: Headers; body: unknown }[];
}

const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers });

export function fakeRest(server: FakeServer): FakeRest {
  const rest: FakeRest = { fetch: answer, isDown: false, isSilent: false, loseAnswers: 0, status: null, proxy: null, requests: [] };

  function answer(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
    const url = new URL(input instanceof Request ? input.url : input);
    const path = url.pathname.replace('/api/', '');
    const method = init.method ?? 'GET';
    const body: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : undefined;
    const headers = new Headers(init.headers);
    rest.requests.push({ method, path, headers, body });
    return new Promise((resolve, reject) => {
      init.signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')));
      if (rest.isSilent) {
        return;
      }
      setTimeout(() => {
        if (rest.isDown) {
          reject(new TypeError('Failed to fetch'));
          return;
        }
        const intercepted = rest.proxy?.(method, path) ?? null;
        if (intercepted !== null) {
          resolve(intercepted);
          return;
        }
        let response: Response;
        try {
          response = rest.status === null ? respond(method, path, url, headers, body) : refusal(rest.status);
        } catch {
          // The server has crashed; whoever has a socket to it loses it as well.
          server.forgetUnpublished();
          server.closeAll(1006);
          reject(new TypeError('Failed to fetch'));
          return;
        }
        if (method !== 'GET' && rest.loseAnswers > 0) {
          rest.loseAnswers -= 1;
          reject(new TypeError('Failed to fetch'));
          return;
        }
        response.headers.set('Date', new Date(Date.now() + server.clockOffset).toUTCString());
        resolve(response);
      }, 20);
    });
  }

  function respond(method: string, path: string, url: URL, headers: Headers, body: unknown): Response {
    const meant = headers.get('X-User-Id');
    if (meant !== null && meant !== server.userId) {
      const details = { userId: server.userId };
      return json({ code: 'unauthenticated', message: 'You are now signed in as someone else.', details }, 401);
    }
    if (path === 'changes/') {
      return changes(url.searchParams.get('since'));
    }
    if (method === 'GET') {
      return json(read(path), 200, { 'X-Version': `${server.epoch}:${server.version}` });
    }
    return write(method, path, url, headers, body);
  }

  function changes(since: string | null): Response {
    const { epoch, version } = server;
    if (since === null) {
      return json({ changes: [], epoch, version, more: false });
    }
    const sent = collect(server, (peer) => server.receive(peer, { type: 'RESUME', payload: { since } } as ClientMessage));
    if (sent.some(({ type }) => type === 'RESYNC_REQUIRED')) {
      return json({ code: 'not_found', message: 'gone' }, 410);
    }
    const missed = sent.flatMap(({ type, payload }) => (type === 'BATCH' ? (payload['messages'] as Wire[]) : []));
    return json({ changes: missed, epoch, version, more: false });
  }

  function read(path: string): unknown {
    if (path === `schedules/${SCHEDULE}/cells/`) {
      return { scheduleId: SCHEDULE, periodIndex: 0, scheduleData: server.data, state: 'draft', lockedCells: [], jobs: server.jobs };
    }
    if (path.startsWith('jobs/')) {
      const jobId = path.split('/')[1];
      const job = server.jobs.find((each) => each.jobId === jobId);
      return job === undefined ? server.jobs : { ...job, result: server.results.get(job.jobId) ?? null };
    }
    if (path === 'settings/') {
      return { settings: server.settings };
    }
    if (path === 'me/') {
      return { userId: server.userId, userName: server.userId };
    }
    return path === 'periods/' ? [PERIOD] : [];
  }

  function write(method: string, path: string, url: URL, headers: Headers, body: unknown): Response {
    const message = {
      ...asked(method, path, (body ?? inQuery(url)) as Record<string, unknown>),
      requestId: headers.get('Idempotency-Key'),
      clientId: headers.get('X-Client-Id') ?? '',
      timestamp: '',
    } as unknown as ClientMessage;
    const sent = collect(server, (peer) => server.receive(peer, message));
    const error = sent.find(({ type }) => type === 'ERROR');
    const ack = sent.find(({ type }) => type === 'ACK');
    const conflict = sent.find(({ type }) => type === 'CONFLICT');
    if (conflict !== undefined) {
      return json({ code: 'conflict', message: 'changed by somebody else', details: { ...conflict.payload, strategy: 'user_choice' } }, 409);
    }
    return error === undefined ? json(ack?.payload ?? { path }) : json(error.payload, error.payload['code'] === 'conflict' ? 409 : 400);
  }

  return rest;
}

/** The request of the protocol that a write asks for. */
function asked(method: string, path: string, body: Record<string, unknown>): { type: string; payload: Record<string, unknown> } {
  if (path === 'staff/reorder/') {
    return { type: 'STAFF_REORDER', payload: body };
  }
  const member = /^staff\/([^/]+)\/$/.exec(path)?.[1];
  if (member !== undefined) {
    const { baseVersion, strategy, ...changes } = body;
    const based = { staffId: member, ...(baseVersion === undefined ? {} : { baseVersion }), ...(strategy === undefined ? {} : { strategy }) };
    return method === 'DELETE' ? { type: 'STAFF_DELETE', payload: based } : { type: 'STAFF_UPDATE', payload: { ...based, changes } };
  }
  if (path === 'daily-limits/') {
    return { type: 'SETTINGS_CREATE_DAILY_LIMIT', payload: { limit: body } };
  }
  const [staffId, dateKey] = path.split('/').slice(3);
  return dateKey === undefined || dateKey === ''
    ? { type: 'SHIFT_BULK_UPDATE', payload: { ...body, scheduleId: SCHEDULE } }
    : { type: 'SHIFT_UPDATE', payload: { ...body, staffId, dateKey, scheduleId: SCHEDULE } };
}

/** What a request without a body says of itself. */
function inQuery({ searchParams }: URL): Record<string, unknown> {
  const found = Object.fromEntries(searchParams);
  const base = searchParams.get('baseVersion');
  return base === null ? found : { ...found, baseVersion: Number(base) };
}

/** What the server says to one who asks by `ask`. */
function collect(server: FakeServer, ask: (peer: Peer) => void): Wire[] {
  const sent: Wire[] = [];
  ask({ clientId: '', send: (message) => sent.push(message), close: () => server.epoch });
  return sent;
}

function refusal(status: number): Response {
  return json({ code: 'unavailable', message: `status ${status}` }, status, { 'Retry-After': '1' });
}
