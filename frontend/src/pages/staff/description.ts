import * as z from 'zod/mini';

import { lastDay, firstDay } from '@/realtime/protocol/dates';
import type { PeriodPoint } from '@/realtime/protocol';
import { STAFF_CHANGES } from '@/realtime/protocol/bounds.gen';

import type { FormDescription } from '../settings/tables';
import { name } from '../settings/tables/shared';

/** Text is what is typed and no month yet. */
const partial = z.nullish(z.custom<PeriodPoint>((value) => typeof value === 'object', 'date'));
const isPoint = (value: PeriodPoint | null | undefined) => typeof value === 'object' && value !== null;

/** The form of a member of staff. */
export const staffDescription: FormDescription = {
  fields: [
    { path: 'name', kind: 'text', label: 'name' },
    { path: 'position', kind: 'text', label: 'position' },
    { path: 'department', kind: 'text', label: 'department' },
    { path: 'status', kind: 'text', label: 'status' },
    { path: 'startPeriod', kind: 'month', label: 'startPeriod' },
    { path: 'endPeriod', kind: 'month', label: 'endPeriod' },
    { path: 'blankMeans', kind: 'choice', options: 'blank', label: 'blankMeans', wide: true },
    { path: 'allowedShiftTypes', kind: 'shifts', label: 'allowedShiftTypes', wide: true },
  ],
  bounds: STAFF_CHANGES,
  schema: z.looseObject({ name, startPeriod: partial, endPeriod: partial }).check(
    z.refine(({ startPeriod, endPeriod }) => !isPoint(startPeriod) || !isPoint(endPeriod) || firstDay(startPeriod) <= lastDay(endPeriod), {
      path: ['endPeriod'],
      error: 'order',
    }),
  ),
  blank: { name: '', position: '', department: '', status: '社員', startPeriod: null, endPeriod: null, blankMeans: 'work', allowedShiftTypes: [] },
  long: false,
};

/** The server decides by the status. */
export const BY_STATUS = 'byStatus';

/** The same for a new member, for whom the meaning of a blank cell is not set yet. */
export const newcomerDescription: FormDescription = {
  ...staffDescription,
  fields: staffDescription.fields.map((field) => (field.path === 'blankMeans' ? { ...field, kind: 'choice', options: 'newBlank' } : field)),
  blank: { ...staffDescription.blank, blankMeans: BY_STATUS },
};
