import { useTranslation } from 'react-i18next';

import type { Share } from './figures';

const COLUMNS = ['off', 'early', 'late', 'weekend', 'working'] as const;

const average = (values: readonly number[]) => (values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length);
const rounded = (value: number) => Math.round(value * 10) / 10;

/** A table whose numbers have bars behind them: it can be read, compared at a glance, and copied. */
export function SharesChart({ shares }: { shares: readonly Share[] }) {
  const { t } = useTranslation('dialogs');
  const { t: words } = useTranslation();
  const label = (column: (typeof COLUMNS)[number]) => (column === 'weekend' ? t('dashboard.weekend') : words(`grid.${column}`));
  const most = Object.fromEntries(COLUMNS.map((column) => [column, Math.max(1, ...shares.map((share) => share[column]))]));
  return (
    <div className="db-scroll" tabIndex={0} role="region" aria-label={t('dashboard.fairness')}>
      <table className="app-table db-shares">
        <thead>
          <tr>
            <th scope="col">{t('dashboard.person')}</th>
            {COLUMNS.map((column) => (
              <th key={column} scope="col">
                {label(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shares.map((share, index) => (
            <tr key={index}>
              <th scope="row">{share.name}</th>
              {COLUMNS.map((column) => (
                <td key={column}>
                  <span className={`db-bar db-${column}`} style={{ width: `${(share[column] / (most[column] ?? 1)) * 70}%` }} />
                  {share[column]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t('dashboard.average')}</th>
            {COLUMNS.map((column) => (
              <td key={column}>{rounded(average(shares.map((share) => share[column])))}</td>
            ))}
          </tr>
        </tfoot>
      </table>
    </div>
  );
}
