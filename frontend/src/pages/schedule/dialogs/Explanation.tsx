import { useTranslation } from 'react-i18next';

import { formatDay } from '@/grid/days';
import type { GenerationResult } from '@/realtime/protocol';

import type { Month } from '../useSchedule';
import { wordsOf } from '../useValidation';

interface Part {
  readonly rule: string;
  readonly scope: string;
  readonly dateKeys: readonly string[];
  readonly message: string;
  readonly messageJa?: string;
}

interface Explained {
  readonly conflict?: { readonly rules: readonly Part[]; readonly minimal: boolean } | null;
}

/** What the proposal breaks, and why it has to: the rules that contradict each other. */
export function Explanation({ result, month }: { result: GenerationResult; month: Month }) {
  const { t, i18n } = useTranslation();
  const conflict = (result.explanation as Explained | null)?.conflict ?? null;
  const names = new Map(month.people.map(({ id, name }) => [id, name]));
  const day = (dateKey: string) => formatDay(dateKey, i18n.language, { month: 'numeric', day: 'numeric' });
  return (
    <div className="sp-explanation">
      {conflict !== null && (
        <section className="app-warning">
          <h3 className="app-h3">{t(conflict.minimal ? 'generate.conflict' : 'generate.conflictMaybe')}</h3>
          <ul>
            {conflict.rules.map((part, index) => (
              <li key={index}>
                {i18n.language === 'ja' ? (part.messageJa ?? part.message) : part.message}
                <small className="app-dim"> {[part.scope, part.dateKeys.map(day).join(', ')].filter(Boolean).join(' · ')}</small>
              </li>
            ))}
          </ul>
        </section>
      )}
      <ul className="sp-list">
        {result.violations.map((violation, index) => (
          <li key={index} className={violation.isHard ? 'sp-hard' : 'sp-soft'}>
            <span className="sp-kind">{t(violation.isHard ? 'grid.hard' : 'grid.soft')}</span>{' '}
            <b>
              {violation.dateKey == null ? '' : day(violation.dateKey)} {names.get(violation.staffId ?? '') ?? ''}
            </b>{' '}
            {wordsOf(violation, i18n.language)}
          </li>
        ))}
      </ul>
      {result.violations.length === 0 && <p className="app-dim">{t('problems.none')}</p>}
    </div>
  );
}
