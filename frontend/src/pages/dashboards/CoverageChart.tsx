import { useTranslation } from 'react-i18next';
import { Bar, BarChart, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';

import { dayOf, formatDay } from '@/grid/days';
import type { StaffGroup } from '@/realtime/protocol';

import type { GroupDay } from './figures';

/** People of one group at work, day by day, with the days below the minimum marked by a sign and in words. */
export function CoverageChart({ group, days }: { group: StaffGroup; days: readonly GroupDay[] }) {
  const { i18n } = useTranslation('dialogs');
  const minimum = days.find((day) => day.minimum !== null)?.minimum ?? null;
  const short = days.filter((day) => day.minimum !== null && day.working < day.minimum);
  const name = (dateKey: string) => formatDay(dateKey, i18n.language, { month: 'numeric', day: 'numeric', weekday: 'short' });
  return (
    <figure className="db-chart">
      <figcaption>
        <b>{group.name}</b>{' '}
        {short.length > 0 && <span className="sp-hard">▼ {short.map(({ dateKey }) => name(dateKey)).join(', ')}</span>}
      </figcaption>
      <ResponsiveContainer width="100%" height={120}>
        <BarChart data={[...days]} margin={{ top: 6, right: 4, bottom: 0, left: -28 }} accessibilityLayer={false}>
          <XAxis dataKey="dateKey" tickFormatter={(day: string) => String(dayOf(day))} tickLine={false} interval="preserveStart" minTickGap={3} fontSize={11} stroke="var(--ss-ink-3)" />
          <YAxis allowDecimals={false} width={52} tickLine={false} axisLine={false} fontSize={11} stroke="var(--ss-ink-3)" />
          <Tooltip
            labelFormatter={(day) => (typeof day === 'string' ? name(day) : '')}
            contentStyle={{ background: 'var(--ss-raised)', border: '1px solid var(--ss-line-strong)', borderRadius: 8 }}
            cursor={{ fill: 'var(--ss-accent-wash)' }}
          />
          <Bar dataKey="working" name={group.name} fill="var(--ss-accent)" radius={[3, 3, 0, 0]} isAnimationActive={false} />
          {minimum !== null && <ReferenceLine y={minimum} stroke="var(--ss-hard)" strokeDasharray="4 3" />}
        </BarChart>
      </ResponsiveContainer>
    </figure>
  );
}
