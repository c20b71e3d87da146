import type { ForgeReply, ForgeRoute } from '../http/forge.ts';
import { RefRefused, zeros } from '../http/forgeGit.ts';
import { inRepository } from './inRepository.ts';
import { notFound, problem, repositoryJson } from './replies.ts';
import type { ForgeRepository, GitHubState } from './state.ts';

/** A repository itself, and its branches. */
export function refRoutes(state: GitHubState): readonly ForgeRoute[] {
  return [
    ...inRepository(state, 'GET', '', {
      handle: async (repository, request) => ({ status: 200, body: await repositoryJson(repository, request) }),
    }),
    ...inRepository(state, 'GET', '/git/ref/{ref}', {
      handle: async ({ git }, { params }) => {
        if ((await git.branches()).length === 0) return emptyRepository();
        const name = branchOf(params['ref']);
        const head = name === undefined ? undefined : await git.head(name);
        return head === undefined ? notFound() : { status: 200, body: refJson(name!, head) };
      },
    }),
    ...inRepository(state, 'POST', '/git/refs', {
      writes: true,
      commits: true,
      handle: (repository, request) => create(repository, request.json() as { ref: string; sha: string }),
    }),
    ...inRepository(state, 'PATCH', '/git/refs/{ref}', {
      writes: true,
      commits: true,
      handle: (repository, request) =>
        update(repository, request.params['ref'], request.json() as { sha: string; force?: boolean }),
    }),
    ...inRepository(state, 'DELETE', '/git/refs/{ref}', {
      writes: true,
      commits: true,
      handle: async ({ git, protectedBranches }, { params }) => {
        const name = branchOf(params['ref']);
        if (name === undefined || (await git.head(name)) === undefined) {
          return problem(422, 'Reference does not exist');
        }
        if (protectedBranches.has(name)) return problem(422, 'Cannot delete this protected branch');
        await git.deleteBranch(name);
        return { status: 204 };
      },
    }),
  ];
}

export const emptyRepository = (): ForgeReply => problem(409, 'Git Repository is empty.');

async function create({ git }: ForgeRepository, { ref, sha }: { ref: string; sha: string }): Promise<ForgeReply> {
  if ((await git.branches()).length === 0) return emptyRepository();
  const name = /^refs\/heads\/(.+)$/.exec(ref)?.[1];
  if (name === undefined) return problem(422, 'Reference name must start with refs/');
  if ((await git.commitObject(sha)) === undefined) return problem(422, 'Object does not exist');
  try {
    await git.createBranch(name, sha);
  } catch (error) {
    if (!(error instanceof RefRefused)) throw error;
    return problem(422, error.actual === undefined ? 'Reference contains bad characters' : 'Reference already exists');
  }
  return { status: 201, body: refJson(name, sha) };
}

async function update(
  { git, protectedBranches }: ForgeRepository,
  ref: string | undefined,
  { sha, force = false }: { sha: string; force?: boolean },
): Promise<ForgeReply> {
  const name = branchOf(ref);
  const head = name === undefined ? undefined : await git.head(name);
  if (name === undefined || head === undefined) return problem(422, 'Reference does not exist');
  if (protectedBranches.has(name)) return problem(422, 'Changes must be made through a pull request.');
  if (!force && (await git.mergeBase(head, sha)) !== head) return problem(422, 'Update is not a fast forward');
  await git.updateRef(`refs/heads/${name}`, sha, head);
  return { status: 200, body: refJson(name, sha) };
}

function branchOf(ref = ''): string | undefined {
  return /^heads\/(.+)$/.exec(ref)?.[1];
}

function refJson(name: string, sha: string): object {
  const url = `https://api.github.com/repos/x/x/git/commits/${sha === zeros ? '' : sha}`;
  return { ref: `refs/heads/${name}`, node_id: 'x', url, object: { sha, type: 'commit', url } };
}
