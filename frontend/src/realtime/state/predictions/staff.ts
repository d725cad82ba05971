import type { StaffMember } from '../../protocol';
import type { Predictors } from './predictor';

const NEW_MEMBER: Omit<StaffMember, 'id'> = {
  name: '',
  position: '',
  department: '',
  type: '',
  status: '',
  period: null,
  staffOrder: Number.MAX_SAFE_INTEGER,
  startPeriod: null,
  endPeriod: null,
  blankMeans: 'work',
  allowedShiftTypes: [],
  isActive: true,
  createdAt: '',
  updatedAt: '',
  revision: 0,
};

export const staffPredictors: Predictors<
  'STAFF_CREATE' | 'STAFF_UPDATE' | 'STAFF_DELETE' | 'STAFF_RESTORE' | 'STAFF_REORDER'
> = {
  STAFF_CREATE: (_draft, fields) =>
    fields.id === undefined
      ? null
      : { type: 'STAFF_CREATE', payload: { ...NEW_MEMBER, ...fields, id: fields.id } },
  STAFF_UPDATE: ({ staff }, { staffId, changes, validFrom }) => {
    const member = staff?.members.get(staffId);
    // What holds from a day on is dated by the server.
    return member === undefined || validFrom !== undefined
      ? null
      : { type: 'STAFF_UPDATE', payload: { staffId, id: staffId, changes: { ...member, ...changes } } };
  },
  STAFF_DELETE: (_draft, { staffId, from }) => (from === undefined ? { type: 'STAFF_DELETE', payload: { staffId, id: staffId, revision: 0 } } : null),
  STAFF_RESTORE: ({ staff }, { staffId, from }) => {
    const member = staff?.members.get(staffId);
    return member === undefined || from !== undefined ? null : { type: 'STAFF_RESTORE', payload: { ...member, isActive: true } };
  },
  STAFF_REORDER: ({ staff }, { staffIds }) => {
    const present = [...(staff?.members.values() ?? [])].filter(({ isActive }) => isActive);
    const order = new Set([...staffIds, ...present.sort((a, b) => a.staffOrder - b.staffOrder).map(({ id }) => id)]);
    return { type: 'STAFF_REORDER', payload: { staffIds: [...order], revision: 0 } };
  },
};
