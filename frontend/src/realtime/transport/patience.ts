/** Requests that end: a network may swallow them, and then nobody ever says so. */

import type { Http } from '../../api/http';

export class Patience {
  readonly #http: Http;
  readonly #open = new Set<AbortController>();

  constructor(http: Http) {
    this.#http = http;
  }

  /** The same requests, each given up after so long. */
  within(ms: number): Http {
    return async (request) => {
      const controller = new AbortController();
      const timer = setTimeout(() => controller.abort(), ms);
      this.#open.add(controller);
      try {
        return await this.#http({ ...request, signal: controller.signal });
      } finally {
        clearTimeout(timer);
        this.#open.delete(controller);
      }
    };
  }

  /** Gives up everything that is under way. */
  end(): void {
    this.#open.forEach((controller) => controller.abort());
    this.#open.clear();
  }
}
