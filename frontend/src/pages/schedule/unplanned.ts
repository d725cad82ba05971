import type { StaffId, Violation } from '@/grid/model';
import type { GridRow, ScheduleState } from '@/realtime/state/state';

/** What a check of the month found. */
export interface Found {
  /** What is wrong. */
  readonly violations: readonly Violation[];
  /** What concerns people without any entry: they are not planned wrongly, they are not planned yet. */
  readonly unplanned: readonly Violation[];
}

/** What a check says beside it. */
export interface Checked extends Found {
  /** What of the settings has no effect. */
  readonly remarks: readonly string[];
}

/** What is known of the problems: while `checking` nothing yet, `offline` what was known before. */
export interface Findings extends Checked {
  readonly state: 'checking' | 'checked' | 'offline';
}

export const NO_FINDINGS: Checked = { violations: [], unplanned: [], remarks: [] };

/** Sets apart what concerns people who have no entry, and nothing locked, in the whole month. */
export function findingsOf(found: readonly Violation[], schedule: ScheduleState | undefined): Found {
  const waiting = new Map<StaffId, boolean>();
  const isUnplanned = ({ staffId }: Violation) => {
    if (staffId === null) return false;
    const row = schedule?.rows.get(staffId);
    const isWaiting = waiting.get(staffId) ?? (row === undefined || isUntouched(row));
    waiting.set(staffId, isWaiting);
    return isWaiting;
  };
  return { violations: found.filter((each) => !isUnplanned(each)), unplanned: found.filter(isUnplanned) };
}

const isUntouched = ({ values, locked }: GridRow) => locked.size === 0 && values.every((value) => value === '');

/** The people whom violations concern. */
export const peopleOf = (violations: readonly Violation[]): ReadonlySet<StaffId> => new Set(violations.flatMap(({ staffId }) => staffId ?? []));
