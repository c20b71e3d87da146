import { throwIfCancelled } from '../../core/cancellation.ts';
import { Failure } from '../../core/errors.ts';
import type { FileChange, WriteFile } from '../../core/model/change.ts';
import type { Tree } from '../../core/model/snapshot.ts';
import type { CallContext, CommitRequest, CommitResult } from '../../ports/repositoryHost.ts';
import { refuseOtherVersions } from '../http/rememberedTrees.ts';
import type { GitHubApi } from './api.ts';
import { commitExactly } from './exactCommit.ts';
import { commitFirst } from './firstCommit.ts';
import type { GitData } from './gitData.ts';
import type { Place } from './places.ts';
import type { Refs } from './refs.ts';
import { commitOnBranch, inHeadlineAndBody } from './signedCommit.ts';
import type { Trees } from './tree.ts';

/** Bytes that go in one request: more are sent file by file. */
const mostAtOnce = 20 * 1024 * 1024;

/** Makes commits, by the way that fits what is in them. */
export class Commits {
  constructor(
    private readonly api: GitHubApi,
    private readonly trees: Trees,
    private readonly refs: Refs,
    private readonly data: GitData,
  ) {}

  async make(place: Place, request: CommitRequest, call: CallContext): Promise<CommitResult> {
    throwIfCancelled(call.signal);
    const { branch, expectedHead, startFrom, changes } = request;
    const parent = expectedHead ?? startFrom;
    const tree: Tree = parent === undefined ? new Map() : await this.trees.read(place, parent, call);
    const told = { ...place, facts: { ...place.facts, branch } };
    try {
      refuseOtherVersions(tree, changes);
      if (expectedHead !== undefined && isPlain(request)) {
        return await commitOnBranch(this.api, told, { ...request, expectedHead }, call);
      }
      const exact = { ...request, parent, tree, isLarge: isLarge(changes) };
      // A repository without any commit takes none of Git's objects.
      const isFirst = parent === undefined && (await this.refs.head(told, branch, call)) === undefined;
      const make = isFirst ? commitFirst : commitExactly;
      return await make(this.data, this.refs, told, exact, call);
    } catch (error) {
      // What was to be moved is not there, or what was to be made is: either way, not what was planned against.
      if (!Failure.is(error, 'branchNotFound', 'branchExists', 'stale')) throw error;
      throw new Failure('stale', { ...this.api.facts(told.facts), ...error.facts }, { cause: error });
    }
  }
}

/**
 * Whether GitHub's own commits can say it: they are signed, and one request, but every file that they write is a
 * plain one, and the message has the form that they give it.
 */
function isPlain({ changes, message }: CommitRequest): boolean {
  const isRegular = changes.filter(isWrite).every(({ mode }) => mode === 'regular');
  return isRegular && !isLarge(changes) && inHeadlineAndBody(message) !== undefined;
}

function isLarge(changes: readonly FileChange[]): boolean {
  return changes.filter(isWrite).reduce((sum, { bytes }) => sum + bytes.length, 0) > mostAtOnce;
}

function isWrite(change: FileChange): change is WriteFile {
  return change.kind === 'write';
}
