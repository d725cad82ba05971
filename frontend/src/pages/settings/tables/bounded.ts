import type * as z from 'zod/mini';

import type { Bound, Bounds } from '@/realtime/protocol/bounds.gen';

import { isNotAdded, valueAt } from '../fields';
import type { FormDescription } from '.';

/** The key below `errors` of what is wrong with one value; the words say the bound itself. */
function problemOf(value: unknown, { minimum, maximum, whole, maxLength }: Bound): string | undefined {
  if (typeof value === 'string') return maxLength !== undefined && Array.from(value.trim()).length > maxLength ? 'tooLong' : undefined;
  if (typeof value !== 'number') return undefined;
  if (whole === true && !Number.isInteger(value)) return 'whole';
  if (minimum !== undefined && value < minimum) return 'tooSmall';
  return maximum !== undefined && value > maximum ? 'tooLarge' : undefined;
}

const ITEMS = '[]';

/** A form's own schema, and the bounds that the server states for its fields. A value that is not set is within all bounds. */
export function bounded({ schema, bounds, fields }: Pick<FormDescription, 'schema' | 'bounds' | 'fields'>): z.ZodMiniType {
  return schema.check(({ value: values, issues }) => {
    for (const { path } of fields.filter(({ kind }) => kind === 'dates')) {
      const value = valueAt(values as Record<string, unknown>, path);
      if (Array.isArray(value) && value.some(isNotAdded)) issues.push({ code: 'custom', message: 'notAdded', input: value, path: path.split('.'), continue: true });
    }
    for (const [path, bound] of Object.entries(bounds)) {
      const place = path.endsWith(ITEMS) ? path.slice(0, -ITEMS.length) : path;
      const value = valueAt(values as Record<string, unknown>, place);
      const message = (place !== path && Array.isArray(value) ? value : [value]).map((each) => problemOf(each, bound)).find((problem) => problem !== undefined);
      if (message !== undefined) issues.push({ code: 'custom', message, input: value, path: place.split('.'), continue: true });
    }
  });
}

/** The bound of a field, or of each item of a list. */
export const boundOf = (bounds: Bounds, path: string): Bound => bounds[path] ?? bounds[`${path}${ITEMS}`] ?? {};
