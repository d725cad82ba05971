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

/** The fields that were filled in, with the values that `pick` finds for them. */
function fieldsOf(asked: ManyChanges, pick: StaffFields): StaffFields {
  const named: readonly [keyof StaffFields, string][] = [
    ['position', asked.position],
    ['status', asked.status],
    ['endPeriod', asked.end],
  ];
  return Object.fromEntries(named.flatMap(([name, value]) => (value.trim() === '' ? [] : [[name, pick[name]]])));
}

function updateOf(member: StaffMember, changes: StaffFields, { status, from }: ManyChanges, base: number): ChangeRequest[] {
  if (Object.keys(changes).length === 0) return [];
  const dated = status.trim() !== '' && from !== '' ? { validFrom: from } : {};
  return [{ type: 'STAFF_UPDATE', payload: { staffId: member.id, changes, ...dated, ...basedOn(base) } }];
}

/** The changes of everybody, judged by the version that their author saw. */
export function changesOf(people: readonly StaffMember[], group: StaffGroup | undefined, asked: ManyChanges, base: number): ChangeRequest[] {
  const given: StaffFields = { position: asked.position.trim(), status: asked.status.trim(), ...(asked.end === '' ? {} : { endPeriod: pointOf(asked.end) }) };
  const updates = people.flatMap((member) => updateOf(member, fieldsOf(asked, given), asked, base));
  return [...updates, ...(group === undefined ? [] : membership(group, [...membersOf(group), ...newcomers(people, group)], base))];
}

/** What makes everybody as they were; `now`: the group as it is by then, which colleagues may have changed. */
export function undone(people: readonly StaffMember[], before: StaffGroup | undefined, asked: ManyChanges, now: StaffGroup | undefined = before): ChangeRequest[] {
  const updates = people.flatMap((member) => {
    const { status } = asked.from === '' ? member : termOn(member, asked.from);
    return updateOf(member, fieldsOf(asked, { position: member.position, status, endPeriod: member.endPeriod }), asked, 0);
  });
  if (before === undefined || now === undefined) return updates;
  const added = new Set(newcomers(people, before));
  return [...updates, ...membership(now, membersOf(now).filter((id) => !added.has(id)), 0)];
}

const membersOf = ({ groupConfig }: StaffGroup): readonly string[] => groupConfig.members ?? [];

function newcomers(people: readonly StaffMember[], group: StaffGroup): readonly string[] {
  const present = new Set(membersOf(group));
  return people.flatMap(({ id }) => (present.has(id) ? [] : [id]));
}

function membership(group: StaffGroup, members: readonly string[], base: number): ChangeRequest[] {
  const groupConfig = { ...group.groupConfig, members: [...members] };
  return [{ type: 'SETTINGS_UPDATE_STAFF_GROUPS', payload: { groupId: group.id, changes: { groupConfig }, ...basedOn(base) } }];
}
