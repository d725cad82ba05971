/** What REST answers to questions, put into the form of the socket's answers. */

import type { Http, HttpAnswer } from '../../api/http';
import { HttpFailure, NoAnswer } from '../../api/typed';
import type {
  Availability,
  ClientMessage,
  ConfigVersion,
  MigrationReport,
  QueryType,
  ServerMessage,
  ServerPayloads,
  StaffMember,
} from '../protocol';
import { isRecord } from '../protocol/records';
import { routeOf } from './restRoutes';

/** `version`: that at which it was read, where the server says so. */
type Told = Pick<ServerMessage, 'type' | 'payload' | 'version'>;
type Reader = (http: Http, message: ClientMessage) => Promise<Told>;

/** A successful answer. */
async function answerTo(http: Http, request: Parameters<Http>[0]): Promise<HttpAnswer> {
  const answer = await http(request);
  if (answer.status >= 400) {
    throw new HttpFailure(answer);
  }
  if (answer.body === null && answer.status !== 204) {
    throw new NoAnswer();
  }
  return answer;
}

/** The body of a successful request. */
export async function bodyOf(http: Http, request: Parameters<Http>[0]): Promise<unknown> {
  return (await answerTo(http, request)).body;
}

/** The version at which an answer was read: `X-Version: <epoch>:<version>`. */
function versionOf({ headers }: HttpAnswer): { version?: number } {
  const version = Number(headers.get('X-Version')?.split(':')[1] ?? Number.NaN);
  return Number.isInteger(version) ? { version } : {};
}

/** All rows of a collection, whether it comes whole or in pages. */
async function rowsOf<Row>(
  http: Http,
  path: string,
  query: Record<string, string | number | undefined> = {},
): Promise<Row[]> {
  const rows: Row[] = [];
  for (let page: number | null = 1; page !== null; ) {
    const body: unknown = await bodyOf(http, { method: 'GET', path, query: page === 1 ? query : { ...query, page } });
    const isPaged = typeof body === 'object' && body !== null && 'results' in body;
    const found = isPaged ? body.results : body;
    if (!Array.isArray(found)) {
      throw new NoAnswer();
    }
    rows.push(...(found as Row[]));
    page = isPaged && 'next' in body && body.next !== null ? page + 1 : null;
  }
  return rows;
}

const now = () => new Date().toISOString();

/** When people can work; who is nobody on the schedule, and only looks, may not ask. */
async function availabilityOf(http: Http): Promise<{ availability?: Availability[] }> {
  try {
    const availability = await rowsOf<Availability>(http, 'availability/');
    return availability.length === 0 ? {} : { availability };
  } catch (error) {
    if (error instanceof HttpFailure && error.answer.status === 403) return {};
    throw error;
  }
}

async function staff(http: Http): Promise<Told> {
  const members = await rowsOf<StaffMember>(http, 'staff/', { includeDeleted: 'true' });
  const entered = await availabilityOf(http);
  return { type: 'SYNC_ALL_PERIODS_RESPONSE', payload: { periods: { '0': members }, totalPeriods: 1, ...entered, timestamp: now() } };
}

/** A question whose REST answer is the payload of the socket's. `key`: what no answer of the server's goes without. */
const direct = <T extends ServerMessage['type']>(type: T, key: keyof ServerPayloads[T] & string): Reader =>
  async (http, message) => {
    const route = routeOf(message);
    if (route === null) {
      throw new Error(`${message.type} is not asked for over REST.`);
    }
    const write = route.method === 'GET' || message.requestId === undefined ? {} : { requestId: message.requestId };
    const answer = await answerTo(http, { ...route, ...write });
    if (!isRecord(answer.body) || !(key in answer.body)) {
      throw new NoAnswer();
    }
    return { type, payload: answer.body as never, ...versionOf(answer) };
  };


/** A write whose report is in its acknowledgement. */
const migrated: Reader = async (http, message) => {
  const { payload } = await direct('ACK', 'version')(http, message);
  return { type: 'SETTINGS_MIGRATE', payload: (payload as ServerPayloads['ACK']).result as unknown as MigrationReport };
};

const readers: { readonly [Q in QueryType]: Reader } = {
  SYNC_REQUEST: async (http, message) => {
    const { period } = message.payload as { period?: number };
    const members = await rowsOf<StaffMember>(http, 'staff/', { period });
    return { type: 'SYNC_RESPONSE', payload: { staff: members, staffMembers: members, period: period ?? 0, timestamp: now() } };
  },
  SYNC_ALL_PERIODS_REQUEST: staff,
  CALENDAR_SYNC_REQUEST: direct('CALENDAR_SYNC_RESPONSE', 'periods'),
  NOTICES_REQUEST: direct('NOTICES', 'unread'),
  SHIFT_SYNC_REQUEST: direct('SHIFT_SYNC_RESPONSE', 'scheduleData'),
  SETTINGS_SYNC_REQUEST: direct('SETTINGS_SYNC_RESPONSE', 'settings'),
  SETTINGS_VERSIONS_REQUEST: async (http) => ({
    type: 'SETTINGS_VERSIONS_RESPONSE',
    payload: { versions: await rowsOf<ConfigVersion>(http, 'config-versions/') },
  }),
  SETTINGS_ANSWERS_REQUEST: direct('SETTINGS_ANSWERS_RESPONSE', 'atWork'),
  SETTINGS_COMPARE_REQUEST: direct('SETTINGS_COMPARE_RESPONSE', 'tables'),
  SETTINGS_CHANGES_REQUEST: direct('SETTINGS_CHANGES_RESPONSE', 'changes'),
  SETTINGS_MIGRATE: migrated,
  BACKUP_COVERAGE: direct('BACKUP_COVERAGE_RESPONSE', 'groups'),
  BACKUP_SUGGESTIONS: direct('BACKUP_SUGGESTIONS_RESPONSE', 'suggestions'),
  PUBLICATION_REQUEST: direct('PUBLICATION', 'scheduleId'),
  PUBLICATION_PREVIEW_REQUEST: direct('PUBLICATION_PREVIEW', 'changes'),
  PUBLICATIONS_REQUEST: direct('PUBLICATIONS', 'publications'),
  SCHEDULE_VALIDATE: direct('SCHEDULE_VALIDATION', 'violations'),
  SCHEDULE_GENERATE: direct('ACK', 'version'),
  SCHEDULE_REPAIR: direct('ACK', 'version'),
  SCHEDULE_GENERATE_CANCEL: direct('ACK', 'version'),
};

/** How a message is answered if it is a question. */
export function readerOf(message: ClientMessage): Reader | null {
  return message.type in readers ? readers[message.type as QueryType] : null;
}
