import type { Failure, FailureReason } from '../../core/errors.ts';

const reasons: ReadonlySet<FailureReason> = new Set([
  'signInNeeded',
  'forbidden',
  'repositoryNotFound',
  'missingScope',
  'singleSignOn',
  'organizationPolicy',
  // Hosts give more to people whom they know.
  'rateLimited',
]);

/** Whether another account, or another token of the same, may not meet the failure. */
export function isAboutAccess({ reason }: Failure): boolean {
  return reasons.has(reason);
}
