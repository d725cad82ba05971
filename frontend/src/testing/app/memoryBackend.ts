import { createStore } from 'zustand/vanilla';

import type { Backend } from '@/app/stores/backend';
import type { ConnectionState } from '@/realtime/transport/connection';
import { ReplicaDraft } from '@/realtime/state/draft';
import type { Job } from '@/realtime/jobs/jobs';
import type { NoticeNews } from '@/realtime/protocol';
import type { Notice } from '@/realtime/outbox/notices';
import type { OutboxState } from '@/realtime/outbox/outbox';
import type { Outcome } from '@/realtime/outbox/outcomes';
import { type ChangeRequest, predict } from '@/realtime/state/predictions';
import type { Roster } from '@/realtime/sync/presence';
import type { ReplicaState } from '@/realtime/state/state';
import type { SessionState } from '@/realtime/sync/session';

type Answerer = (type: string, payload: Record<string, unknown>) => unknown;

/** A backend that lives in this page: changes are carried out by the client's own predictions. For tests and to look at. */
export class MemoryBackend implements Backend {
  readonly clientId = 'memory';
  readonly userId = null;
  readonly version = 0;
  readonly keeps = createStore(() => true);
  readonly view;
  readonly connection = createStore<ConnectionState>(() => ({ state: 'live', transport: 'socket', since: 0 }));
  readonly outbox = createStore<OutboxState>(() => []);
  readonly session = createStore<SessionState>(() => ({ restaurantId: 'r', role: 'owner', sight: 'owner', userId: null, userName: '', maxFrameBytes: 1 << 20, clockOffset: 0 }));
  readonly notices = createStore<readonly Notice[]>(() => []);
  readonly news = createStore<NoticeNews | null>(() => null);
  readonly jobs = createStore<ReadonlyMap<string, Job>>(() => new Map());
  readonly roster = createStore<Roster>(() => new Map());
  /** All that was asked for, oldest first. */
  readonly requests: ChangeRequest[] = [];
  private done: ReplicaState[] = [];
  private undone: ReplicaState[] = [];
  private count = 0;

  constructor(
    state: ReplicaState,
    private readonly answer: Answerer,
  ) {
    this.view = createStore<ReplicaState>(() => state);
  }

  readonly start = (): void => undefined;
  readonly stop = (): void => undefined;
  readonly end = (): void => undefined;
  readonly forgetCopies = (): Promise<void> => Promise.resolve();
  readonly countWaiting = (): Promise<number> => Promise.resolve(this.outbox.getState().length);

  readonly change = (request: ChangeRequest): { requestId: string; outcome: Promise<Outcome> } => {
    this.requests.push(request);
    this.done.push(this.view.getState());
    this.undone = [];
    const draft = new ReplicaDraft(this.view.getState());
    predict(draft, request);
    this.view.setState(draft.finish(), true);
    return { requestId: String(++this.count), outcome: Promise.resolve({ kind: 'applied', version: this.count, result: {} }) };
  };

  readonly query = ((type: string, payload: Record<string, unknown>) => {
    const answer = this.answer(type, payload);
    return answer === undefined ? Promise.reject(new Error(`There is no answer to ${type}.`)) : Promise.resolve(answer);
  }) as Backend['query'];

  readonly undo = (): void => this.step(this.done, this.undone);
  readonly redo = (): void => this.step(this.undone, this.done);

  private step(from: ReplicaState[], to: ReplicaState[]): void {
    const state = from.pop();
    if (state === undefined) return;
    to.push(this.view.getState());
    this.view.setState(state, true);
  }

  readonly readJob = (): Promise<void> => Promise.resolve();
  readonly follow = () => () => undefined;
  readonly isCurrent = () => true;
  readonly resync = () => undefined;
  readonly moveTo = () => undefined;
  readonly insist = () => null;
  readonly discard = (requestId: string): void => {
    this.outbox.setState((entries) => entries.filter((entry) => entry.requestId !== requestId), true);
  };
  readonly dismiss = (id: string): void => {
    this.notices.setState((notices) => notices.filter((notice) => notice.id !== id), true);
  };
}
