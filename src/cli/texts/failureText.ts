import type { Failure, FailureFacts, FailureReason } from '../../core/errors.ts';
import { onOneLine } from './onOneLine.ts';

type Words = (facts: Named) => string;

interface Named extends FailureFacts {
  /** The repository, or what is known of it. */
  readonly place: string;
  /** The files that it is about, in a row. */
  readonly files: string;
  readonly on: string;
}

/** Why something could not be done, in whole sentences for a terminal: what to do next is a command, or a setting. */
export function failureText({ reason, facts }: Pick<Failure, 'reason' | 'facts'>): string {
  const { repository, origin, branch, paths = [] } = facts;
  const named = `${paths.slice(0, 10).join(', ')}${paths.length > 10 ? ` and ${String(paths.length - 10)} more` : ''}`;
  const place = repository ?? origin ?? 'the repository';
  const text = words[reason]({ ...facts, place, files: named || 'a file', on: branch ?? 'the branch' });
  return onOneLine(text).replace(/ +/g, ' ');
}

const words: Readonly<Record<FailureReason, Words>> = {
  cancelled: () => 'Cancelled.',
  timeout: ({ place }) => `“${place}” did not answer in time. Nothing was changed.`,
  offline: ({ place }) => `“${place}” cannot be reached.`,
  signInNeeded: ({ place }) =>
    `“${place}” asks for a sign-in that was not given or not accepted. Give your Git its credentials, or set API_SOURCE_CONTROL_ORIGIN and API_SOURCE_CONTROL_TOKEN for other hosts.`,
  forbidden: ({ place }) => `Whoever is signed in has no right to do this in “${place}”. Nothing was changed.`,
  repositoryNotFound: ({ place }) => `There is no repository at “${place}”, or these credentials may not see it.`,
  branchNotFound: ({ place, on }) => `There is no branch “${on}” in “${place}”. Nothing was changed.`,
  branchExists: ({ place, on }) => `There is a branch “${on}” in “${place}” already.`,
  branchDeleted: ({ place, on, detail }) =>
    `The branch “${on}” of “${place}” was deleted${detail === undefined ? '' : `; “${detail}” has all of its commits`}. Choose another branch in the editor.`,
  branchInUse: ({ on }) => `The branch “${on}” is being worked on.`,
  invalidName: ({ on }) => `“${on}” cannot be used as a name.`,
  protectedBranch: ({ place, on, detail }) =>
    `“${place}” takes no push to “${on}”${why(detail)}. Nothing was pushed; push to a new branch in the editor.`,
  stale: ({ on }) => `Somebody pushed to “${on}” several times in a row. Nothing was sent. Pull, then push again.`,
  answerLost: ({ on }) =>
    `The connection broke before it was known whether the push to “${on}” arrived. It is not sent twice: run status when the repository can be reached.`,
  pushInDoubt: ({ on }) =>
    `It is not known yet whether the last push to “${on}” arrived. Run status when the repository can be reached.`,
  nothingToPush: () => 'There is nothing to push.',
  emptyMessage: () => 'Say what you changed: push -m "…".',
  conflicts: ({ files }) => `Both sides changed ${files}. Solve these conflicts in the editor, then try again.`,
  incomingOverlap: ({ files }) => `The repository has newer versions of ${files}. Nothing was pushed: pull, then push.`,
  markersLeft: ({ files }) => `Conflict markers were left in ${files}.`,
  changedThere: ({ files }) => `Somebody pushed another version of ${files} meanwhile. Try again.`,
  changedMeanwhile: ({ files }) => `Another program changed ${files} in this moment. Nothing was written; try again.`,
  unsavedEditors: ({ files }) => `There are unsaved edits in ${files}.`,
  unsafePath: ({ files, detail }) => `${files} cannot be used as a path here${why(detail)}. Nothing was written.`,
  unsafeUrl: ({ place, detail }) => `The address “${place}” is refused${why(detail)}.`,
  tooLarge: ({ files, detail }) => `This is too large to be handled: ${files}${why(detail)}. Nothing was changed.`,
  notApproved: ({ place }) => `The connection to “${place}” was not approved on this computer.`,
  untrusted: () => 'This folder is not trusted.',
  invalidFile: ({ files, detail }) =>
    `${files} cannot be read as what it should be${why(detail)}. It was left as it is.`,
  stillReferenced: ({ files }) => `The definition still needs ${files}.`,
  folderInUse: ({ files }) => `The folder ${files} holds files of another repository already.`,
  busy: ({ files }) => `Another window or program works on ${files} right now. Try again when it is done.`,
  writeFailed: ({ files, detail }) => `Writing ${files} failed${why(detail)}. Everything was put back as it was.`,
  unfinished: ({ files }) =>
    `Writing stopped in the middle, and ${files} could not be put back yet. The next run finishes or undoes it.`,
  gitMissing: () => 'The Git program was not found. Install Git 2.39 or newer.',
  gitTooOld: ({ detail }) => `The Git program is too old${why(detail)}. Install Git 2.39 or newer.`,
  identityMissing: () =>
    'Git does not know whose commit this is. Set “user.name” and “user.email” in its configuration.',
  hostKeyUnknown: ({ origin, place, detail }) =>
    `The ssh host key of “${origin ?? place}” is not known on this computer${why(detail)}. Compare it with the one that its owner publishes, and connect once with ssh.`,
  certificate: ({ place, detail }) => `The certificate of “${place}” is not trusted on this computer${why(detail)}.`,
  unsupportedRepository: ({ place, detail }) => `The format of “${place}” is not supported${why(detail)}.`,
  detachedHead: ({ detail }) => `The Git clone is on no branch${why(detail)}. Switch to one with Git.`,
  gitUnderway: ({ detail }) => `A ${detail ?? 'merge'} is under way in the Git clone. Finish or abort it with Git.`,
  unmergedFiles: ({ files }) =>
    `Git could not join both sides of ${files} in the Git clone. Decide them in the editor or with Git, then try again.`,
  localChanges: ({ files }) =>
    `Changes that are not committed are in the way: ${files}. Commit or stash them with Git.`,
  commitRefused: ({ detail }) => `Git did not make the commit${why(detail)}. Nothing was pushed.`,
  notPushed: ({ on, detail }) => `The commit is made in the clone, on “${on}”, and was not pushed${why(detail)}.`,
  pullFirst: ({ on }) =>
    `The repository has commits on “${on}” that the clone lacks. Nothing was pushed: pull, then push.`,
  gitMerges: ({ files }) => `In a Git clone it is Git that joins both sides of ${files}: commit, then pull.`,
  sparseCheckout: ({ files }) => `The Git clone is sparse and leaves out ${files}.`,
  historyMissing: () => 'The Git clone is shallow and lacks history that this needs. Run git fetch --unshallow.',
  rateLimited: ({ place, retryAfter }) =>
    `“${place}” was asked too often${retryAfter === undefined ? '' : ` and wants ${String(Math.max(1, Math.ceil(retryAfter / 1000)))} seconds of pause`}. Nothing was changed.`,
  singleSignOn: ({ place }) => `The organization of “${place}” wants its single sign-on for this token first.`,
  organizationPolicy: ({ place, detail }) => `The organization of “${place}” does not let this token in${why(detail)}.`,
  missingScope: ({ place, detail }) => `The token may not do this in “${place}”. It lacks: ${detail ?? 'a right'}.`,
  pullRequestExists: ({ place }) => `There is a pull request of this branch already in “${place}”.`,
  unsupported: ({ place, detail }) => `“${place}” cannot do this${why(detail)}.`,
  serverError: ({ place, detail }) => `The server of “${place}” failed${why(detail)}. Try again in a while.`,
  unexpectedAnswer: ({ place, detail }) => `“${place}” answered with something that is not its API${why(detail)}.`,
  hostError: ({ place, detail }) => `“${place}” answered with an error${why(detail)}.`,
};

/** Words of others become part of a sentence: on one line, without their full stop. */
function why(detail: string | undefined): string {
  const text = (detail ?? '')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .replace(/[\s.:]+$/, '')
    .trim();
  return text === '' ? '' : `: ${text}`;
}
