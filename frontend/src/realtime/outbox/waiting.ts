/** Requests that wait for a connection; a colleague's change may come first. */

import type { ChangeRequest } from '../state/predictions';

/** What the server judges by what others have done since: updates, deletions, and what is made as a whole. */
const isJudged = ({ type }: ChangeRequest) =>
  type.includes('_UPDATE') || type.includes('_DELETE') || type === 'STAFF_REORDER' || type === 'SCHEDULE_PUBLISH';

/** The request without what its author's view had reached when it was made. */
export function unbased(request: ChangeRequest): ChangeRequest {
  const { baseVersion: _base, ...payload } = request.payload;
  return { type: request.type, payload } as ChangeRequest;
}

/**
 * The request as one that has waited: where it meets a newer value of somebody else, its author chooses, whatever the restaurant
 * does with edits that are sent at once. The same object where that is nothing new.
 */
export function asWaiting(request: ChangeRequest): ChangeRequest {
  if (!isJudged(request) || 'strategy' in request.payload) {
    return request;
  }
  return { type: request.type, payload: { ...request.payload, strategy: 'user_choice' } } as ChangeRequest;
}

/** What the deletions among them say, their ids too: one text, the same for as long as they are the same. */
export const deletionsIn = (entries: readonly { readonly request: ChangeRequest }[]): string =>
  entries
    .filter(({ request }) => request.type.includes('_DELETE'))
    .map(({ request }) => JSON.stringify(request.payload))
    .join();
