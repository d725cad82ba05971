import { colorOf, initialsOf } from '@/app/shell/people';
import type { Presence } from '@/grid/model';
import type { Roster } from '@/realtime/sync/presence';

const IDLE_MS = 60_000;
/** Who is in this schedule. `moved` remembers since when each has been where they are. */
export function presenceOf(
  roster: Roster,
  scheduleId: string,
  moved: Map<string, { place: string; at: number }>,
  now: number,
): Presence[] {
  return [...roster.values()].map((entry) => {
    const isHere = entry.scheduleId === scheduleId;
    const place = JSON.stringify([entry.scheduleId, entry.cell, entry.state]);
    const known = moved.get(entry.clientId);
    if (known?.place !== place) moved.set(entry.clientId, { place, at: now });
    return {
      clientId: entry.clientId,
      name: entry.name,
      initials: initialsOf(entry.name),
      color: colorOf(entry.userId),
      cell: isHere ? entry.cell : null,
      state: entry.state === 'editing' ? 'editing' : 'viewing',
      idle: now - (moved.get(entry.clientId)?.at ?? now) >= IDLE_MS,
    };
  });
}
