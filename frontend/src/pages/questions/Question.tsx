import { Checkbox, NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import { openDialog } from '@/app/stores/route';
import { NumberField } from '@/app/ui/NumberField';

import { BOUNDS, type Entry, type Line } from './lines';
import { useWho } from './useSentences';

interface Props {
  readonly line: Line;
  readonly problem: 'bounds' | 'crossed' | undefined;
  readonly disabled: boolean;
  readonly put: (entry: Partial<Entry>) => void;
}

const TABLE: Readonly<Record<Line['kind'], string>> = {
  leastDaysOff: 'monthlyLimits',
  mostDaysOff: 'monthlyLimits',
  daysInARow: 'priorityRules',
  noEarlyAfterLate: 'priorityRules',
  hoursOfRest: 'priorityRules',
  atWork: 'staffingNeeds',
  daysAWeek: 'weeklyLimits',
};

/** One question, and what is answered. */
export function Question(props: Props) {
  const { t } = useTranslation('questions');
  const who = useWho();
  const { line } = props;
  const legend = line.kind === 'atWork' ? who(line) : line.kind === 'daysAWeek' ? line.of : t(`questions.${line.kind}`);
  return (
    <fieldset className="qs-line">
      <legend>{legend}</legend>
      {line.isRefined ? (
        <p className="app-dim app-tight">
          {t('refined')}{' '}
          <button type="button" className="app-link" onClick={() => openDialog('settings', TABLE[line.kind])}>
            {t('open')}
          </button>
        </p>
      ) : line.kind === 'noEarlyAfterLate' ? (
        <AfterLate {...props} legend={legend} />
      ) : (
        <Numbers {...props} legend={legend} />
      )}
    </fieldset>
  );
}

function Numbers({ line, problem, disabled, put, legend }: Props & { readonly legend: string }) {
  const { t } = useTranslation('questions');
  const [least, most] = BOUNDS[line.kind];
  const error = problem === undefined ? undefined : problem === 'crossed' ? t('crossed') : t('bounds', { least, most });
  const number = { min: least, max: most, disabled };
  const isByDay = line.kind === 'atWork';
  const first = isByDay ? t(line.weekend === null ? 'everyDay' : 'weekdays') : line.kind === 'daysAWeek' ? t('aWeek') : <span className="ss-sr">{legend}</span>;
  return (
    <div className="qs-entry">
      <NumberField {...number} label={first} value={line.count} error={error} onChange={(count) => put({ count, weekend: count === null ? null : line.weekend })} />
      {isByDay && (
        <NumberField {...number} label={t('weekend')} disabled={disabled || line.count === null} placeholder={t('same')} value={line.weekend} onChange={(weekend) => put({ weekend })} />
      )}
      {line.count !== null && <Checkbox label={t('hard')} disabled={disabled} checked={line.isHard} onChange={(event) => put({ isHard: event.currentTarget.checked })} />}
    </div>
  );
}

const CHOICES = ['allowed', 'avoided', 'never'] as const;

function AfterLate({ line, disabled, put, legend }: Props & { readonly legend: string }) {
  const { t } = useTranslation('questions');
  const chosen = line.count === null ? 'allowed' : line.isHard ? 'never' : 'avoided';
  return (
    <NativeSelect
      aria-label={legend}
      disabled={disabled}
      value={chosen}
      data={CHOICES.map((value) => ({ value, label: t(`afterLate.${value}`) }))}
      onChange={({ currentTarget: { value } }) => put({ count: value === 'allowed' ? null : 1, isHard: value !== 'avoided' })}
    />
  );
}
