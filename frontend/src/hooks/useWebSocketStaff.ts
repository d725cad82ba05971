import { useMemo } from 'react';

import { belongsTo, uuid, type Period, type StaffFields, type StaffMember, type StaffState } from '@/realtime';
import { accepted, type Accepted } from './accepted';
import { useClient, useClientStore, useFollow } from './client';
import { useChange } from './useChange';
import { useConnection, useConnectionActions, type ConnectionInfo } from './useConnection';

export interface WebSocketStaff extends ConnectionInfo {
  readonly isLoading: boolean;
  /** The active members who belong to the period, in their order. */
  readonly staff: readonly StaffMember[];
  /** `staff` under its older name. */
  readonly staffMembers: readonly StaffMember[];
  /** The same for each period, by its index. */
  readonly staffByPeriod: Readonly<Record<number, readonly StaffMember[]>>;
  /** `staffByPeriod` under its older name, and whether it is known. */
  readonly allPeriodsStaff: Readonly<Record<number, readonly StaffMember[]>>;
  readonly allPeriodsLoaded: boolean;
  /** Everybody, those who are gone included. */
  readonly allStaff: readonly StaffMember[];
  /** The id is made here, so that the member can be edited before the server knows of it. */
  readonly createStaff: (fields: StaffFields) => Accepted & { readonly staffId: string };
  /** `createStaff` under its older name. */
  readonly addStaff: (fields: StaffFields) => Accepted & { readonly staffId: string };
  readonly updateStaff: (staffId: string, changes: StaffFields) => Accepted;
  readonly deleteStaff: (staffId: string) => Accepted;
  readonly restoreStaff: (staffId: string) => Accepted;
  readonly reorderStaff: (staffIds: string[]) => Accepted;
  /** Tries at once what was to be tried later. */
  readonly reconnect: () => void;
  readonly clientId: string | null;
}

const NO_PERIODS: readonly Period[] = [];

function inOrder(staff: StaffState | null): StaffMember[] {
  const members = [...(staff?.members.values() ?? [])];
  return members.sort((a, b) => a.staffOrder - b.staffOrder || a.name.localeCompare(b.name));
}

function byPeriod(members: readonly StaffMember[], periods: readonly Period[]): Record<number, StaffMember[]> {
  const active = members.filter(({ isActive }) => isActive);
  return Object.fromEntries(
    periods.map((period) => [period.index, active.filter((member) => belongsTo(member, period))]),
  );
}

function staffEdits(change: ReturnType<typeof useChange>) {
  const createStaff = (fields: StaffFields) => {
    const staffId = fields.id ?? uuid();
    const submitted = accepted(() => change({ type: 'STAFF_CREATE', payload: { name: '', ...fields, id: staffId } }));
    return Object.assign(submitted, { staffId });
  };
  return {
    createStaff,
    addStaff: createStaff,
    updateStaff: (staffId: string, changes: StaffFields) =>
      accepted(() => change({ type: 'STAFF_UPDATE', payload: { staffId, changes } })),
    deleteStaff: (staffId: string) => accepted(() => change({ type: 'STAFF_DELETE', payload: { staffId } })),
    restoreStaff: (staffId: string) => accepted(() => change({ type: 'STAFF_RESTORE', payload: { staffId } })),
    reorderStaff: (staffIds: string[]) => accepted(() => change({ type: 'STAFF_REORDER', payload: { staffIds } })),
  };
}

/** The staff of a period and of all periods, live. */
export function useWebSocketStaff(period: number, { enabled = true }: { enabled?: boolean } = {}): WebSocketStaff {
  const client = useClient();
  const info = useConnection();
  const { connect } = useConnectionActions();
  const change = useChange();
  const staff = useClientStore('view', (view) => view.staff, null);
  const periods = useClientStore('view', (view) => view.calendar?.periods ?? NO_PERIODS, NO_PERIODS);
  useFollow(...(enabled ? (['staff', 'calendar'] as const) : []));

  const lists = useMemo(() => {
    const allStaff = inOrder(staff);
    const staffByPeriod = byPeriod(allStaff, periods);
    return { allStaff, staffByPeriod, staff: staffByPeriod[period] ?? [] };
  }, [staff, periods, period]);

  const edits = useMemo(() => staffEdits(change), [change]);

  return {
    ...info,
    ...lists,
    ...edits,
    staffMembers: lists.staff,
    allPeriodsStaff: lists.staffByPeriod,
    allPeriodsLoaded: staff !== null && periods.length > 0,
    reconnect: connect,
    clientId: client?.clientId ?? null,
    isLoading: enabled && staff === null,
  };
}
