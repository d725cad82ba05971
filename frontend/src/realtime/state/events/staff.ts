import type { ReplicaDraft } from '../draft';
import { WHOLE_ROWS, type Availability, type ChangeType, type ServerPayloads, type StaffMember } from '../../protocol';
import { ofWholeRows, type Reducers } from './reducer';

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

export const staffReducers = {
  ...ofWholeRows(WHOLE_ROWS.StaffMember, putMember),
  ...ofWholeRows(WHOLE_ROWS.Availability, putAvailability),
  STAFF_UPDATE: (draft, { changes }) => putMember(draft, changes),
  STAFF_DELETE: (draft, { staffId, staff }) => (staff === undefined ? deactivate(draft, staffId) : putMember(draft, staff)),
  STAFF_REORDER: reorder,
  AVAILABILITY_UPDATE: changeAvailability,
  AVAILABILITY_DELETE: withdrawAvailability,
} satisfies Partial<Reducers<ChangeType>>;
