import type { RepoPath } from './model/repoPath.ts';

/** Why something could not be done. People read the text that `vscode/messages` makes of it. */
export type FailureReason =
  | 'cancelled'
  | 'timeout'
  | 'offline'
  | 'signInNeeded'
  | 'forbidden'
  | 'repositoryNotFound'
  | 'branchNotFound'
  | 'branchExists'
  /** It was there, and somebody deleted it; `detail`: the branch that has every commit of it. */
  | 'branchDeleted'
  /** Somebody here works on it. */
  | 'branchInUse'
  | 'invalidName'
  | 'protectedBranch'
  | 'stale'
  | 'answerLost'
  | 'pushInDoubt'
  | 'nothingToPush'
  | 'emptyMessage'
  | 'conflicts'
  | 'incomingOverlap'
  | 'markersLeft'
  | 'changedThere'
  | 'changedMeanwhile'
  | 'unsavedEditors'
  | 'unsafePath'
  | 'unsafeUrl'
  | 'tooLarge'
  | 'notApproved'
  | 'untrusted'
  | 'invalidFile'
  | 'stillReferenced'
  | 'folderInUse'
  | 'busy'
  | 'writeFailed'
  /** Something was written in part and could not be taken back either: the next start sees to it. */
  | 'unfinished'
  | 'gitMissing'
  | 'gitTooOld'
  | 'identityMissing'
  | 'hostKeyUnknown'
  | 'certificate'
  | 'unsupportedRepository'
  /** A clone's HEAD is on no branch; `detail`: the commit. */
  | 'detachedHead'
  /** Git is in the middle of something in a clone; `detail`: merge, rebase … */
  | 'gitUnderway'
  /** Git could not join `paths` of a clone, which a person has to; `detail`: in the middle of what, if anything. */
  | 'unmergedFiles'
  /** Uncommitted work in a clone is in the way of what Git should do; `detail`: Git's own words. */
  | 'localChanges'
  /** Git or a hook of the person's refused the commit, with the words in `detail`; nothing has happened. */
  | 'commitRefused'
  /** The commit is made in the clone and did not get to the repository; `detail` says why. */
  | 'notPushed'
  /** The repository has commits that a clone has to take first; nothing has happened. */
  | 'pullFirst'
  /** In a clone Git joins both sides, by a pull. */
  | 'gitMerges'
  /** A sparse clone leaves `paths` out of the working tree. */
  | 'sparseCheckout'
  /** A shallow clone lacks the history that this needs. */
  | 'historyMissing'
  /** The host asks to wait; `retryAfter` says how long. */
  | 'rateLimited'
  /** The organization wants its single sign-on first; `link` is the page. */
  | 'singleSignOn'
  /** The organization has not approved this application, or a policy of its keeps it out; `link` where to ask. */
  | 'organizationPolicy'
  /** The token may not do this; `detail` names the rights that are missing. */
  | 'missingScope'
  | 'pullRequestExists'
  /** The host, or this environment, cannot do it; `detail` says what and why. */
  | 'unsupported'
  /** The host failed (5xx): it is up to the host, and worth another try later. */
  | 'serverError'
  /** Something answered that is not the host's API: a sign-in page, a proxy's page, another shape. */
  | 'unexpectedAnswer'
  | 'hostError';

/** Facts that the message for the person is made of. Never a token, a password or a file's contents. */
export interface FailureFacts {
  /** Repository name or URL without credentials. */
  readonly repository?: string;
  readonly origin?: string;
  readonly branch?: string;
  readonly account?: string;
  /** Whoever was chosen to ask and signed out here: nobody asked in their place. */
  readonly absent?: string;
  readonly paths?: readonly (RepoPath | string)[];
  /** Files that lead to one of `paths`. */
  readonly referencedBy?: readonly RepoPath[];
  /** A fact worth showing as it is: Git's own words, a host key's fingerprint, a version, a rule that was broken. */
  readonly detail?: string;
  /** A page of the host where the person can do something about it; `https` only, of the host's own origin. */
  readonly link?: string;
  /** Of `cancelled`: nothing was sent by then that could have changed something at the host. */
  readonly unsent?: true;
  /** Milliseconds to wait before asking again, where the host said so. */
  readonly retryAfter?: number;
}

/** The one error type: anything else that is thrown is a defect of ours. */
export class Failure extends Error {
  override readonly name = 'Failure';

  constructor(
    readonly reason: FailureReason,
    readonly facts: FailureFacts = {},
    options?: ErrorOptions,
  ) {
    super(facts.detail === undefined ? reason : `${reason}: ${facts.detail}`, options);
  }

  static is(error: unknown, ...reasons: readonly FailureReason[]): error is Failure {
    return error instanceof Failure && (reasons.length === 0 || reasons.includes(error.reason));
  }
}
