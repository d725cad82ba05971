import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { openDatabase } from '../storage/database';
import { Outbox } from './outbox';
import { OutboxStore } from '../storage/outboxStore';
import type { StoredEntry } from '../storage/stored';

/** A disk that writes when it is told to. */
class SlowDisk extends OutboxStore {
  readonly #waiting: (() => void)[] = [];

  constructor() {
    super(null, 'scope');
  }

  override put(_entry: StoredEntry): Promise<boolean> {
    return new Promise((resolve) => this.#waiting.push(() => resolve(true)));
  }

  /** The write that was asked for as number `index` is done. */
  async finish(index: number): Promise<void> {
    this.#waiting[index]?.();
    await Promise.resolve();
    await Promise.resolve();
    await Promise.resolve();
  }
}

const draft = (requestId: string) => ({
  requestId,
  request: { type: 'STAFF_DELETE', payload: { staffId: 's' } } as const,
  clientId: 'c',
  createdAt: '2025-08-24T09:00:00.000Z',
  epoch: 'e',
});
const ids = (entries: readonly { requestId: string }[]) => entries.map(({ requestId }) => requestId);

describe('an outbox', () => {
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  let disk: SlowDisk;
  let outbox: Outbox;

  beforeEach(() => {
    disk = new SlowDisk();
    outbox = new Outbox(disk, 'scope', 'c', 2);
  });

  it('gives out nothing that is not on the disk, nor what was made after it', async () => {
    void outbox.add(draft('1'));
    void outbox.add(draft('2'));
    await disk.finish(1);
    expect(outbox.take()).toEqual([]);
    await disk.finish(0);
    expect(ids(outbox.take())).toEqual(['1', '2']);
  });

  it('says that an entry is safe when a slow disk has taken it after all', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    void outbox.add(draft('1'));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(outbox.entries).toMatchObject([{ progress: { kind: 'queued' }, isDurable: false }]);
    await disk.finish(0);
    expect(outbox.entries).toMatchObject([{ progress: { kind: 'queued' }, isDurable: true }]);
  });

  it('offers what the disk would not take to it again when it takes something', async () => {
    const refusing = vi.spyOn(disk, 'put').mockResolvedValueOnce(false);
    await outbox.add(draft('1'));
    expect(outbox.entries).toMatchObject([{ isDurable: false }]);
    refusing.mockResolvedValue(true);
    await outbox.add(draft('2'));
    await vi.waitFor(() => expect(outbox.entries).toMatchObject([{ isDurable: true }, { isDurable: true }]), { timeout: 20_000 });
  });

  it('has so many under way and no more', async () => {
    for (const [index, id] of ['1', '2', '3'].entries()) {
      void outbox.add(draft(id));
      await disk.finish(index);
    }
    expect(ids(outbox.take())).toEqual(['1', '2']);
    expect(outbox.take()).toEqual([]);
    outbox.acknowledge('1', 4);
    expect(ids(outbox.take())).toEqual(['3']);
  });

  it('sends again what was under way, in the same order, and nothing that was acknowledged', async () => {
    for (const [index, id] of ['1', '2'].entries()) {
      void outbox.add(draft(id));
      await disk.finish(index);
    }
    outbox.take();
    outbox.acknowledge('1', 4);
    outbox.requeue();
    expect(ids(outbox.take())).toEqual(['2']);
  });

  it('lets go of an entry when its version has arrived', async () => {
    void outbox.add(draft('1'));
    await disk.finish(0);
    outbox.take();
    outbox.acknowledge('1', 4);
    expect(outbox.arrive(3)).toEqual([]);
    expect(ids(outbox.arrive(4))).toEqual(['1']);
    expect(outbox.entries).toEqual([]);
  });

  it('keeps what is held for its author out of the view and off the wire', async () => {
    void outbox.add(draft('1'));
    await disk.finish(0);
    outbox.hold('1', { kind: 'stranded', reason: 'epoch' });
    expect(outbox.pending).toEqual([]);
    expect(outbox.take()).toEqual([]);
  });

  it('does not send what was held while it was being written', async () => {
    void outbox.add(draft('1'));
    outbox.hold('1', { kind: 'stranded', reason: 'epoch' });
    await disk.finish(0);
    expect(outbox.take()).toEqual([]);
  });
});

describe('the outbox on the disk', () => {
  it('gives back each owner’s entries in the order in which they were made', async () => {
    const store = new OutboxStore(await openDatabase('outbox-test'), 'scope');
    const entry = (requestId: string, owner: string, order: number): StoredEntry => ({
      ...draft(requestId),
      scope: 'scope',
      owner,
      order,
      held: null,
    });
    await store.put(entry('b', 'one', 2));
    await store.put(entry('a', 'one', 1));
    await store.put(entry('x', 'two', 3));
    expect(ids((await store.load('one')) ?? [])).toEqual(['a', 'b']);
    expect(await store.owners('one')).toEqual(['two']);
    expect(ids(await store.adopt('one', 'two'))).toEqual(['a', 'b']);
    expect(ids((await store.load('two')) ?? [])).toEqual(['a', 'b', 'x']);
    await store.remove(['a', 'x']);
    expect(ids((await store.load('two')) ?? [])).toEqual(['b']);
  });
});
