import { useId, useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { Icon } from '@/app/ui/Icon';
import { isTaken } from '@/grid/keys';

import { type Month, useGroupsOf } from './useSchedule';

interface Props {
  readonly month: Month;
  readonly filter: string;
  readonly onFilter: (filter: string) => void;
}

/** Shows only people who match every typed word; positions, types and groups are suggested. */
export function Filter({ month, filter, onFilter }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const groups = useGroupsOf(month);
  const offered = useMemo(
    () => [...new Set([...month.people.flatMap(({ position, status }) => [position, status]), ...groups.map(({ name }) => name)])].filter((each) => each !== ''),
    [month.people, groups],
  );
  return (
    <label className={filter === '' ? 'sp-filter' : 'sp-filter sp-filtered'}>
      <Icon name="filter" size={15} />
      <input
        type="search"
        aria-label={t('schedule.filter')}
        placeholder={t('schedule.filter')}
        list={id}
        value={filter}
        onChange={(event) => onFilter(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && !isTaken(event.nativeEvent)) onFilter('');
        }}
      />
      <datalist id={id}>
        {offered.map((each) => (
          <option key={each} value={each} />
        ))}
      </datalist>
    </label>
  );
}
