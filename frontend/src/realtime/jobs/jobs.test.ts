import { expect, it } from 'vitest';

import type { ClientOptions, ShiftSyncClient } from '../client';
import { isActiveJob, jobsOf } from './jobs';
import type { GenerationResult, JobListing, JobStatus } from '../protocol';
import { SCHEDULE } from '../testing/fakeWire';
import { live, rest, world } from '../testing/inAWorld';
import { memoryStorage, REST_ONLY } from '../testing/world';

const progressOf = (jobId: string, solutions = 0) => ({
  jobId,
  scheduleId: SCHEDULE,
  phase: 'search',
  objective: null,
  bound: null,
  elapsedSeconds: 1,
  solutions,
  way: [],
});

function job(jobId: string, status: JobStatus, createdAt = '2025-08-24T08:00:00.000Z'): JobListing {
  return {
    jobId,
    scheduleId: SCHEDULE,
    kind: 'generate',
    status,
    options: { seed: 1 },
    progress: progressOf(jobId),
    requestedBy: '田中',
    createdAt,
    startedAt: null,
    finishedAt: null,
    attempts: 1,
    error: '',
  };
}

function resultOf(jobId: string): GenerationResult {
  const nothing = { progress: progressOf(jobId, 9), score: null, scoreBefore: null, violations: [], explanation: null, fairness: [], warnings: [], warningsJa: [] };
  return { jobId, scheduleId: SCHEDULE, kind: 'generate', status: 'optimal', error: '', ...nothing, diff: [] };
}

function finish(jobId: string): void {
  world.server.jobs = world.server.jobs.map((each) => (each.jobId === jobId ? { ...each, status: 'optimal' } : each));
  world.server.results.set(jobId, resultOf(jobId));
}

const online = (options: Partial<ClientOptions> = {}) => live({ fetch: rest.fetch, ...options }, 500);

const jobIn = (client: ShiftSyncClient, jobId: string) => client.jobs.getState().get(jobId);

it('brings the jobs of a schedule with its cells, the newest first', async () => {
  world.server.jobs = [job('b', 'running', '2025-08-24T08:30:00.000Z'), job('a', 'optimal')];
  const client = await online();
  const jobs = jobsOf(client.jobs.getState(), SCHEDULE);
  expect(jobs.map(({ jobId, status }) => [jobId, status])).toEqual([
    ['b', 'running'],
    ['a', 'optimal'],
  ]);
  expect(jobs[0]).toMatchObject({ progress: { phase: 'search' }, listing: { requestedBy: '田中' }, result: null });
  expect(rest.requests).toEqual([]);
});

it('knows of a running job after a reload that needs no cells', async () => {
  const session = memoryStorage();
  await world.kill(await online({ session }));
  world.server.jobs = [job('a', 'running')];
  const again = await online({ session });
  expect(world.network.received.filter(({ type }) => type === 'SHIFT_SYNC_REQUEST')).toHaveLength(1);
  expect(jobIn(again, 'a')?.status).toBe('running');
  world.server.tell({ type: 'GENERATION_PROGRESS', payload: progressOf('a', 3) });
  await world.run(100);
  expect(jobIn(again, 'a')?.progress?.solutions).toBe(3);
});

it('reads the result of a job that ended while there was no connection', async () => {
  world.server.jobs = [job('a', 'running')];
  const client = await online();
  world.network.faults.isDown = true;
  world.network.cut();
  await world.run(100);
  finish('a');
  world.network.faults.isDown = false;
  await world.run(40_000);
  expect(jobIn(client, 'a')).toMatchObject({ status: 'optimal', result: { diff: [] } });
});

it('reads the proposal of a finished job when it is asked for', async () => {
  world.server.jobs = [job('a', 'running')];
  finish('a');
  const client = await online();
  expect(jobIn(client, 'a')).toMatchObject({ status: 'optimal', result: null });
  const reading = client.readJob('a');
  await world.run(100);
  await reading;
  expect(jobIn(client, 'a')?.result).toMatchObject({ diff: [] });
});

it('does not let an older listing take back the end of a job', async () => {
  world.server.jobs = [job('a', 'running')];
  const client = await online();
  world.server.tell({ type: 'GENERATION_RESULT', payload: { ...resultOf('a') } });
  await world.run(100);
  client.resync(`schedule:${SCHEDULE}`);
  await world.run(100);
  expect(jobIn(client, 'a')).toMatchObject({ status: 'optimal', result: { jobId: 'a' } });
});

it('without a socket asks for the jobs until they are done', async () => {
  world.server.jobs = [job('a', 'running')];
  const client = await online({ config: { ...REST_ONLY, restaurantId: null } });
  expect(isActiveJob(jobIn(client, 'a') ?? { status: 'failed' })).toBe(true);
  finish('a');
  await world.run(5000);
  expect(jobIn(client, 'a')).toMatchObject({ status: 'optimal', result: { jobId: 'a' } });
  const asked = () => rest.requests.filter(({ path }) => path === 'jobs/').length;
  const before = asked();
  await world.run(10_000);
  expect(asked()).toBe(before);
});

it('knows of a job from the moment that it is asked for', async () => {
  const client = await online();
  world.server.answer = ({ type }) => (type === 'SCHEDULE_GENERATE' ? { jobId: 'n', scheduleId: SCHEDULE, status: 'queued' } : {});
  const asking = client.query('SCHEDULE_GENERATE', { scheduleId: SCHEDULE });
  await world.run(100);
  await asking;
  expect(jobIn(client, 'n')?.status).toBe('queued');
});
