import { throwIfCancelled } from '../../core/cancellation.ts';
import { Failure } from '../../core/errors.ts';
import type { FileChange } from '../../core/model/change.ts';
import { asCommitId, type CommitId } from '../../core/model/ids.ts';
import { baseName, type RepoPath } from '../../core/model/repoPath.ts';
import type { CallContext, CommitRequest, CommitResult } from '../../ports/repositoryHost.ts';
import type { HttpAnswer } from '../http/httpMessages.ts';
import type { HttpTools } from '../http/httpTools.ts';
import type { BitbucketApi } from './api.ts';
import { headOf, refuseName } from './branches.ts';
import { checkExpected } from './checkExpected.ts';
import { problemIn, refusalOf } from './failures.ts';
import { commitsBetween } from './history.ts';
import type { SourceFile, SourceTree } from './listTree.ts';
import { multipartForm, type FormPart } from './multipart.ts';
import type { FileReader } from './readFiles.ts';
import { mayPush } from './repositories.ts';
import { branchCommit, branch as branchSchema, commitParents } from './schemas.ts';
import type { SeenHeads } from './seenHeads.ts';
import type { Trees } from './tree.ts';

export interface CommitParts {
  readonly api: BitbucketApi;
  readonly trees: Trees;
  readonly reader: FileReader;
  readonly heads: SeenHeads;
  readonly tools: Pick<HttpTools, 'hasher' | 'random'>;
}

/** One form: the host compares the branch with `parents` and makes commit and branch, or nothing at all. */
export async function commit(
  parts: CommitParts,
  repository: string,
  request: CommitRequest,
  call: CallContext,
): Promise<CommitResult> {
  const { api, trees, heads } = parts;
  const { branch, expectedHead, changes } = request;
  const parent = expectedHead ?? request.startFrom;
  const facts = api.facts(repository, branch);
  throwIfCancelled(call.signal);
  refuseName(branch, facts);
  await refuseOtherBranch(parts, repository, request, call);
  const tree = await checkExpected({ ...parts, facts }, repository, parent, changes, call);
  const answer = await send(parts, repository, parent, request, call);
  const result = await outcome(api, repository, parent, request, answer, call);
  heads.note(repository, branch, result.commit);
  await trees.keep(repository, result.commit, await applied(parts, tree, changes));
  return result;
}

/** What came of a commit that the host has taken: whatever goes wrong from here on, it is no refusal of the commit. */
async function outcome(
  api: BitbucketApi,
  repository: string,
  parent: CommitId | undefined,
  request: CommitRequest,
  answer: HttpAnswer,
  call: CallContext,
): Promise<CommitResult> {
  try {
    const made = commitIn(answer) ?? (await findOwn(api, repository, parent, request, call));
    return { commit: made, parent: parent ?? (await parentOf(api, repository, made, call)) };
  } catch (error) {
    if (!Failure.is(error)) throw error;
    throw new Failure('answerLost', error.facts, { cause: error });
  }
}

/**
 * What `parents` does not compare: the host makes a branch anew that is gone, and one without `parents` it takes as it
 * is. (A new branch that somebody made meanwhile, where ours starts, is no harm: nothing of theirs is lost.)
 */
async function refuseOtherBranch(
  { api, heads }: CommitParts,
  repository: string,
  { branch, expectedHead, startFrom }: CommitRequest,
  call: CallContext,
): Promise<void> {
  const facts = api.facts(repository, branch);
  if (expectedHead !== undefined) {
    if (heads.isAt(repository, branch, expectedHead)) return;
    if ((await headOf(api, repository, branch, call)) !== expectedHead) throw new Failure('stale', facts);
  } else if (startFrom === undefined) {
    const query = { pagelen: '1', fields: 'values.name,values.target.hash' };
    const url = api.repositoryUrl(repository, '/refs/branches', {}, query);
    const branches = await api.all(branchSchema, url, facts, call);
    if (branches.length === 0) return;
    if ((await headOf(api, repository, branch, call)) !== undefined) throw new Failure('stale', facts);
    throw new Failure('unsupported', {
      ...facts,
      detail: 'a branch without a past is made in an empty repository only',
    });
  }
}

async function send(
  { api, tools }: CommitParts,
  repository: string,
  parent: CommitId | undefined,
  { branch, message, changes }: CommitRequest,
  call: CallContext,
): Promise<HttpAnswer> {
  const fields: FormPart[] = [
    { name: 'branch', content: branch },
    { name: 'message', content: message },
    ...(parent === undefined ? [] : [{ name: 'parents', content: parent }]),
  ];
  const form = multipartForm([...fields, ...changes.map(partOf)], tools.random);
  const url = api.repositoryUrl(repository, '/src', {});
  const headers = { 'content-type': form.type };
  // The answer to a success is an empty page.
  const answer = await api.http.send({ method: 'POST', url, headers, body: form.bytes, accept: '*/*' }, call);
  if (answer.status === 201) return answer;
  throw await refusal(api, repository, branch, answer, call);
}

/** With a slash in front, no path is taken for a field; the executable bit has to be said at every write. */
function partOf(change: FileChange): FormPart {
  if (change.kind === 'delete') return { name: 'files', content: `/${change.path}` };
  const attributes = change.mode === 'executable' ? { attributes: 'executable' } : {};
  return { name: `/${change.path}`, content: change.bytes, file: { name: baseName(change.path), ...attributes } };
}

async function refusal(
  api: BitbucketApi,
  repository: string,
  branch: string,
  answer: HttpAnswer,
  call: CallContext,
): Promise<Failure> {
  const facts = api.facts(repository, branch);
  if (answer.status < 300) return new Failure('answerLost', { ...facts, detail: `status ${String(answer.status)}` });
  // The commit that was to be the parent is not there any more.
  const isParentGone = answer.status === 400 && problemIn(answer).fields.includes('parents');
  if (answer.status === 409 || isParentGone) return new Failure('stale', facts);
  const failure = refusalOf(answer, facts);
  if (failure.reason !== 'forbidden' || problemIn(answer).message === '') return failure;
  // Who may write elsewhere in the repository is kept off this branch by a restriction, which only admins may read.
  return (await mayPush(api, repository, call)) === true ? new Failure('protectedBranch', failure.facts) : failure;
}

/** The new commit is named nowhere but in `Location`, which a browser keeps to itself. */
function commitIn(answer: HttpAnswer): CommitId | undefined {
  const id = /\/commit\/([0-9a-f]{40})\/?$/.exec(answer.header('location') ?? '')?.[1];
  return id === undefined ? undefined : asCommitId(id);
}

/** Our commit on the branch: the one with our parent and our message; the head, unless somebody was quick. */
async function findOwn(
  api: BitbucketApi,
  repository: string,
  parent: CommitId | undefined,
  { branch, message }: CommitRequest,
  call: CallContext,
): Promise<CommitId> {
  const facts = api.facts(repository, branch);
  const fields = 'target.hash,target.message,target.parents.hash';
  const url = api.repositoryUrl(repository, '/refs/branches/{name}', { name: branch }, { fields });
  const { target } = await api.get(branchCommit, url, facts, call);
  const isOwn = (text: string, first: CommitId | undefined): boolean =>
    first === parent && text.trimEnd() === message.trimEnd();
  if (isOwn(target.message, target.parents[0]?.hash)) return target.hash;
  const commits = await commitsBetween(api, repository, parent, target.hash, 100, call);
  const own = commits.find(({ parents, message: text }) => isOwn(text, parents[0]));
  if (own === undefined) throw new Failure('answerLost', facts);
  return own.id;
}

/** Without `parents` the host takes whatever is there: nothing, unless somebody was faster. */
async function parentOf(
  api: BitbucketApi,
  repository: string,
  made: CommitId,
  call: CallContext,
): Promise<CommitId | undefined> {
  const url = api.repositoryUrl(repository, '/commit/{commit}', { commit: made }, { fields: 'parents.hash' });
  const { parents } = await api.get(commitParents, url, api.facts(repository), call);
  return parents[0]?.hash;
}

async function applied(
  { tools }: CommitParts,
  tree: SourceTree,
  changes: readonly FileChange[],
): Promise<ReadonlyMap<RepoPath, SourceFile>> {
  const files = new Map(tree);
  for (const change of changes) {
    const { path } = change;
    if (change.kind === 'delete') files.delete(path);
    else {
      const id = await tools.hasher.blobId(change.bytes);
      files.set(path, { path, kind: change.mode, size: change.bytes.length, id });
    }
  }
  return files;
}
