/** One line for each settings table: how its messages are called and where its rows lie in them. */

import type { ClientType, ServerType, TableName } from './index';

export interface TableSpec {
  readonly name: TableName;
  /** The name of the table in the audit trail. */
  readonly tableName: string;
  readonly create: ClientType & ServerType;
  readonly update: ClientType & ServerType;
  readonly remove: ClientType & ServerType;
  /** Key of the row's id in requests and broadcasts. */
  readonly idKey: 'groupId' | 'limitId' | 'ruleId' | 'configId' | 'assignmentId';
  /** Key of the whole row in requests. */
  readonly rowKey: 'group' | 'limit' | 'rule' | 'config' | 'assignment';
  readonly createdKey: string;
  readonly updatedKey: string;
  /** Path of its REST collection below `/api/`. */
  readonly path: keyof TablesByPath;
}

/** The REST collections of the tables, by their paths; `rest.conformity.ts` holds their rows against the server's schema. */
export interface TablesByPath {
  'staff-groups': 'staffGroups';
  'daily-limits': 'dailyLimits';
  'weekly-limits': 'weeklyLimits';
  'monthly-limits': 'monthlyLimits';
  'priority-rules': 'priorityRules';
  'ml-model-configs': 'mlModelConfigs';
  'backup-assignments': 'backupAssignments';
}

export const SETTINGS_TABLES: readonly TableSpec[] = [
  {
    name: 'staffGroups',
    tableName: 'staff_groups',
    create: 'SETTINGS_CREATE_STAFF_GROUP',
    update: 'SETTINGS_UPDATE_STAFF_GROUPS',
    remove: 'SETTINGS_DELETE_STAFF_GROUP',
    idKey: 'groupId',
    rowKey: 'group',
    createdKey: 'createdGroup',
    updatedKey: 'updatedGroup',
    path: 'staff-groups',
  },
  {
    name: 'dailyLimits',
    tableName: 'daily_limits',
    create: 'SETTINGS_CREATE_DAILY_LIMIT',
    update: 'SETTINGS_UPDATE_DAILY_LIMITS',
    remove: 'SETTINGS_DELETE_DAILY_LIMIT',
    idKey: 'limitId',
    rowKey: 'limit',
    createdKey: 'createdLimit',
    updatedKey: 'updatedLimit',
    path: 'daily-limits',
  },
  {
    name: 'weeklyLimits',
    tableName: 'weekly_limits',
    create: 'SETTINGS_CREATE_WEEKLY_LIMIT',
    update: 'SETTINGS_UPDATE_WEEKLY_LIMITS',
    remove: 'SETTINGS_DELETE_WEEKLY_LIMIT',
    idKey: 'limitId',
    rowKey: 'limit',
    createdKey: 'createdLimit',
    updatedKey: 'updatedLimit',
    path: 'weekly-limits',
  },
  {
    name: 'monthlyLimits',
    tableName: 'monthly_limits',
    create: 'SETTINGS_CREATE_MONTHLY_LIMIT',
    update: 'SETTINGS_UPDATE_MONTHLY_LIMITS',
    remove: 'SETTINGS_DELETE_MONTHLY_LIMIT',
    idKey: 'limitId',
    rowKey: 'limit',
    createdKey: 'createdLimit',
    updatedKey: 'updatedLimit',
    path: 'monthly-limits',
  },
  {
    name: 'priorityRules',
    tableName: 'priority_rules',
    create: 'SETTINGS_CREATE_PRIORITY_RULE',
    update: 'SETTINGS_UPDATE_PRIORITY_RULES',
    remove: 'SETTINGS_DELETE_PRIORITY_RULE',
    idKey: 'ruleId',
    rowKey: 'rule',
    createdKey: 'createdRule',
    updatedKey: 'updatedRule',
    path: 'priority-rules',
  },
  {
    name: 'mlModelConfigs',
    tableName: 'ml_model_configs',
    create: 'SETTINGS_CREATE_ML_CONFIG',
    update: 'SETTINGS_UPDATE_ML_CONFIG',
    remove: 'SETTINGS_DELETE_ML_CONFIG',
    idKey: 'configId',
    rowKey: 'config',
    createdKey: 'createdConfig',
    updatedKey: 'updatedConfig',
    path: 'ml-model-configs',
  },
  {
    name: 'backupAssignments',
    tableName: 'staff_backup_assignments',
    create: 'SETTINGS_CREATE_BACKUP_ASSIGNMENT',
    update: 'SETTINGS_UPDATE_BACKUP_ASSIGNMENT',
    remove: 'SETTINGS_DELETE_BACKUP_ASSIGNMENT',
    idKey: 'assignmentId',
    rowKey: 'assignment',
    createdKey: 'assignment',
    updatedKey: 'assignment',
    path: 'backup-assignments',
  },
];

/** The description of a table by its name. */
export function tableSpec(name: TableName): TableSpec {
  const spec = SETTINGS_TABLES.find((table) => table.name === name);
  if (spec === undefined) {
    throw new Error(`There is no settings table ${name}.`);
  }
  return spec;
}
