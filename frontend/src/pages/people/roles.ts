import type { AnswerOf } from '@/api/typed';

export type Member = AnswerOf<'/api/memberships/'>[number];
export type Link = AnswerOf<'/api/invitation-links/'>[number];
export type Mail = NonNullable<Link['mail']>;
export type RoleName = Member['role'];

/** Somebody on the schedule. */
export interface Choice {
  readonly id: string;
  readonly name: string;
}

const LOOKING: readonly RoleName[] = ['staff', 'viewer'];
const ALL: readonly RoleName[] = ['staff', 'viewer', 'manager', 'owner'];

/** The roles that somebody may give: a manager those that only look. */
export const rolesOf = (isOwner: boolean): readonly RoleName[] => (isOwner ? ALL : LOOKING);

/** Whether somebody may change a member of that role. */
export const mayChange = (isOwner: boolean, role: RoleName): boolean => rolesOf(isOwner).includes(role);
