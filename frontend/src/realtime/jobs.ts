/** The generation jobs of this restaurant, as far as they were told of since the page was opened. */

import { createStore, type StoreApi } from 'zustand/vanilla';

import type { GenerationProgress, GenerationResult } from './protocol';

export interface Job {
  readonly jobId: string;
  readonly progress: GenerationProgress | null;
  readonly result: GenerationResult | null;
}

export class Jobs {
  readonly store: StoreApi<ReadonlyMap<string, Job>> = createStore<ReadonlyMap<string, Job>>(() => new Map());

  progressed(progress: GenerationProgress): void {
    this.#put(progress.jobId, { progress });
  }

  /** A later word on a job does not take away what an earlier one said of its outcome. */
  ended(result: GenerationResult): void {
    const known = this.store.getState().get(result.jobId)?.result;
    this.#put(result.jobId, { result: { ...known, ...result } });
  }

  #put(jobId: string, news: Partial<Job>): void {
    const jobs = this.store.getState();
    const job: Job = { progress: null, result: null, ...jobs.get(jobId), ...news, jobId };
    this.store.setState(new Map(jobs).set(jobId, job), true);
  }
}
