/** One value that differs, at any depth of a row. */
export interface Leaf {
  /** `limitConfig.maxCount` */
  readonly path: string;
  readonly from: unknown;
  readonly to: unknown;
}

const HIDDEN = /^(id|createdBy|restaurantId|versionId|createdAt|updatedAt|revision)$/;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The path of a part of a value; the whole has none. */
export const below = (above: string, key: string) => (above ? `${above}.${key}` : key);

/** What differs between two states of a row, down to single values; lists are compared whole. */
export function changedLeaves(from: unknown, to: unknown, above = ''): Leaf[] {
  if (JSON.stringify(from) === JSON.stringify(to)) return [];
  if (!isObject(from) && !isObject(to)) return [{ path: above, from, to }];
  const before = isObject(from) ? from : {};
  const after = isObject(to) ? to : {};
  return Object.keys({ ...before, ...after })
    .filter((key) => above || !HIDDEN.test(key))
    .flatMap((key) => changedLeaves(before[key], after[key], below(above, key)));
}
