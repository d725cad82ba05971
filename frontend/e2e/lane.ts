import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { expect } from '@playwright/test';

import { environmentOf, isReady, PYTHON, ROOT } from './server';
import type { SignedIn, User } from './users';

type Users = Readonly<Record<User, SignedIn>>;

/**
 * The servers of one worker of Playwright's: one after another at the same address, each with a worker beside it and a copy of the sample as it
 * is made. They are forked from a process that has loaded everything (`tests/support/browser_lane.py`).
 */
export class Lane {
  /** The cookies of those who are signed in in the sample. */
  readonly users: Users;
  readonly #sample: string;
  readonly #address: string;
  readonly #directory = mkdtempSync(join(tmpdir(), 'shiftsync-e2e-'));
  readonly #process: ChildProcess;
  readonly #answers: AsyncIterator<string>;
  #about: string | null = null;

  /** `sample` as `tests/support/browser_sample.py` makes it, with the cookies beside it. */
  constructor(sample: string, address: string) {
    this.users = JSON.parse(readFileSync(`${sample}.json`, 'utf8')) as Users;
    this.#sample = sample;
    this.#address = address;
    const env = environmentOf(this.#directory, new URL(address).port);
    this.#process = spawn(PYTHON, ['-m', 'tests.support.browser_lane'], { cwd: ROOT, env, stdio: ['pipe', 'pipe', 'inherit'] });
    if (this.#process.stdout === null) throw new Error('There is nothing to read from.');
    this.#answers = createInterface({ input: this.#process.stdout })[Symbol.asyncIterator]();
  }

  /** Has a server of its own for this file: a fresh one, unless the file is still that of before. */
  async serve(file: string): Promise<void> {
    if (this.#about === file) return;
    this.#about = null;
    await this.#ask('end');
    for (const suffix of ['', '-wal', '-shm']) rmSync(join(this.#directory, `db.sqlite3${suffix}`), { force: true });
    copyFileSync(this.#sample, join(this.#directory, 'db.sqlite3'));
    await this.#ask('server');
    await expect.poll(() => isReady(this.#address), { timeout: 150_000, intervals: [50] }).toBe(true);
    await this.#ask('worker');
    this.#about = file;
  }

  /** Ends them all, and forgets what they held. */
  async close(): Promise<void> {
    const ended = once(this.#process, 'exit');
    this.#process.stdin?.end();
    await ended;
    rmSync(this.#directory, { recursive: true, force: true });
  }

  async #ask(word: 'server' | 'worker' | 'end'): Promise<void> {
    this.#process.stdin?.write(`${word}\n`);
    const { done } = await this.#answers.next();
    if (done === true) throw new Error('The process that the servers are forked from has ended.');
  }
}
