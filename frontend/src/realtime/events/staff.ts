import type { ReplicaDraft } from '../draft';
import type { StaffMember } from '../protocol';
import type { Reducers } from './reducer';

function put(draft: ReplicaDraft, member: StaffMember): void {
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

function reorder(draft: ReplicaDraft, staffIds: readonly string[]): void {
  draft.changeStaff(({ members }) => {
    const changed = new Map(members);
    staffIds.forEach((id, staffOrder) => {
      const member = members.get(id);
      if (member !== undefined && member.staffOrder !== staffOrder) {
        changed.set(id, { ...member, staffOrder });
      }
    });
    return { members: changed };
  });
}

export const staffReducers: Reducers<
  'STAFF_CREATE' | 'STAFF_UPDATE' | 'STAFF_DELETE' | 'STAFF_RESTORE' | 'STAFF_REORDER'
> = {
  STAFF_CREATE: put,
  STAFF_UPDATE: (draft, { changes }) => put(draft, changes),
  STAFF_DELETE: (draft, { staffId }) => deactivate(draft, staffId),
  STAFF_RESTORE: put,
  STAFF_REORDER: (draft, { staffIds }) => reorder(draft, staffIds),
};
