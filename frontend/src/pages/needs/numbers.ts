/** The days of a need in the order of the table, by the names of the wire. */
export const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'holiday', 'beforeHoliday'] as const;

/** The numbers of a need, as the wire has them; what else the config holds stays. */
export interface Numbers {
  readonly perDay?: Readonly<Record<string, number | null>> | null;
  readonly perDate?: Readonly<Record<string, number>> | null;
  readonly [key: string]: unknown;
}

const isDayName = (day: string): boolean => (DAYS as readonly string[]).includes(day);

/** The number for a day of the table, or for a date. */
export const numberAt = ({ perDay, perDate }: Numbers, day: string): number | null => (isDayName(day) ? perDay?.[day] : perDate?.[day]) ?? null;

/** The config with another number; without one where it is null. */
export function withNumber(config: Numbers, day: string, value: number | null): Numbers {
  if (isDayName(day)) return { ...config, perDay: { ...config.perDay, [day]: value } };
  const others = Object.fromEntries(Object.entries(config.perDate ?? {}).filter(([date]) => date !== day));
  return { ...config, perDate: value === null ? others : { ...others, [day]: value } };
}
