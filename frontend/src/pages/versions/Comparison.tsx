import { useTranslation } from 'react-i18next';

import { useBackend } from '@/app/stores/backend';
import { useAnswer } from '@/app/ui/useAnswer';
import { Waiting } from '@/app/ui/Waiting';
import type { Comparison as Compared, TableName } from '@/realtime/protocol';
import { SETTINGS_TABLES } from '@/realtime/protocol/settingsTables';

import { changedLeaves } from '../settings/leaves';
import { useNameOrKind } from '../settings/useRowName';
import { useValueWords } from '../settings/useValueWords';

type Difference = Compared['tables'][string];

const nameOf = (row: unknown): unknown => (typeof row === 'object' && row !== null && 'name' in row ? row.name : null);

/** What differs between two versions, table by table. */
export function Comparison({ from, to }: { from: string; to: string }) {
  const { t } = useTranslation('dialogs');
  const backend = useBackend();
  const answer = useAnswer(`${from} ${to}`, async () => (await backend.query('SETTINGS_COMPARE_REQUEST', { from, to })).tables);
  return (
    <Waiting answer={answer}>
      {(found) => {
        const tables = SETTINGS_TABLES.map((spec) => ({ ...spec, difference: found[spec.tableName] ?? found[spec.name] })).filter(
          ({ difference }) => difference !== undefined && difference.added.length + difference.removed.length + difference.changed.length > 0,
        );
        if (tables.length === 0) return <p className="app-dim">{t('versions.same')}</p>;
        return tables.map(({ name, difference }) => (
          <section key={name}>
            <h4 className="app-h3">{t(`tables.${name}`)}</h4>
            {difference !== undefined && <Changes difference={difference} table={name} />}
          </section>
        ));
      }}
    </Waiting>
  );
}

function Changes({ difference: { added, removed, changed }, table }: { difference: Difference; table: TableName }) {
  const { t } = useTranslation('dialogs');
  const nameOrKind = useNameOrKind();
  const { label, value } = useValueWords();
  return (
    <ul className="app-plain">
      {added.map((row, index) => (
        <li key={`a${index}`}>
          <b>＋ {t('versions.added')}</b> {nameOrKind(nameOf(row), table)}
        </li>
      ))}
      {removed.map((row, index) => (
        <li key={`r${index}`}>
          <b>− {t('versions.removed')}</b> {nameOrKind(nameOf(row), table)}
        </li>
      ))}
      {changed.flatMap((change, index) =>
        changedLeaves(change.from, change.to, change.field).map(({ path, from, to }) => (
          <li key={`c${index} ${path}`}>
            <b>{nameOrKind(change.name, table)}</b> <span className="app-dim">{label(path)}</span> <s>{value(path, from)}</s> → <b>{value(path, to)}</b>
          </li>
        )),
      )}
    </ul>
  );
}
