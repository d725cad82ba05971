/** Reads jobs that no message announces: replays do not contain what happened to a job while there was no connection. */

import type { Http } from '../../api/http';
import { get } from '../../api/typed';
import { isActiveJob, jobsOf, type Jobs } from './jobs';
import type { JobListing, ServerMessage, ServerPayloads } from '../protocol';
import { Timer } from '../transport/timer';

const POLL_MS = 2000;

export class JobReader {
  readonly #http: Http;
  readonly #jobs: Jobs;
  /** The schedules whose jobs have been listed over this connection. */
  readonly #listed = new Set<string>();
  readonly #poll = new Timer(POLL_MS, () => this.#lookAgain());
  #isPolling = false;

  constructor(http: Http, jobs: Jobs) {
    this.#http = http;
    this.#jobs = jobs;
  }

  /** Takes in what a message says of jobs. `isPolling`: there is no socket, so no progress messages will follow. */
  received(message: ServerMessage, isPolling: boolean): void {
    switch (message.type) {
      case 'SHIFT_SYNC_RESPONSE':
        this.#synced(message.payload);
        break;
      case 'ACK':
        this.#acknowledged(message.payload, isPolling);
        break;
      case 'GENERATION_PROGRESS':
        this.#jobs.progressed(message.payload);
        break;
      case 'GENERATION_RESULT':
        this.#jobs.ended(message.payload);
    }
  }

  /** Sees to it that the jobs of the schedules are known. Without a socket (`isPolling`) they are asked for again. */
  ensure(scheduleIds: readonly string[], isPolling: boolean): void {
    this.#isPolling = isPolling;
    for (const scheduleId of scheduleIds.filter((each) => !this.#listed.has(each))) {
      this.#listed.add(scheduleId);
      void this.#list(scheduleId);
    }
    this.#schedulePoll();
  }

  disconnected(): void {
    this.#listed.clear();
    this.#poll.stop();
  }

  /** Reads one job with its result and proposal into the store. */
  async read(jobId: string): Promise<void> {
    const { result, ...listing } = await get(this.#http, '/api/jobs/{id}/', { path: { id: jobId } });
    this.#jobs.listed([listing]);
    if (result !== null) {
      this.#jobs.ended(result);
    }
  }

  #synced({ scheduleId, jobs }: ServerPayloads['SHIFT_SYNC_RESPONSE']): void {
    if (scheduleId !== null) {
      this.#listed.add(scheduleId);
      this.#take(jobs);
    }
  }

  /** Until the generator begins it says nothing of a job: its author knows of it by the acknowledgement. */
  #acknowledged({ result }: ServerPayloads['ACK'], isPolling: boolean): void {
    const { jobId, scheduleId, status } = result;
    if (typeof jobId === 'string' && typeof scheduleId === 'string' && status === 'queued') {
      this.#jobs.queued(jobId, scheduleId);
      this.ensure([scheduleId], isPolling);
    }
  }

  async #list(scheduleId: string): Promise<void> {
    try {
      this.#take(await get(this.#http, '/api/jobs/', { query: { scheduleId } }));
    } catch {
      this.#listed.delete(scheduleId);
    }
    this.#schedulePoll();
  }

  /** The end of a job that was seen at work is news, as it would have been over the socket. */
  #take(listings: readonly JobListing[]): void {
    const before = this.#jobs.store.getState();
    this.#jobs.listed(listings);
    for (const { jobId, status } of listings) {
      const known = before.get(jobId);
      if (known !== undefined && isActiveJob(known) && !isActiveJob({ status })) {
        this.read(jobId).catch(() => undefined);
      }
    }
  }

  #schedulePoll(): void {
    const jobs = this.#jobs.store.getState();
    if (this.#isPolling && [...this.#listed].some((scheduleId) => jobsOf(jobs, scheduleId).some(isActiveJob))) {
      this.#poll.start();
    }
  }

  #lookAgain(): void {
    for (const scheduleId of this.#listed) {
      void this.#list(scheduleId);
    }
  }
}
