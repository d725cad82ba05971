import * as z from 'zod/mini';

import type { FormDescription } from './index';

/** The form of the restaurant itself. */
export const restaurantDescription: FormDescription = {
  fields: [
    { path: 'name', kind: 'text', label: 'name' },
    { path: 'timezone', kind: 'text', label: 'timezone' },
    { path: 'country', kind: 'text', label: 'country' },
    { path: 'closingDay', kind: 'number', min: 1, max: 31, label: 'closingDay' },
    { path: 'conflictStrategy', kind: 'choice', options: 'conflict', label: 'conflictStrategy', wide: true },
    { path: 'textCountsAs', kind: 'choice', options: 'textMeaning', label: 'textCountsAs', wide: true },
  ],
  schema: z.looseObject({
    name: z.string().check(z.trim(), z.minLength(1, 'required'), z.maxLength(200, 'tooLong')),
    timezone: z.string().check(z.minLength(1, 'required')),
    country: z.string().check(z.regex(/^[A-Z]{2}$/, 'country')),
    closingDay: z.number('number').check(z.multipleOf(1, 'whole'), z.gte(1, 'negative'), z.lte(31, 'day')),
  }),
  blank: { name: '', timezone: '', country: 'JP', closingDay: 31, conflictStrategy: 'last_writer_wins', textCountsAs: 'nothing' },
  long: true,
};
