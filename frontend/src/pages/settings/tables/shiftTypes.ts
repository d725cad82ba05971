import * as z from 'zod/mini';

import type { FormDescription } from './index';

const time = z.nullish(z.string().check(z.regex(/^\d{2}:\d{2}/, 'time')));
const label = z.string().check(z.maxLength(50, 'tooLong'));

/** The form of a symbol that may stand in a cell. */
export const shiftTypeDescription: FormDescription = {
  fields: [
    { path: 'symbol', kind: 'text', label: 'symbol' },
    { path: 'kind', kind: 'choice', options: 'kind', label: 'kind' },
    { path: 'labelJa', kind: 'text', label: 'labelJa' },
    { path: 'labelEn', kind: 'text', label: 'labelEn' },
    { path: 'startTime', kind: 'time', label: 'startTime' },
    { path: 'endTime', kind: 'time', label: 'endTime' },
    { path: 'offEquivalent', kind: 'number', min: 0, max: 1, step: 0.25, label: 'offEquivalent' },
    { path: 'aliases', kind: 'words', label: 'aliases', wide: true },
    { path: 'isLeave', kind: 'switch', label: 'isLeave' },
  ],
  schema: z.looseObject({
    symbol: z.string().check(z.trim(), z.minLength(1, 'required'), z.maxLength(20, 'tooLong')),
    labelJa: label,
    labelEn: label,
    startTime: time,
    endTime: time,
    aliases: z.array(z.string().check(z.maxLength(20, 'tooLong'))),
    isLeave: z.boolean(),
    offEquivalent: z.number('number').check(z.gte(0, 'negative'), z.lte(1, 'one')),
  }),
  blank: { symbol: '', kind: 'normal', labelJa: '', labelEn: '', startTime: null, endTime: null, offEquivalent: 0, aliases: [], isLeave: false },
  long: false,
};
