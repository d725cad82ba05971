/** What the hooks' functions that change something return. */

import { RequestError, type Submitted } from '@/realtime';

/**
 * A change that was asked for. The promise resolves as soon as the change is kept and shown here, online or not, and rejects
 * with a {@link RequestError} if it could not even be taken; `outcome` tells how it ended on the server.
 */
export type Accepted = Promise<void> & Submitted;

/** Several changes that were asked for together: none, where nothing differs. */
export type AcceptedAll = Promise<void> & { readonly submitted: readonly Submitted[] };

/** Carries out `submit`; what it throws is the reason of the rejection. */
export function accepted(submit: () => Submitted): Accepted {
  try {
    return Object.assign(Promise.resolve(), submit());
  } catch (error) {
    return Object.assign(Promise.reject(asError(error)), { requestId: '', outcome: Promise.resolve(refusal(error)) });
  }
}

/** The same for several. */
export function acceptedAll(submit: () => readonly Submitted[]): AcceptedAll {
  try {
    return Object.assign(Promise.resolve(), { submitted: submit() });
  } catch (error) {
    return Object.assign(Promise.reject(asError(error)), { submitted: [] });
  }
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

function refusal(error: unknown) {
  const code = error instanceof RequestError && error.code === 'not_found' ? ('not_found' as const) : ('unavailable' as const);
  return { kind: 'refused' as const, error: { code, message: asError(error).message } };
}
