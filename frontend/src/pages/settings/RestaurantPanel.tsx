import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useIsOwner } from '@/app/stores/backend';
import { useErrorWords } from '@/app/ui/errorWords';
import type { ConflictItem } from '@/realtime/protocol';
import { knowRestaurants, type Restaurant, useRestaurants } from '@/app/stores/page';
import { type Kept, useKeptForms } from '@/app/stores/kept';
import { useWrite } from '@/app/stores/rest';

import { isSame } from './fields';

import { fieldProblems } from './refusals';
import { RowForm } from './RowForm';
import { restaurantDescription } from './tables/restaurant';

/** What the restaurant is called, when its months end, and what happens when two change the same. For its owners. */
export function RestaurantPanel() {
  const { t } = useTranslation('dialogs');
  const { current } = useRestaurants();
  return current === null ? <p className="app-dim">{t('empty.rows')}</p> : <RestaurantForm key={current.id} restaurant={current} />;
}

const PLACE = 'settings/restaurant';

const seenBy = (kept: Kept | null): Partial<Restaurant> =>
  kept === null ? {} : Object.fromEntries(Object.entries(kept.began).filter(([key, value]) => !isSame(kept.typed[key], value)));

/** What stood there when it was opened is what its author has seen. */
function RestaurantForm({ restaurant }: { restaurant: Restaurant }) {
  const { t, i18n } = useTranslation('dialogs');
  const { all } = useRestaurants();
  // What was typed earlier was typed over what stood there then.
  const earlier = useKeptForms().find(PLACE);
  const [current, setCurrent] = useState<Restaurant>(() => ({ ...restaurant, ...seenBy(earlier) }));
  const isOwner = useIsOwner();
  const write = useWrite();
  const words = useErrorWords();
  const know = (now: Restaurant) => {
    setCurrent(now);
    knowRestaurants(all.map((each) => (each.id === now.id ? now : each)));
  };
  const save = async (changes: Record<string, unknown>) => {
    const shown: Readonly<Record<string, unknown>> = { ...current };
    const seen = Object.fromEntries(Object.keys(changes).map((key) => [key, shown[key]]));
    try {
      know(await write('patch', '/api/restaurants/{id}/', { id: current.id }, { ...changes, seen }));
      return null;
    } catch (error) {
      const theirs = changedMeanwhile(error);
      if (theirs === null) return fieldProblems(error, words, i18n.language);
      // Seen from now on: who saves again means it.
      know({ ...current, ...Object.fromEntries(theirs.map(({ field, theirs: value }) => [field, value])) });
      return Object.fromEntries(theirs.map(({ field, theirs: value, theirAuthor }) => [field, t('restaurant.meanwhile', { value: String(value), name: theirAuthor })]));
    }
  };
  return (
    <>
      {!isOwner && <p className="app-dim">{t('restaurant.owners')}</p>}
      <RowForm place={PLACE} name={current.name} description={restaurantDescription} row={{ ...current }} isDirect isNew={false} disabled={!isOwner} save={save} onRemove={null} onCancel={null} />
    </>
  );
}

type Meanwhile = Pick<ConflictItem, 'field' | 'theirs' | 'theirAuthor'>;

/** What another owner has changed since this one began; null where that was not the trouble. */
function changedMeanwhile(error: unknown): readonly Meanwhile[] | null {
  const details = typeof error === 'object' && error !== null && 'details' in error ? error.details : null;
  const items = typeof details === 'object' && details !== null && 'items' in details ? details.items : null;
  return Array.isArray(items) ? (items as Meanwhile[]) : null;
}
