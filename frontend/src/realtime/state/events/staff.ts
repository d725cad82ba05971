import type { ReplicaDraft } from '../draft';
import type { Availability, ServerPayloads, StaffMember } from '../../protocol';
import type { Reducers } from './reducer';

export function putMember(draft: ReplicaDraft, member: StaffMember): void {
  draft.changeStaff((staff) => ({ ...staff, members: new Map(staff.members).set(member.id, member) }));
}

function deactivate(draft: ReplicaDraft, staffId: string): void {
  draft.changeStaff((staff) => {
    const member = staff.members.get(staffId);
    return member === undefined
      ? staff
      : { ...staff, members: new Map(staff.members).set(staffId, { ...member, isActive: false }) };
  });
}

/** Places count from 1; the members whose place it changes have been changed by it. */
function reorder(draft: ReplicaDraft, { staffIds, revision }: ServerPayloads['STAFF_REORDER']): void {
  draft.changeStaff((staff) => {
    const { members } = staff;
    const changed = new Map(members);
    staffIds.forEach((id, index) => {
      const [member, staffOrder] = [members.get(id), index + 1];
      if (member !== undefined && member.staffOrder !== staffOrder) {
        changed.set(id, { ...member, staffOrder, revision });
      }
    });
    return { ...staff, members: changed };
  });
}

function putAvailability(draft: ReplicaDraft, ...entries: readonly Availability[]): void {
  draft.changeStaff((staff) => ({ ...staff, availability: new Map([...(staff.availability ?? []), ...entries.map((entry) => [entry.id, entry] as const)]) }));
}

/** What it said for the days that are over is an entry of its own. */
function changeAvailability(draft: ReplicaDraft, { past, ...entry }: ServerPayloads['AVAILABILITY_UPDATE']): void {
  putAvailability(draft, entry, ...(past === undefined ? [] : [past]));
}

function withdrawAvailability(draft: ReplicaDraft, { availabilityId, past }: ServerPayloads['AVAILABILITY_DELETE']): void {
  if (past !== undefined) {
    putAvailability(draft, past);
    return;
  }
  draft.changeStaff((staff) => ({ ...staff, availability: new Map([...(staff.availability ?? [])].filter(([id]) => id !== availabilityId)) }));
}

export const staffReducers: Reducers<
  | 'STAFF_CREATE'
  | 'STAFF_UPDATE'
  | 'STAFF_DELETE'
  | 'STAFF_RESTORE'
  | 'STAFF_REORDER'
  | 'AVAILABILITY_CREATE'
  | 'AVAILABILITY_UPDATE'
  | 'AVAILABILITY_DELETE'
> = {
  STAFF_CREATE: putMember,
  STAFF_UPDATE: (draft, { changes }) => putMember(draft, changes),
  STAFF_DELETE: (draft, { staffId, staff }) => (staff === undefined ? deactivate(draft, staffId) : putMember(draft, staff)),
  STAFF_RESTORE: putMember,
  STAFF_REORDER: reorder,
  AVAILABILITY_CREATE: putAvailability,
  AVAILABILITY_UPDATE: changeAvailability,
  AVAILABILITY_DELETE: withdrawAvailability,
};
