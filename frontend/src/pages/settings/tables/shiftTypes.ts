import * as z from 'zod/mini';

import { SHIFT_TYPE_FIELDS } from '@/realtime/protocol/bounds.gen';

import type { FormDescription } from './index';

const time = z.nullish(z.string().check(z.regex(/^\d{2}:\d{2}/, 'time')));

const schema = z.looseObject({
  symbol: z.string().check(z.trim(), z.minLength(1, 'required')),
  labelJa: z.string(),
  labelEn: z.string(),
  aliases: z.array(z.string()),
  isLeave: z.boolean(),
  offEquivalent: z.number('number'),
});

/** The form of a symbol that may stand in a cell. When it is worked has dates, and a form of its own (`ShiftTimesList`). */
export const shiftTypeDescription: FormDescription = {
  fields: [
    { path: 'symbol', kind: 'text', label: 'symbol' },
    { path: 'kind', kind: 'choice', options: 'kind', label: 'kind' },
    { path: 'labelJa', kind: 'text', label: 'labelJa' },
    { path: 'labelEn', kind: 'text', label: 'labelEn' },
    { path: 'offEquivalent', kind: 'number', step: 0.25, label: 'offEquivalent' },
    { path: 'aliases', kind: 'words', label: 'aliases', wide: true },
    { path: 'isLeave', kind: 'switch', label: 'isLeave' },
  ],
  bounds: SHIFT_TYPE_FIELDS,
  schema,
  blank: { symbol: '', kind: 'normal', labelJa: '', labelEn: '', offEquivalent: 0, aliases: [], isLeave: false },
  long: false,
};

/** The form of a new one, which is worked at the same time from the beginning. */
export const newShiftTypeDescription: FormDescription = {
  ...shiftTypeDescription,
  fields: [
    ...shiftTypeDescription.fields.slice(0, 4),
    { path: 'startTime', kind: 'time', label: 'startTime' },
    { path: 'endTime', kind: 'time', label: 'endTime' },
    ...shiftTypeDescription.fields.slice(4),
  ],
  schema: z.extend(schema, { startTime: time, endTime: time }),
  blank: { ...shiftTypeDescription.blank, startTime: null, endTime: null },
};
