import { Failure, type FailureReason } from '../../core/errors.ts';
import type { CommitId } from '../../core/model/ids.ts';
import type { CallContext } from '../../ports/repositoryHost.ts';
import type { GitAddress } from './address.ts';
import { failureFrom, gitsWords } from './failures.ts';
import type { GitResult } from './gitProcess.ts';
import { branchRef } from './refName.ts';
import { remoteName } from './remoteName.ts';
import type { Remote } from './remote.ts';

interface PushTarget {
  readonly address: GitAddress;
  readonly remote: Remote;
}

interface PushedCommit {
  readonly branch: string;
  readonly commit: CommitId;
  /** `undefined`: the branch must not exist yet. */
  readonly expected: CommitId | undefined;
  /** The commit has no parent. */
  readonly isRoot?: boolean;
}

const options = ['--porcelain', '--progress', '--no-thin', '--no-follow-tags', '--recurse-submodules=no'];

/**
 * Compare-and-swap of a branch: two requests, four for a new branch.
 * @throws Failure as `RepositoryHost.commit`.
 */
export async function pushCommit(target: PushTarget, pushed: PushedCommit, call: CallContext): Promise<void> {
  const ref = branchRef(pushed.branch);
  const lease = `--force-with-lease=${ref}:${pushed.expected ?? ''}`;
  // The head that a branch was at tells Git what the remote has. A new branch may start from where no branch is
  // any more: then Git has to ask, for it would send files that are not here.
  const negotiate = pushed.expected === undefined && !pushed.isRoot ? ['-c', 'push.negotiate=true'] : [];
  const args = [...negotiate, 'push', ...options, lease, remoteName, `${pushed.commit}:${ref}`];
  const result = await target.remote.push(args, call);
  try {
    throwUnlessPushed(result, target.address, pushed.branch);
  } catch (error) {
    if (!Failure.is(error, 'stale') || !refusedByRemote.test(result.stdout.toString())) throw error;
    if (!(await isAtOurCommit(target, pushed, call))) throw error;
  }
}

/** curl repeats a request by itself when a kept connection dies under it: what is in our way may be our own push. */
async function isAtOurCommit(
  target: PushTarget,
  { branch, commit }: PushedCommit,
  call: CallContext,
): Promise<boolean> {
  try {
    return (await target.remote.branches(call)).heads.get(branch) === commit;
  } catch (cause) {
    throw new Failure('answerLost', { repository: target.address.name, branch }, { cause });
  }
}

/** Compare-and-swap delete of a branch. @throws Failure `branchNotFound`, and as `RepositoryHost.commit`. */
export async function deleteRef(
  target: PushTarget,
  branch: string,
  expected: CommitId,
  call: CallContext,
): Promise<void> {
  const ref = branchRef(branch);
  const args = ['push', ...options, `--force-with-lease=${ref}:${expected}`, remoteName, `:${ref}`];
  const result = await target.remote.push(args, call);
  try {
    throwUnlessPushed(result, target.address, branch);
  } catch (error) {
    // Git says the same of a branch that moved and of one that is gone.
    const isGone = Failure.is(error, 'stale') && !(await target.remote.branches(call)).heads.has(branch);
    throw isGone ? new Failure('branchNotFound', { repository: target.address.name, branch }) : error;
  }
}

/** What the remote, or Git for it, said of our one ref (`--porcelain`). */
const refusals: readonly (readonly [RegExp, FailureReason])[] = [
  [
    /^\[rejected\]|stale info|fetch first|non-fast-forward|incorrect old value|cannot lock ref|failed to (?:update|lock)|reference already exists|already exists|fast[- ]forward/,
    'stale',
  ],
  [/^\[remote failure\]/, 'answerLost'],
  [/hidden ref|funny refname|permission|denied|not allowed to/i, 'forbidden'],
  [/hook declined|protected|checked out|declined/i, 'protectedBranch'],
];

/** The push was sent, and the remote said no; "[rejected]" alone is said by our own Git before it sends. */
const refusedByRemote = /\[remote rejected\]/;
/** Once Git has begun to make the pack, the remote may have got all of it. */
const begunToSend = /^(?:Enumerating|Counting|Compressing|Writing|Total)\b/m;
/** The pack was never whole, curl could not connect, or the server refused the request: nothing took effect. */
const notAccepted = /^fatal: unable to read [0-9a-f]{40}|RPC failed; (?:curl (?:5|6|7|35|58|60)\b|HTTP 4\d\d)/m;

/** Reads what a push with `--porcelain --progress` of one branch ended with. @throws Failure as `RepositoryHost.commit`. */
export function throwUnlessPushed(
  result: GitResult,
  address: Pick<GitAddress, 'name' | 'origin'>,
  branch: string,
): void {
  const { code, stdout, stderr, aborted } = result;
  const facts = { repository: address.name, origin: address.origin, branch };
  const [, flag, summary = ''] = /^([ +\-*!=])\t[^\t]*\t(.*)$/m.exec(stdout.toString()) ?? [];
  if (code === 0 && flag !== '!') return;
  if (flag === '!' && !isLostAnswer(summary)) {
    const reason = refusals.find(([words]) => words.test(summary))?.[1] ?? 'hostError';
    throw new Failure(reason, { ...facts, detail: [summary, remoteWords(stderr)].filter(Boolean).join('\n') });
  }
  if (begunToSend.test(stderr) && !notAccepted.test(stderr)) {
    throw new Failure('answerLost', { ...facts, detail: gitsWords(stderr) });
  }
  if (aborted) throw new Failure('cancelled');
  throw failureFrom(stderr, facts);
}

function isLostAnswer(summary: string): boolean {
  return summary.startsWith('[remote failure]');
}

/** What the remote's hooks said, for people. */
function remoteWords(stderr: string): string {
  const lines = stderr.split(/[\r\n]+/).filter((line) => line.startsWith('remote: '));
  return lines
    .map((line) => line.slice('remote: '.length).trim())
    .filter(Boolean)
    .slice(0, 10)
    .join('\n');
}
