import * as z from 'zod/mini';

import { lastDay, firstDay } from '@/realtime/protocol/dates';
import type { PeriodPoint } from '@/realtime/protocol';

import type { FormDescription } from '../settings/tables';
import { name } from '../settings/tables/shared';

const partial = z.nullish(z.custom<PeriodPoint>());

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
  schema: z.looseObject({ name, startPeriod: partial, endPeriod: partial }).check(
    z.refine(({ startPeriod, endPeriod }) => startPeriod == null || endPeriod == null || firstDay(startPeriod) <= lastDay(endPeriod), {
      path: ['endPeriod'],
      error: 'order',
    }),
  ),
  blank: { name: '', position: '', department: '', status: '社員', startPeriod: null, endPeriod: null, blankMeans: 'work', allowedShiftTypes: [] },
  long: false,
};

/** The server decides by the status. */
export const BY_STATUS = 'byStatus';

/** The same for somebody new, of whom nobody has said yet what a blank cell means. */
export const newcomerDescription: FormDescription = {
  ...staffDescription,
  fields: staffDescription.fields.map((field) => (field.path === 'blankMeans' ? { ...field, kind: 'choice', options: 'newBlank' } : field)),
  blank: { ...staffDescription.blank, blankMeans: BY_STATUS },
};
