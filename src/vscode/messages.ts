import type { Failure } from '../core/errors.ts';
import { describeAccess } from './messages/accessFailures.ts';
import { describeAddress } from './messages/addressFailures.ts';
import { describeBranch } from './messages/branchFailures.ts';
import { describeClone } from './messages/cloneFailures.ts';
import { describeConflict } from './messages/conflictFailures.ts';
import type { FailureMessage } from './messages/failureMessage.ts';
import { describeFile } from './messages/fileFailures.ts';
import { describeHost } from './messages/hostFailures.ts';
import { describeMachine } from './messages/machineFailures.ts';
import { describePush } from './messages/pushFailures.ts';

/** The one place where a reason becomes words for a person. */
export function describeFailure({ reason, facts }: Pick<Failure, 'reason' | 'facts'>): FailureMessage {
  switch (reason) {
    case 'signInNeeded':
    case 'forbidden':
    case 'repositoryNotFound':
    case 'notApproved':
    case 'untrusted':
      return describeAccess(reason, facts);
    case 'unsafeUrl':
    case 'hostKeyUnknown':
    case 'certificate':
      return describeAddress(reason, facts);
    case 'branchNotFound':
    case 'branchDeleted':
    case 'branchExists':
    case 'branchInUse':
    case 'invalidName':
    case 'protectedBranch':
      return describeBranch(reason, facts);
    case 'stale':
    case 'answerLost':
    case 'pushInDoubt':
    case 'nothingToPush':
    case 'emptyMessage':
      return describePush(reason, facts);
    case 'conflicts':
    case 'incomingOverlap':
    case 'markersLeft':
    case 'changedThere':
      return describeConflict(reason, facts);
    case 'changedMeanwhile':
    case 'unsavedEditors':
    case 'unsafePath':
    case 'tooLarge':
    case 'invalidFile':
    case 'stillReferenced':
    case 'folderInUse':
    case 'writeFailed':
    case 'unfinished':
      return describeFile(reason, facts);
    case 'detachedHead':
    case 'gitUnderway':
    case 'unmergedFiles':
    case 'localChanges':
    case 'commitRefused':
    case 'notPushed':
    case 'pullFirst':
    case 'gitMerges':
    case 'sparseCheckout':
    case 'historyMissing':
      return describeClone(reason, facts);
    case 'rateLimited':
    case 'singleSignOn':
    case 'organizationPolicy':
    case 'missingScope':
    case 'pullRequestExists':
    case 'unsupported':
    case 'serverError':
    case 'unexpectedAnswer':
      return describeHost(reason, facts);
    case 'cancelled':
    case 'timeout':
    case 'offline':
    case 'busy':
    case 'gitMissing':
    case 'gitTooOld':
    case 'identityMissing':
    case 'unsupportedRepository':
    case 'hostError':
      return describeMachine(reason, facts);
  }
}
