import { useMemo } from 'react';

import { belongsTo, uuid, type Period, type StaffFields, type StaffMember, type StaffState, type Submitted } from '@/realtime';
import { useClientStore, useFollow } from './client';
import { useChange } from './useChange';
import { useConnection, type ConnectionInfo } from './useConnection';

export interface WebSocketStaff extends ConnectionInfo {
  readonly isLoading: boolean;
  /** The active members who belong to the period, in their order. */
  readonly staff: readonly StaffMember[];
  /** The same for each period, by its index. */
  readonly staffByPeriod: Readonly<Record<number, readonly StaffMember[]>>;
  /** Everybody, those who are gone included. */
  readonly allStaff: readonly StaffMember[];
  /** The id is made here, so that the member can be edited before the server knows of it. */
  readonly createStaff: (fields: StaffFields) => Submitted & { readonly staffId: string };
  readonly updateStaff: (staffId: string, changes: StaffFields) => Submitted;
  readonly deleteStaff: (staffId: string) => Submitted;
  readonly restoreStaff: (staffId: string) => Submitted;
  readonly reorderStaff: (staffIds: string[]) => Submitted;
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

/** The staff of a period and of all periods, live. */
export function useWebSocketStaff(period: number, { enabled = true }: { enabled?: boolean } = {}): WebSocketStaff {
  const info = useConnection();
  const change = useChange();
  const staff = useClientStore((client) => client.view, (view) => view.staff, null);
  const periods = useClientStore((client) => client.view, (view) => view.calendar?.periods ?? NO_PERIODS, NO_PERIODS);
  useFollow(enabled ? ['staff', 'calendar'] : []);

  const lists = useMemo(() => {
    const allStaff = inOrder(staff);
    const staffByPeriod = byPeriod(allStaff, periods);
    return { allStaff, staffByPeriod, staff: staffByPeriod[period] ?? [] };
  }, [staff, periods, period]);

  const edits = useMemo(
    () => ({
      createStaff: (fields: StaffFields) => {
        const staffId = fields.id ?? uuid();
        return { ...change({ type: 'STAFF_CREATE', payload: { ...fields, id: staffId } }), staffId };
      },
      updateStaff: (staffId: string, changes: StaffFields) =>
        change({ type: 'STAFF_UPDATE', payload: { staffId, changes } }),
      deleteStaff: (staffId: string) => change({ type: 'STAFF_DELETE', payload: { staffId } }),
      restoreStaff: (staffId: string) => change({ type: 'STAFF_RESTORE', payload: { staffId } }),
      reorderStaff: (staffIds: string[]) => change({ type: 'STAFF_REORDER', payload: { staffIds } }),
    }),
    [change],
  );

  return { ...info, ...lists, ...edits, isLoading: enabled && staff === null };
}
