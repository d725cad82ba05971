import { useTranslation } from 'react-i18next';

import type { MigrationReport } from '@/realtime/protocol';

/** What becomes of which old setting, how much of it there is, what cannot be resolved and why, and what is left out on purpose. */
export function MigrationReportView({ report }: { report: MigrationReport }) {
  const { t } = useTranslation('dialogs');
  const table = (name: string) => t(`tables.${name as 'staffGroups'}`, { defaultValue: name });
  const { rows = [], ignored = [] } = report.mapping;
  return (
    <section>
      <div role="status">
        <h3 className="app-h3">{t(report.newVersion === null ? 'migration.preview' : 'migration.result')}</h3>
        {report.alreadyMigrated === true && <p>{t('migration.already', { name: report.newVersion?.name ?? '' })}</p>}
      </div>
      <dl className="st-figures">
        {Object.entries(report.rowsInserted).map(([name, count]) => (
          <div key={name}>
            <dt>{table(name)}</dt>
            <dd>{count}</dd>
          </div>
        ))}
      </dl>
      {report.skipped.length > 0 && (
        <div className="app-warning">
          <h3 className="app-h3">{t('migration.unresolved')}</h3>
          <ul className="app-plain">
            {report.skipped.map(({ table: name, index, reason }, at) => (
              <li key={at}>
                <b>
                  {table(name)} {t('migration.number', { number: index + 1 })}
                </b>{' '}
                {reason}
              </li>
            ))}
          </ul>
        </div>
      )}
      {ignored.length > 0 && (
        <>
          <h3 className="app-h3">{t('migration.ignored')}</h3>
          <ul className="app-plain">
            {ignored.map(({ from, reason }, at) => (
              <li key={at}>
                <b className="st-json">{from}</b> {reason}
              </li>
            ))}
          </ul>
        </>
      )}
      {rows.length > 0 && (
        <div className="st-scroll st-mapping" tabIndex={0} role="region" aria-label={t('migration.mapping')}>
          <table className="app-table">
            <thead>
              <tr>
                <th scope="col">{t('migration.old')}</th>
                <th scope="col">{t('audit.table')}</th>
                <th scope="col">{t('fields.name')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map(({ table: name, from, name: row, notes }, at) => (
                <tr key={at}>
                  <td className="st-json">{from}</td>
                  <td>{table(name)}</td>
                  <td>
                    {row} {notes.length > 0 && <small className="app-dim">{notes.join(' ')}</small>}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
