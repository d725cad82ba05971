/** Where the server hands out a schedule as a file. */
export function exportUrl(scheduleId: string, restaurantId: string | null, format: 'csv' | 'xlsx'): string {
  const query = restaurantId === null ? '' : `?restaurant=${encodeURIComponent(restaurantId)}`;
  return `/api/schedules/${scheduleId}/export.${format}${query}`;
}
