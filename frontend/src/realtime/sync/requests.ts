/** Questions under way: each ends in its answer, in an error, or in a time-out. */

import type { Refusal, ServerMessage, ServerType } from '../protocol';

/** Why a request failed. `code` is the server's, or `offline`, or `timeout`. */
export class RequestError extends Error {
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;
  /** What the server says in Japanese as well. */
  readonly messageJa: string | undefined;
  readonly detailsJa: Readonly<Record<string, unknown>> | undefined;

  constructor(code: string, message: string, { details = {}, messageJa, detailsJa }: Partial<Refusal> = {}) {
    super(message);
    this.name = 'RequestError';
    this.code = code;
    this.details = details;
    this.messageJa = messageJa;
    this.detailsJa = detailsJa;
  }

  static from(refusal: Refusal): RequestError {
    return new RequestError(refusal.code, refusal.message, refusal);
  }
}

interface Question {
  readonly answer: ServerType;
  readonly resolve: (message: ServerMessage) => void;
  readonly reject: (error: RequestError) => void;
  readonly timer: ReturnType<typeof setTimeout>;
}

export class Requests {
  readonly #open = new Map<string, Question>();

  /** Waits for a message of type `answer` to the request. */
  expect(requestId: string, answer: ServerType, timeoutMs: number): Promise<ServerMessage> {
    return new Promise((resolve, reject) => {
      const late = () => this.fail(requestId, new RequestError('timeout', 'The server did not answer in time.'));
      this.#open.set(requestId, { answer, resolve, reject, timer: setTimeout(late, timeoutMs) });
    });
  }

  /** Whether the message answers a question asked here; if so it is delivered. */
  settle(message: ServerMessage): boolean {
    const question = message.requestId == null ? undefined : this.#open.get(message.requestId);
    if (question?.answer !== message.type || message.requestId == null) {
      return false;
    }
    this.#close(message.requestId, question);
    question.resolve(message);
    return true;
  }

  /** Whether there was such a question. */
  fail(requestId: string, error: RequestError): boolean {
    const question = this.#open.get(requestId);
    if (question === undefined) {
      return false;
    }
    this.#close(requestId, question);
    question.reject(error);
    return true;
  }

  failAll(error: RequestError): void {
    for (const requestId of [...this.#open.keys()]) {
      this.fail(requestId, error);
    }
  }

  #close(requestId: string, question: Question): void {
    clearTimeout(question.timer);
    this.#open.delete(requestId);
  }
}
