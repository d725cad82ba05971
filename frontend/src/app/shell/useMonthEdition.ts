import { useDebouncedValue } from '@mantine/hooks';

import { useView } from '../stores/backend';

const editions = new WeakMap<object, number>();
let newest = 0;

/** A number of its own for each immutable value. */
function editionOf(value: object | null | undefined): number {
  if (value === null || value === undefined) return 0;
  const known = editions.get(value) ?? (newest += 1);
  editions.set(value, known);
  return known;
}

const DELAY_MS = 300;

/**
 * Names the cells of a schedule and the settings as they are now: another text as soon as one of them is another and nothing
 * has changed for a moment. For questions to the server whose answers depend on both.
 */
export function useMonthEdition(scheduleId: string): string {
  const rows = useView(({ schedules }) => schedules.get(scheduleId)?.rows);
  const settings = useView((state) => state.settings);
  const [edition] = useDebouncedValue(`${editionOf(rows)} ${editionOf(settings)}`, DELAY_MS);
  return edition;
}
