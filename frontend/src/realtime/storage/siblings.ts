/** What the tabs of one browser tell each other about who is signed in, since they share the session. */

import { isRecord } from '../protocol/records';

/** `here`: a page was opened as that user; `signedOut`: that user has signed out. */
export interface Word {
  readonly kind: 'here' | 'signedOut';
  readonly userId: string;
}

export interface Siblings {
  tell(word: Word): void;
  /** Hears what other tabs say, until the returned function is called. */
  listen(hear: (word: Word) => void): () => void;
}

const CHANNEL = 'shiftsync:session';

function asWord(data: unknown): Word | null {
  const isWord = isRecord(data) && (data['kind'] === 'here' || data['kind'] === 'signedOut') && typeof data['userId'] === 'string';
  return isWord ? (data as unknown as Word) : null;
}

/** Null where the browser has none, or forbids it. */
function openChannel(): BroadcastChannel | null {
  try {
    return new BroadcastChannel(CHANNEL);
  } catch {
    return null;
  }
}

/** The other tabs of this browser; nobody where it has no channel between them. */
export function browserSiblings(): Siblings {
  return {
    tell: (word) => {
      const channel = openChannel();
      channel?.postMessage(word);
      channel?.close();
    },
    listen: (hear) => {
      const channel = openChannel();
      if (channel === null) return () => undefined;
      channel.onmessage = ({ data }) => {
        const word = asWord(data);
        if (word !== null) hear(word);
      };
      return () => channel.close();
    },
  };
}
