import type { GitRefUpdate } from 'azure-devops-node-api/interfaces/GitInterfaces.js';
import type { InferOutput } from 'valibot';
import { Failure, type FailureFacts } from '../../core/errors.ts';
import type { FileChange } from '../../core/model/change.ts';
import type { CommitId } from '../../core/model/ids.ts';
import type { Tree } from '../../core/model/snapshot.ts';
import type { CallContext, CommitRequest, CommitResult } from '../../ports/repositoryHost.ts';
import { encodeBase64 } from '../http/base64.ts';
import type { HttpAnswer } from '../http/httpMessages.ts';
import { refuseOtherVersions } from '../http/rememberedTrees.ts';
import type { AzureDevOpsApi } from './api.ts';
import { deleteBranch, headOf } from './branches.ts';
import { nothing, refOf } from './branchRef.ts';
import type { CommitDetails } from './commitDetails.ts';
import { refuseImpossible } from './impossibleChanges.ts';
import type { Place } from './places.ts';
import { push as pushAnswer, type commit as commitAnswer } from './schemas.ts';
import type { Trees } from './tree.ts';

/** Bytes that the server takes in one request. */
const largestBody = 25 * 1024 * 1024;

/** One change as the server takes it; `edit` keeps a file's mode, which nothing can set. */
interface PushChange {
  readonly changeType: 'add' | 'edit' | 'delete';
  readonly item: { readonly path: string };
  /** In base64 always: a text would be written in the encoding that the server believes the old one to have. */
  readonly newContent?: { readonly content: string; readonly contentType: 'base64Encoded' };
}

/** What is known of the commits that were looked at. */
export interface Commits {
  readonly details: CommitDetails;
  readonly trees: Trees;
}

/**
 * One push of one commit. The server compares the branch with `oldObjectId` while it moves it; but an existing commit
 * there also means "make this branch from it", so that one that should exist may come into being, and the other way
 * round.
 */
export async function commit(
  api: AzureDevOpsApi,
  { details, trees }: Commits,
  place: Place,
  request: CommitRequest,
  call: CallContext,
): Promise<CommitResult> {
  const { branch, expectedHead, startFrom, message } = request;
  const facts = { ...place.facts, branch };
  const parent = expectedHead ?? startFrom;
  const name = refOf(branch);
  const changes = await plannedChanges(api, trees, place, request, parent, call);
  if (expectedHead === undefined && startFrom !== undefined && (await headOf(api, place, branch, call)) !== undefined) {
    throw new Failure('stale', api.facts(facts));
  }
  const refUpdate: GitRefUpdate = { name, oldObjectId: parent ?? nothing };
  const body = { refUpdates: [refUpdate], commits: [{ comment: message, changes }] };
  const answer = await api.send({ method: 'POST', path: `${place.path}/pushes`, body }, call);
  const { made, before } = understood(api, answer, name, facts);
  const result = { commit: details.keep(place, made).id, parent };
  if (expectedHead !== undefined && before === nothing) await takeBack(api, place, branch, result, call);
  return result;
}

/** Once the server has said yes, an answer that nobody understands leaves open what became of it. */
function understood(
  api: AzureDevOpsApi,
  answer: HttpAnswer,
  ref: string,
  facts: FailureFacts,
): { readonly made: InferOutput<typeof commitAnswer>; readonly before: string } {
  try {
    const { commits, refUpdates } = api.read(pushAnswer, answer, facts);
    const [made] = commits;
    const moved = refUpdates.find(({ name }) => name === ref);
    if (made && moved) return { made, before: moved.oldObjectId };
  } catch (error) {
    if (!Failure.is(error, 'unexpectedAnswer') || answer.status > 299) throw error;
    throw new Failure('answerLost', error.facts, { cause: error });
  }
  throw new Failure('answerLost', { ...api.facts(facts), detail: 'the answer names no commit' });
}

/**
 * The branch was gone, and this commit made it anew: nobody asked for that.
 * @throws Failure `stale` when the branch is gone again; `answerLost` when nobody can tell.
 */
async function takeBack(
  api: AzureDevOpsApi,
  place: Place,
  branch: string,
  { commit: made }: CommitResult,
  call: CallContext,
): Promise<void> {
  try {
    await deleteBranch(api, place, branch, made, call);
  } catch (error) {
    if (!Failure.is(error)) throw error;
    if (['answerLost', 'cancelled', 'unexpectedAnswer'].includes(error.reason)) {
      throw new Failure('answerLost', { ...api.facts({ ...place.facts, branch }), ...error.facts }, { cause: error });
    }
    // Then it stays, and so does what somebody may have put on top of it: the commit is in the branch.
    if (error.reason !== 'branchNotFound') return;
  }
  throw new Failure('stale', api.facts({ ...place.facts, branch }));
}

/** @throws Failure `stale`, `unsupported`, `tooLarge`: nothing was sent. */
async function plannedChanges(
  api: AzureDevOpsApi,
  trees: Trees,
  place: Place,
  { branch, changes }: CommitRequest,
  parent: CommitId | undefined,
  call: CallContext,
): Promise<readonly PushChange[]> {
  const facts = api.facts({ ...place.facts, branch });
  const tree = parent === undefined ? new Map() : await trees.read(place, parent, call);
  refuseOtherVersions(tree, changes);
  refuseImpossible(tree, changes, facts);
  const size = changes.reduce((sum, change) => sum + sizeOf(change), 0);
  if (size > largestBody) {
    const largest = changes.toSorted((a, b) => sizeOf(b) - sizeOf(a)).slice(0, 3);
    const detail = `Azure DevOps takes ${String(largestBody / 1024 / 1024)} MB in one push`;
    throw new Failure('tooLarge', { ...facts, paths: largest.map(({ path }) => path), detail });
  }
  return changes.map((change) => pushChange(tree, change));
}

function pushChange(tree: Tree, change: FileChange): PushChange {
  const item = { path: `/${change.path}` };
  if (change.kind === 'delete') return { changeType: 'delete', item };
  const newContent = { content: encodeBase64(change.bytes), contentType: 'base64Encoded' as const };
  return { changeType: tree.has(change.path) ? 'edit' : 'add', item, newContent };
}

/** In the request, about. */
function sizeOf(change: FileChange): number {
  return change.path.length + 150 + (change.kind === 'write' ? Math.ceil(change.bytes.length / 3) * 4 : 0);
}
