/**
 * Holds the rows of the settings tables against the bodies that the server's REST schema takes (`api/schema.gen.ts`): their routes are
 * made from a table of names (`restRoutes.ts`), which no call shows to the compiler. A field that the server does not take, another type of value or a
 * field that it has come to require does not compile, and the error names collection and field.
 */

import type { Unfit } from '../../api/fit';
import type { BodyOf } from '../../api/writes';
import type { SettingsTables } from '../protocol';
import type { Based } from '../protocol/protocol.payloads';
import type { TablesByPath } from '../protocol/settingsTables';

type RowOf<P extends keyof TablesByPath> = SettingsTables[TablesByPath[P]][number];
/** What the server alone says of a row. */
type Fields<P extends keyof TablesByPath> = Omit<RowOf<P>, 'restaurantId' | 'isActive' | 'createdAt' | 'updatedAt' | 'revision'>;
type Reasoned<Row> = Row & { reason?: string };

type Body<P extends keyof TablesByPath, M extends 'post' | 'put' | 'patch'> = M extends 'post'
  ? BodyOf<`/api/${P}/`, 'post'>
  : BodyOf<`/api/${P}/{id}/`, M & ('put' | 'patch')>;

interface Misfits<P extends keyof TablesByPath> {
  created: Unfit<Body<P, 'post'>, Reasoned<Fields<P>>>;
  changed: Unfit<Body<P, 'patch'>, Based & Reasoned<Fields<P>>>;
  replaced: Unfit<Body<P, 'put'>, Based & Reasoned<Fields<P>>>;
}

/** Does not compile where there is a difference. */
export const noMisfits: { [P in keyof TablesByPath]: { [K in keyof Misfits<P>]: [Misfits<P>[K]] extends [never] ? true : Misfits<P>[K] } } = {
  'staff-groups': { created: true, changed: true, replaced: true },
  'daily-limits': { created: true, changed: true, replaced: true },
  'weekly-limits': { created: true, changed: true, replaced: true },
  'monthly-limits': { created: true, changed: true, replaced: true },
  'priority-rules': { created: true, changed: true, replaced: true },
  'ml-model-configs': { created: true, changed: true, replaced: true },
  'backup-assignments': { created: true, changed: true, replaced: true },
};
