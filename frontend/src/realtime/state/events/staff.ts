import type { ReplicaDraft } from '../draft';
import type { ServerPayloads, StaffMember } from '../../protocol';
import type { Reducers } from './reducer';

export function putMember(draft: ReplicaDraft, member: StaffMember): void {
  draft.changeStaff(({ members }) => ({ members: new Map(members).set(member.id, member) }));
}

function deactivate(draft: ReplicaDraft, staffId: string): void {
  draft.changeStaff((staff) => {
    const member = staff.members.get(staffId);
    return member === undefined
      ? staff
      : { members: new Map(staff.members).set(staffId, { ...member, isActive: false }) };
  });
}

/** Places count from 1; the members whose place it changes have been changed by it. */
function reorder(draft: ReplicaDraft, { staffIds, revision }: ServerPayloads['STAFF_REORDER']): void {
  draft.changeStaff(({ members }) => {
    const changed = new Map(members);
    staffIds.forEach((id, index) => {
      const [member, staffOrder] = [members.get(id), index + 1];
      if (member !== undefined && member.staffOrder !== staffOrder) {
        changed.set(id, { ...member, staffOrder, revision });
      }
    });
    return { members: changed };
  });
}

export const staffReducers: Reducers<
  'STAFF_CREATE' | 'STAFF_UPDATE' | 'STAFF_DELETE' | 'STAFF_RESTORE' | 'STAFF_REORDER'
> = {
  STAFF_CREATE: putMember,
  STAFF_UPDATE: (draft, { changes }) => putMember(draft, changes),
  STAFF_DELETE: (draft, { staffId, staff }) => (staff === undefined ? deactivate(draft, staffId) : putMember(draft, staff)),
  STAFF_RESTORE: putMember,
  STAFF_REORDER: reorder,
};
