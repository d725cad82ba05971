import { useRestaurants } from '../stores/page';
import { RestaurantLinks } from './RestaurantLinks';

/** Who may not open a restaurant any more chooses among their others. */
export default function OtherRestaurants() {
  const { all, current } = useRestaurants();
  const others = all.filter(({ id }) => id !== current?.id);
  return others.length === 0 ? null : <RestaurantLinks all={others} />;
}
