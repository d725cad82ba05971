import { useTranslation } from 'react-i18next';

import type { PresenceEntry } from '@/realtime/protocol';

import { useBackendStore } from './backend';
import { colorOf, initialsOf } from './people';

const MOST = 5;

/** Who else has this restaurant open. One face for each person, however many windows. */
export function PeopleHere() {
  const { t } = useTranslation();
  const roster = useBackendStore('roster', (entries) => entries);
  const people = [...new Map([...roster.values()].map((entry) => [entry.userId, entry])).values()];
  if (people.length === 0) return null;
  return (
    <ul className="app-faces" aria-label={t('shell.here')}>
      {people.slice(0, MOST).map((person) => (
        <Face key={person.userId} person={person} />
      ))}
      {people.length > MOST && <li className="app-face app-more">+{people.length - MOST}</li>}
    </ul>
  );
}

function Face({ person }: { person: PresenceEntry }) {
  return (
    <li className={`app-face ss-who-${colorOf(person.userId)}`} title={person.name}>
      <span aria-hidden="true">{initialsOf(person.name)}</span>
      <span className="ss-sr">{person.name}</span>
    </li>
  );
}
