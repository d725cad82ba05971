import * as z from 'zod/mini';

import { RESTAURANT_FIELDS } from '@/realtime/protocol/bounds.gen';

import type { FormDescription } from './index';

/** The form of the restaurant itself. */
export const restaurantDescription: FormDescription = {
  fields: [
    { path: 'name', kind: 'text', label: 'name' },
    { path: 'timezone', kind: 'text', label: 'timezone' },
    { path: 'country', kind: 'text', label: 'country' },
    { path: 'closingDay', kind: 'number', label: 'closingDay' },
    { path: 'conflictStrategy', kind: 'choice', options: 'conflict', label: 'conflictStrategy', wide: true },
    { path: 'textCountsAs', kind: 'choice', options: 'textMeaning', label: 'textCountsAs', wide: true },
    { path: 'wishLimit', kind: 'number', label: 'wishLimit', usual: 'noMost' },
    { path: 'staffSeeColleagues', kind: 'switch', label: 'staffSeeColleagues', wide: true, usual: () => true },
  ],
  bounds: RESTAURANT_FIELDS,
  schema: z.looseObject({
    name: z.string().check(z.trim(), z.minLength(1, 'required')),
    timezone: z.string().check(z.minLength(1, 'required')),
    country: z.string().check(z.regex(/^[A-Z]{2}$/, 'country')),
    closingDay: z.number('number'),
  }),
  blank: { name: '', timezone: '', country: 'JP', closingDay: 31, conflictStrategy: 'last_writer_wins', textCountsAs: 'nothing', wishLimit: null, staffSeeColleagues: true },
  long: true,
};
