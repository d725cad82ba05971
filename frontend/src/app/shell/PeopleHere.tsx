import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { PresenceEntry } from '@/realtime/protocol';
import type { Roster } from '@/realtime/sync/presence';

import { useBackendStore } from '../stores/backend';
import { colorOf, initialsOf } from './people';

const MOST = 5;
const IDLE_MS = 60_000;
const LOOK_MS = 10_000;

/** Who else has this restaurant open. One face for each person, however many windows; a pale one has done nothing for a minute. */
export function PeopleHere() {
  const { t } = useTranslation();
  const roster = useBackendStore('roster', (entries) => entries);
  const idle = useIdle(roster);
  const people = [...new Map([...roster.values()].map((entry) => [entry.userId, entry])).values()];
  if (people.length === 0) return null;
  const isIdle = ({ userId }: PresenceEntry) => [...roster.values()].every((entry) => entry.userId !== userId || idle.has(entry.clientId));
  return (
    <ul className="app-faces" aria-label={t('shell.here')}>
      {people.slice(0, MOST).map((person) => (
        <Face key={person.userId} person={person} idle={isIdle(person)} />
      ))}
      {people.length > MOST && <li className="app-face app-more">+{people.length - MOST}</li>}
    </ul>
  );
}

function Face({ person, idle }: { person: PresenceEntry; idle: boolean }) {
  const { t } = useTranslation();
  const name = idle ? t('shell.idle', { name: person.name }) : person.name;
  return (
    <li className={`app-face ss-who-${colorOf(person.userId)}${idle ? ' app-idle' : ''}`} title={name}>
      <span aria-hidden="true">{initialsOf(person.name)}</span>
      <span className="ss-sr">{name}</span>
    </li>
  );
}

/** The clients that have not moved for a minute. */
function useIdle(roster: Roster): ReadonlySet<string> {
  const [idle, setIdle] = useState<ReadonlySet<string>>(new Set());
  const moved = useRef(new Map<string, { entry: PresenceEntry; at: number }>());
  useEffect(() => {
    const look = () => {
      const now = Date.now();
      for (const entry of roster.values()) {
        const known = moved.current.get(entry.clientId);
        if (known === undefined || !isSamePlace(known.entry, entry)) moved.current.set(entry.clientId, { entry, at: now });
      }
      const still = [...roster.keys()].filter((clientId) => now - (moved.current.get(clientId)?.at ?? now) >= IDLE_MS);
      setIdle((before) => (before.size === still.length && still.every((each) => before.has(each)) ? before : new Set(still)));
    };
    look();
    const timer = setInterval(look, LOOK_MS);
    return () => clearInterval(timer);
  }, [roster]);
  return idle;
}

const isSamePlace = (a: PresenceEntry, b: PresenceEntry) =>
  a.scheduleId === b.scheduleId && a.state === b.state && a.cell?.staffId === b.cell?.staffId && a.cell?.dateKey === b.cell?.dateKey;
