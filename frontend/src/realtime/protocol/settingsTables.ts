/** The settings tables: how the messages of each are called, and where its rows lie in them. */

import { SETTINGS_TABLES, type SettingsDocument } from './protocol.gen';

export { SETTINGS_TABLES };

type Entry = (typeof SETTINGS_TABLES)[number];
/** Any of the tables: each name is one of those that there are. */
export type TableSpec = { readonly [K in keyof Entry]: Entry[K] };
export type TableName = Entry['name'];

/** The rows of one config version, table by table, newest first. */
export type SettingsTables = { readonly [T in TableName]: readonly SettingsDocument[T][number][] };

/** The description of a table by its name. */
export function tableSpec(name: TableName): TableSpec {
  const spec = SETTINGS_TABLES.find((table) => table.name === name);
  if (spec === undefined) {
    throw new Error(`There is no settings table ${name}.`);
  }
  return spec;
}

/** Settings in which nothing is known yet: every table, without rows. */
export const NO_ROWS = Object.fromEntries(SETTINGS_TABLES.map(({ name }) => [name, []])) as unknown as SettingsTables;
