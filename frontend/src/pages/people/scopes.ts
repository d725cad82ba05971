import type { AnswerOf } from '@/api/typed';
import type { ResultOf } from '@/api/writes';

export type Token = AnswerOf<'/api/tokens/'>[number];
export type IssuedToken = ResultOf<'/api/tokens/', 'post'>;
export type Scope = Token['scopes'][number];

export const AREAS = ['schedule', 'staff', 'settings', 'access'] as const;
export type Area = (typeof AREAS)[number];
export const LEVELS = ['none', 'read', 'write'] as const;
export type Level = (typeof LEVELS)[number];

/** What a token may do in each area. */
export type Leave = Readonly<Record<Area, Level>>;
export const LITTLE: Leave = { schedule: 'read', staff: 'none', settings: 'none', access: 'none' };

/** The scopes that give that leave. To write is to read as well. */
export const scopesOf = (leave: Leave): Scope[] => AREAS.flatMap((area) => (leave[area] === 'none' ? [] : [`${area}:${leave[area]}` as const]));

/** The leave that scopes give; null: everything. */
export function leaveOf(scopes: readonly Scope[]): Leave | null {
  if (scopes.includes('*')) return null;
  const level = (area: Area): Level => (scopes.includes(`${area}:write`) ? 'write' : scopes.includes(`${area}:read`) ? 'read' : 'none');
  return { schedule: level('schedule'), staff: level('staff'), settings: level('settings'), access: level('access') };
}

export const LASTING = ['30', '90', '365', 'never'] as const;
export type Lasting = (typeof LASTING)[number];

const DAY = 86_400_000;

/** When a token ends that is made at `now`; null: not by itself. */
export const endOf = (lasting: Lasting, now: number): string | null => (lasting === 'never' ? null : new Date(now + Number(lasting) * DAY).toISOString());
