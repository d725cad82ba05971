/** The state as the server has confirmed it, and the view: that with one's own pending changes on top. */

import { createStore, type StoreApi } from 'zustand/vanilla';

import { ReplicaDraft } from './draft';
import { reduce } from './events';
import { predict, type ChangeRequest } from './predictions';
import { isChangeType, type Change } from '../protocol';
import {
  EMPTY_REPLICA,
  type CalendarState,
  type ReplicaState,
  type ScheduleState,
  type SettingsState,
  type SliceKey,
  type StaffState,
} from './state';

/** A slice as it was read at a version. */
export type Snapshot =
  | { readonly slice: 'staff'; readonly state: StaffState }
  | { readonly slice: 'calendar'; readonly state: CalendarState }
  | { readonly slice: 'settings'; readonly state: SettingsState }
  | { readonly slice: `schedule:${string}`; readonly state: ScheduleState };

/**
 * `view` is what is shown. Confirmed changes come in by `receive` and `load`; the view follows with `show`, so that one
 * batch of changes, however large, is one update of the view.
 *
 * A snapshot may have been read before or after the changes that were received until then: each slice keeps the version
 * of its snapshot, takes no change up to it, and catches up on those that came while it was under way.
 */
export class Replica {
  readonly view: StoreApi<ReplicaState> = createStore<ReplicaState>(() => EMPTY_REPLICA);
  #confirmed: ReplicaState = EMPTY_REPLICA;
  readonly #floors = new Map<SliceKey, number>();
  #snapshotsUnderWay = 0;
  #recent: Change[] = [];

  get confirmed(): ReplicaState {
    return this.#confirmed;
  }

  /** Begins with what an earlier session knew. */
  restore(state: ReplicaState): void {
    this.#confirmed = state;
  }

  /** Forgets everything: it was another's to see. */
  forget(): void {
    this.#confirmed = EMPTY_REPLICA;
    this.forgetVersions();
  }

  /** Forgets which versions the slices are from: the server's past is another one. */
  forgetVersions(): void {
    this.#floors.clear();
    this.#recent = [];
  }

  /** Has to be called before a snapshot is asked for, and `snapshotSettled` when it came or failed. */
  expectSnapshot(): void {
    this.#snapshotsUnderWay += 1;
  }

  snapshotSettled(): void {
    this.#snapshotsUnderWay -= 1;
    if (this.#snapshotsUnderWay === 0) {
      this.#recent = [];
    }
  }

  /** Takes in a slice that was read at `version`. */
  load(snapshot: Snapshot, version: number): void {
    this.#confirmed = withSlice(this.#confirmed, snapshot);
    this.#floors.set(snapshot.slice, version);
    const missed = this.#recent.filter((change) => change.version > version);
    this.#apply(missed, (slice) => slice === snapshot.slice);
  }

  /** Begins the calendar with the periods, which are known before the rest of it. */
  seedCalendar(periods: CalendarState['periods']): void {
    this.#confirmed = {
      ...this.#confirmed,
      calendar: { days: new Map(), shiftTypes: [], ...this.#confirmed.calendar, periods },
    };
  }

  /** Takes in changes in version order. */
  receive(changes: readonly Change[]): void {
    if (this.#snapshotsUnderWay > 0) {
      this.#recent.push(...changes);
    }
    this.#apply(changes, () => true);
  }

  /** Shows the confirmed state with the effect of `pending` on top. */
  show(pending: readonly ChangeRequest[]): void {
    const shown = this.view.getState();
    const draft = new ReplicaDraft(this.#confirmed, { isWaiting: true });
    for (const request of pending) {
      predict(draft, request);
    }
    const next = draft.finish(shown);
    if (next !== shown) {
      this.view.setState(next, true);
    }
  }

  /** Shows one more pending request on top of all that is shown. */
  append(request: ChangeRequest): void {
    const draft = new ReplicaDraft(this.view.getState(), { isWaiting: true });
    predict(draft, request);
    this.view.setState(draft.finish(), true);
  }

  #apply(changes: readonly Change[], isOpen: (slice: SliceKey) => boolean): void {
    const draft = new ReplicaDraft(this.#confirmed);
    for (const change of changes) {
      draft.accepts = (slice) => isOpen(slice) && change.version > (this.#floors.get(slice) ?? -1);
      if (isChangeType(change.type)) {
        reduce(draft, change);
      }
    }
    this.#confirmed = draft.finish();
  }
}

function withSlice(state: ReplicaState, snapshot: Snapshot): ReplicaState {
  if (snapshot.slice === 'staff' || snapshot.slice === 'calendar' || snapshot.slice === 'settings') {
    return { ...state, [snapshot.slice]: snapshot.state };
  }
  const { scheduleId } = snapshot.state;
  return { ...state, schedules: new Map(state.schedules).set(scheduleId, snapshot.state) };
}
