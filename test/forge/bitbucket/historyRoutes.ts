import type { ForgeReply, ForgeRequest, ForgeRoute } from '../http/forge.ts';
import type { ForgeDiff } from '../http/forgeGit.ts';
import { one, page, problem } from './answers.ts';
import type { BitbucketState } from './bitbucketForge.ts';
import { commitJson, type BitbucketRepository } from './bitbucketRepository.ts';

const base = '/repositories/{workspace}/{repo_slug}';
const notFound = problem(404, 'Commit not found');

/** Commits, and what is between them. */
export function historyRoutes(state: BitbucketState): readonly ForgeRoute[] {
  return [
    {
      method: 'GET',
      path: `${base}/commits/{revision}`,
      handle: state.reading((request, repository) => commits(state, request, repository)),
    },
    {
      method: 'GET',
      path: `${base}/commit/{commit}`,
      handle: state.reading(async (request, { git }) => {
        const found = await git.commitObject(request.params['commit'] ?? '');
        return found ? one(request, commitJson(found)) : notFound;
      }),
    },
    {
      method: 'GET',
      path: `${base}/merge-base/{revspec}`,
      handle: state.reading(async (request, repository) => {
        const pair = await commitsIn(request.params['revspec'], repository);
        const found = pair && (await repository.git.mergeBase(...pair));
        return found === undefined ? notFound : one(request, commitJson((await repository.git.commitObject(found))!));
      }),
    },
    {
      method: 'GET',
      path: `${base}/diffstat/{spec}`,
      handle: state.reading((request, repository) => diffstat(state, request, repository)),
    },
  ];
}

async function commits(
  state: BitbucketState,
  request: ForgeRequest,
  { git }: BitbucketRepository,
): Promise<ForgeReply> {
  const { searchParams } = request.url;
  const to = await git.resolve(request.params['revision'] ?? '');
  const excluded = searchParams.get('exclude');
  const from = excluded === null ? undefined : await git.resolve(excluded);
  if (to === undefined || (excluded !== null && from === undefined)) return notFound;
  const found = await git.log(from === undefined ? { to } : { to, from });
  return page(request, state.origin, found.map(commitJson), { most: 100, forced: state.limits.pageSize });
}

/** The first side is the new one. Without `topic=false`, the other one counts only up to where both parted. */
async function diffstat(
  state: BitbucketState,
  request: ForgeRequest,
  repository: BitbucketRepository,
): Promise<ForgeReply> {
  const { git } = repository;
  const { searchParams } = request.url;
  const pair = await commitsIn(request.params['spec'], repository);
  if (pair === undefined) return notFound;
  const [to, other] = pair;
  const from = searchParams.get('topic') === 'false' ? other : ((await git.mergeBase(to, other)) ?? other);
  const changes = (await git.diff(from, to)).map((change) => ({ old: oldOf(change), now: newOf(change) }));
  const paired = searchParams.get('renames') === 'false' ? changes : withRenames(changes);
  const items = paired.map(({ old, now }) => ({
    type: 'diffstat',
    status: !old ? 'added' : !now ? 'removed' : old.path === now.path ? 'modified' : 'renamed',
    lines_added: 0,
    lines_removed: 0,
    old: old && { type: 'commit_file', path: old.path },
    new: now && { type: 'commit_file', path: now.path },
  }));
  return page(request, state.origin, items, { most: 500, forced: state.limits.pageSize });
}

interface Side {
  readonly path: string;
  readonly id: string;
}

interface Pair {
  readonly old: Side | null;
  readonly now: Side | null;
}

function oldOf({ path, status, oldId }: ForgeDiff): Side | null {
  return status === 'A' ? null : { path, id: oldId };
}

function newOf({ path, status, newId }: ForgeDiff): Side | null {
  return status === 'D' ? null : { path, id: newId };
}

/** Only of files that stayed the same otherwise. */
function withRenames(changes: readonly Pair[]): readonly Pair[] {
  const left = [...changes];
  for (const { old, now } of changes) {
    if (old !== null || now === null) continue;
    const gone = left.findIndex((other) => other.now === null && other.old?.id === now.id);
    if (gone < 0) continue;
    const [{ old: from }] = left.splice(gone, 1) as [Pair];
    left[left.findIndex((other) => other.now === now)] = { old: from, now };
  }
  return left;
}

async function commitsIn(spec = '', { git }: BitbucketRepository): Promise<[string, string] | undefined> {
  const [first, second, ...rest] = await Promise.all(spec.split('..').map((revision) => git.resolve(revision)));
  return first !== undefined && second !== undefined && rest.length === 0 ? [first, second] : undefined;
}
