/** What is asked for while there is no server: meanwhile a colleague may come first. */

import type { ChangeRequest } from '../state/predictions';

const isUpdate = ({ type }: ChangeRequest) => type.includes('_UPDATE');

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
  if (!isUpdate(request) || 'strategy' in request.payload) {
    return request;
  }
  return { type: request.type, payload: { ...request.payload, strategy: 'user_choice' } } as ChangeRequest;
}
