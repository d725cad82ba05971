import { useTranslation } from 'react-i18next';

import type { BodyOf } from '@/api/writes';
import { useIsOwner } from '@/app/stores/backend';
import { useErrorWords } from '@/app/ui/errorWords';
import { knowRestaurants, useRestaurants } from '@/app/stores/page';
import { useWrite } from '@/app/stores/rest';

import { fieldProblems } from './refusals';
import { RowForm } from './RowForm';
import { restaurantDescription } from './tables/restaurant';

/** What the restaurant is called, when its months end, and what happens when two change the same. For its owners. */
export function RestaurantPanel() {
  const { t } = useTranslation('dialogs');
  const { all, current } = useRestaurants();
  const isOwner = useIsOwner();
  const write = useWrite();
  const words = useErrorWords();
  if (current === null) return <p className="app-dim">{t('empty.rows')}</p>;
  const save = async (changes: Record<string, unknown>) => {
    try {
      const saved = await write('patch', '/api/restaurants/{id}/', { id: current.id }, changes as BodyOf<'/api/restaurants/{id}/', 'patch'>);
      knowRestaurants(all.map((each) => (each.id === saved.id ? saved : each)));
      return null;
    } catch (error) {
      return fieldProblems(error, words);
    }
  };
  return (
    <>
      {!isOwner && <p className="app-dim">{t('restaurant.owners')}</p>}
      <RowForm key={current.id} description={restaurantDescription} row={{ ...current }} isNew={false} disabled={!isOwner} save={save} onRemove={null} onCancel={null} />
    </>
  );
}
