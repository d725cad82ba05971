import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline';

import { expect } from '@playwright/test';

import { PYTHON, ROOT } from './server';

/** A mail as whoever gets it reads it. */
export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly language: string;
  readonly text: string;
}

/** A mail server that takes everything and keeps it (`tests/support/mail_printer.py`). */
export class Post {
  readonly #mails: Mail[] = [];

  private constructor(
    /** As the operator names it. */
    readonly url: string,
    private readonly printer: ChildProcess,
    lines: Interface,
  ) {
    lines.on('line', (line) => this.#mails.push(JSON.parse(line) as Mail));
  }

  static async open(): Promise<Post> {
    const printer = spawn(PYTHON, ['-m', 'tests.support.mail_printer'], { cwd: ROOT, stdio: ['pipe', 'pipe', 'inherit'] });
    const lines = createInterface({ input: printer.stdout });
    const [url] = (await once(lines, 'line')) as [string];
    return new Post(url, printer, lines);
  }

  /** The one mail with that subject that has come to an address, waited for. */
  async mail(to: string, subject: RegExp): Promise<Mail> {
    const found = () => this.#mails.filter((each) => each.to === to && subject.test(each.subject));
    // Workers look once a second for what is to be sent.
    await expect.poll(() => found().length || this.#subjects(), { intervals: [100] }).toBe(1);
    return found()[0] as Mail;
  }

  async close(): Promise<void> {
    const ended = once(this.printer, 'exit');
    this.printer.stdin?.end();
    await ended;
  }

  /** What has come instead, for whoever reads why a test failed. */
  #subjects(): string[] {
    return this.#mails.map(({ to, subject }) => `${to}: ${subject}`);
  }
}

/** The one address of the server that a mail holds. */
export function linkIn({ text }: Mail, server: string): string {
  const links = text.match(/https?:\/\/\S+/g)?.filter((link) => new URL(link).pathname !== '/') ?? [];
  expect(links, text).toHaveLength(1);
  expect(links[0]?.startsWith(`${server}/`), text).toBe(true);
  return links[0] ?? '';
}
