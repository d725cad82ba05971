import type { Skill } from '@/realtime/protocol';

/** The levels of a skill, the lowest first, by the keys of its config. */
export const LEVELS = ['level1', 'level2', 'level3'] as const;
export type Level = (typeof LEVELS)[number];
type Config = Skill['skillConfig'];

/** The level that somebody has whatever the day, the highest where several name them; null: none. */
export function levelOf(config: Config, staffId: string): Level | null {
  return [...LEVELS].reverse().find((level) => config[level]?.includes(staffId)) ?? null;
}

/** The config with that level and no other for them; all else, levels that hold on some days only among it, as it was. */
export function withLevel(config: Config, staffId: string, level: Level | null): Config {
  const others = (each: Level) => (config[each] ?? []).filter((id) => id !== staffId);
  const lists = LEVELS.filter((each) => each === level || config[each] !== undefined).map((each) => [each, each === level ? [...others(each), staffId] : others(each)] as const);
  return { ...config, ...Object.fromEntries(lists) };
}

/** Whether some level of theirs holds on some days only. */
export function hasDates(config: Config, staffId: string): boolean {
  const { dated } = config as { readonly dated?: unknown };
  return Array.isArray(dated) && dated.some((entry: { readonly staffId?: unknown } | null) => entry?.staffId === staffId);
}
