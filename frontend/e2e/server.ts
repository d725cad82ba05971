import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { type Browser, type BrowserContext, type BrowserContextOptions, expect, type Page } from '@playwright/test';

import { signIn, type User } from './users';

/** What the restaurant of a server holds; every cell is filled. */
export interface World {
  readonly schedule: string;
  readonly staff: readonly string[];
  readonly days: readonly string[];
}

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const PYTHON = join(ROOT, '.venv/bin/python');

const BUILT_ELSEWHERE = { DJANGO_SETTINGS_MODULE: 'tests.support.built_settings' };

function python(environment: NodeJS.ProcessEnv, ...command: string[]): string {
  return execFileSync(PYTHON, command, { cwd: ROOT, env: environment, encoding: 'utf8' });
}

/** What a server on a database in `directory` is told. */
export function environmentOf(directory: string, port: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    PORT: port,
    SHIFTSYNC_DEBUG: '1',
    SHIFTSYNC_ENV_FILE: '/dev/null',
    DJANGO_SETTINGS_MODULE: 'shiftsync.settings',
    DATABASE_URL: `sqlite:///${join(directory, 'db.sqlite3')}`,
    REDIS_URL: '',
  };
}

/** Whether a server answers there, and has all that it needs. */
export async function isReady(address: string): Promise<boolean> {
  try {
    return (await fetch(`${address}/health/ready`)).ok;
  } catch {
    return false;
  }
}

async function end(running: ChildProcess | null, signal: NodeJS.Signals): Promise<void> {
  if (running?.exitCode !== null) return;
  const ended = once(running, 'exit');
  running.kill(signal);
  await ended;
}

/** A server of a test's own, on a database of its own, that the test may kill. It is one process, ended by its id. */
export class Server {
  readonly #directory: string;
  readonly #environment: NodeJS.ProcessEnv;
  #process: ChildProcess | null = null;
  #worker: ChildProcess | null = null;

  private constructor(
    readonly address: string,
    directory: string,
    environment: NodeJS.ProcessEnv,
    readonly world: World,
  ) {
    this.#directory = directory;
    this.#environment = environment;
  }

  /** With so many people and days; it runs. `variables` are set for it and its worker. */
  static async open(staff: number, days: number, variables: NodeJS.ProcessEnv = {}): Promise<Server> {
    const server = Server.#made(variables);
    Object.assign(server.world, JSON.parse(server.#python('-m', 'tests.support.browser_world', String(staff), String(days))));
    await server.start();
    return server;
  }

  /** With nothing but tables: nobody has an account. It runs. */
  static async empty(variables: NodeJS.ProcessEnv = {}): Promise<Server> {
    const server = Server.#made(variables);
    server.#python('-m', 'tests.support.template', join(server.#directory, 'db.sqlite3'));
    await server.start();
    return server;
  }

  static #made(variables: NodeJS.ProcessEnv = {}): Server {
    const port = python(process.env, '-m', 'tests.support.ports').trim();
    const directory = mkdtempSync(join(tmpdir(), 'shiftsync-e2e-'));
    return new Server(`http://127.0.0.1:${port}`, directory, { ...environmentOf(directory, port), ...variables }, { schedule: '', staff: [], days: [] });
  }

  /** What a command prints. */
  manage(...command: string[]): string {
    return this.#python('manage.py', ...command).trim();
  }

  #python(...command: string[]): string {
    return python(this.#environment, ...command);
  }

  /** `build`: a front end that was built elsewhere, as after an upgrade. */
  async start(build?: string): Promise<void> {
    const command = ['-m', 'shiftsync.serve', 'server'];
    const env = build === undefined ? this.#environment : { ...this.#environment, ...BUILT_ELSEWHERE, E2E_FRONTEND: build };
    this.#process = spawn(PYTHON, command, { cwd: ROOT, env, stdio: 'ignore' });
    try {
      await expect.poll(() => isReady(this.address), { timeout: 150_000 }).toBe(true);
    } catch (error) {
      await this.kill();
      throw error;
    }
  }

  /** Starts a worker beside it, which carries out the generator's jobs and sends mail until the server is closed. */
  work(): void {
    this.#worker ??= spawn(PYTHON, ['-m', 'shiftsync.serve', 'worker'], { cwd: ROOT, env: this.#environment, stdio: 'ignore' });
  }

  /** Ends it in the middle of whatever it does. */
  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const running = this.#process;
    this.#process = null;
    await end(running, signal);
  }

  /** Ends it for good, and forgets what it held. */
  async close(): Promise<void> {
    await Promise.all([this.kill(), end(this.#worker, 'SIGKILL')]);
    rmSync(this.#directory, { recursive: true, force: true });
  }

  /** A browser of its own, signed in. */
  async visitor(browser: Browser, user: User = 'manager', options: BrowserContextOptions = {}): Promise<BrowserContext> {
    const storageState = await signIn(user, this.address);
    return browser.newContext({ locale: 'en-GB', ...options, baseURL: this.address, storageState });
  }

  /** What was changed after `version`. */
  async changes(page: Page, version: number): Promise<{ version: number; type: string; payload: Record<string, unknown> }[]> {
    const { epoch } = (await (await page.request.get('/api/changes/')).json()) as { epoch: string };
    const answer = await page.request.get(`/api/changes/?since=${epoch}:${version}&limit=500`);
    return ((await answer.json()) as { changes: { version: number; type: string; payload: Record<string, unknown> }[] }).changes;
  }

  /** The version that the restaurant is at. */
  async version(page: Page): Promise<number> {
    return ((await (await page.request.get('/api/changes/')).json()) as { version: number }).version;
  }
}
