/** From a configuration to a way to the server. */

import { makeHttp, type Http } from '../../api/http';
import type { ClientConfig } from './config';
import { FallbackLink } from './fallback';
import type { Link, LinkEvents } from './link';
import { RestLink } from './rest';
import { SocketLink } from './socket';
import { SettingsByRest } from './settingsByRest';
import type { Syncer } from '../sync/syncer';

/** What a platform other than a browser has to provide. */
export interface Platform {
  readonly config: ClientConfig;
  /** Whose page it is, as far as is known now. */
  readonly user?: () => string | null;
  readonly WebSocket?: unknown;
  readonly fetch?: typeof fetch;
  readonly random?: () => number;
}

/** REST as this client. */
export function httpOf({ config, user, fetch }: Platform): Http {
  return makeHttp({ ...config, userId: user ?? config.userId, ...(fetch === undefined ? {} : { fetch }) });
}

/** The socket with REST behind it, or REST alone where no socket is to be used. */
export function makeLink(platform: Platform): (events: LinkEvents, syncer: Syncer, clientId: () => string) => Link {
  const { config } = platform;
  return (events, syncer, clientId) => {
    const http = httpOf(platform);
    const rest = { http, since: () => syncer.since, clientId };
    const makeRest = (to: LinkEvents) => new RestLink(rest, to);
    const { socketUrl } = config;
    if (socketUrl === null) {
      return makeRest(events);
    }
    const { WebSocket, random } = platform;
    const url = () => socketAddress(socketUrl, config.restaurantId, clientId(), syncer.since);
    const makeSocket = (to: LinkEvents): Link => {
      const options = { url, clientId, WebSocket, ...(random === undefined ? {} : { random }) };
      const socket = new SocketLink(options, to);
      return config.settingsBySocket ? socket : new SettingsByRest(socket, (events) => new RestLink({ ...rest, isBeside: true }, events), to);
    };
    return new FallbackLink(makeSocket, makeRest, events);
  };
}

function socketAddress(base: string, restaurant: string | null, client: string, since: string | null): string {
  const url = new URL(base);
  for (const [name, value] of Object.entries({ restaurant, client, since })) {
    if (value !== null) {
      url.searchParams.set(name, value);
    }
  }
  return url.toString();
}
