/** Changing several people at once, as the changes of each; and what takes it back. */

import { basedOn } from '@/app/stores/backend';
import { termOn } from '@/realtime/protocol/dates';
import type { DateKey, PeriodPoint, StaffFields, StaffGroup, StaffMember } from '@/realtime/protocol';
import type { ChangeRequest } from '@/realtime/state/predictions';

/** What was filled in; blank: as it is. */
export interface ManyChanges {
  readonly position: string;
  readonly groupId: string;
  readonly status: string;
  /** From which day on the status holds; blank: today. */
  readonly from: DateKey;
  /** The last day at work. */
  readonly end: DateKey;
}

export const isNothing = ({ position, groupId, status, end }: ManyChanges): boolean => [position, groupId, status, end].every((each) => each.trim() === '');

const pointOf = (day: DateKey): PeriodPoint => ({ year: Number(day.slice(0, 4)), month: Number(day.slice(5, 7)), day: Number(day.slice(8, 10)) });

/** The fields that were filled in. */
function given({ position, status, end }: ManyChanges): StaffFields {
  return {
    ...(position.trim() === '' ? {} : { position: position.trim() }),
    ...(status.trim() === '' ? {} : { status: status.trim() }),
    ...(end.trim() === '' ? {} : { endPeriod: pointOf(end) }),
  };
}

function updateOf(member: StaffMember, changes: StaffFields, { status, from }: ManyChanges, base: number): ChangeRequest[] {
  if (Object.keys(changes).length === 0) return [];
  const dated = status.trim() !== '' && from !== '' ? { validFrom: from } : {};
  return [{ type: 'STAFF_UPDATE', payload: { staffId: member.id, changes, ...dated, ...basedOn(base) } }];
}

/** The changes of everybody, judged by the version that their author saw. */
export function changesOf(people: readonly StaffMember[], group: StaffGroup | undefined, asked: ManyChanges, base: number): ChangeRequest[] {
  const updates = people.flatMap((member) => updateOf(member, given(asked), asked, base));
  return [...updates, ...(group === undefined ? [] : membership(group, [...membersOf(group), ...newcomers(people, group)], base))];
}

/** How things are when a change of several people is to be taken back: colleagues may have changed them since. */
export interface Now {
  readonly members: readonly StaffMember[];
  readonly group: StaffGroup | undefined;
  /** The version that shows this. */
  readonly base: number;
}

/** What makes everybody as they were, but for what a colleague has changed since: that stays. */
export function undone(people: readonly StaffMember[], before: StaffGroup | undefined, asked: ManyChanges, now: Now): ChangeRequest[] {
  const updates = people.flatMap((member) => {
    const current = now.members.find(({ id }) => id === member.id);
    return current === undefined ? [] : updateOf(member, ours(asked, fieldsAt(member, asked), fieldsAt(current, asked)), asked, now.base);
  });
  if (before === undefined || now.group === undefined) return updates;
  const added = new Set(newcomers(people, before));
  return [...updates, ...membership(now.group, membersOf(now.group).filter((id) => !added.has(id)), now.base)];
}

/** The fields that can be filled in, as they are with somebody. */
function fieldsAt(member: StaffMember, { from }: ManyChanges): StaffFields {
  const { status } = from === '' ? member : termOn(member, from);
  return { position: member.position, status, endPeriod: member.endPeriod };
}

/** Of the fields that were filled in, those that still hold what was filled in, with what they held `before`. */
function ours(asked: ManyChanges, before: StaffFields, now: StaffFields): StaffFields {
  const filled = given(asked);
  return {
    ...(filled.position !== undefined && now.position === filled.position ? { position: before.position } : {}),
    ...(filled.status !== undefined && now.status === filled.status ? { status: before.status } : {}),
    ...(filled.endPeriod && isSamePoint(now.endPeriod, filled.endPeriod) ? { endPeriod: before.endPeriod } : {}),
  };
}

const isSamePoint = (one: PeriodPoint | null | undefined, other: PeriodPoint): boolean =>
  one?.year === other.year && one.month === other.month && one.day === other.day;

const membersOf = ({ groupConfig }: StaffGroup): readonly string[] => groupConfig.members ?? [];

function newcomers(people: readonly StaffMember[], group: StaffGroup): readonly string[] {
  const present = new Set(membersOf(group));
  return people.flatMap(({ id }) => (present.has(id) ? [] : [id]));
}

function membership(group: StaffGroup, members: readonly string[], base: number): ChangeRequest[] {
  const groupConfig = { ...group.groupConfig, members: [...members] };
  return [{ type: 'SETTINGS_UPDATE_STAFF_GROUPS', payload: { groupId: group.id, changes: { groupConfig }, ...basedOn(base) } }];
}
