import type { ForgeReply, ForgeRoute } from '../http/forge.ts';
import { RefRefused, type ForgeGit } from '../http/forgeGit.ts';
import { one, page, problem } from './answers.ts';
import type { BitbucketState } from './bitbucketForge.ts';
import { commitJson } from './bitbucketRepository.ts';
import { filtered } from './queryLanguage.ts';

const base = '/repositories/{workspace}/{repo_slug}/refs/branches';

export function branchRoutes(state: BitbucketState): readonly ForgeRoute[] {
  return [
    {
      method: 'GET',
      path: base,
      handle: state.reading(async (request, { git }) => {
        const all = await Promise.all((await git.branches()).map(({ name, id }) => branchJson(git, name, id)));
        const found = filtered(all, request.url.searchParams.get('q'));
        return page(request, state.origin, found, { most: 100, forced: state.limits.pageSize });
      }),
    },
    {
      method: 'GET',
      path: `${base}/{name+}`,
      handle: state.reading(async (request, { git }) => {
        const { name = '' } = request.params;
        const id = await git.head(name);
        return id === undefined ? absent(name) : one(request, await branchJson(git, name, id));
      }),
    },
    {
      method: 'POST',
      path: base,
      handle: state.writing(async (request, { git }) => {
        const { name, target } = request.json() as {
          readonly name: string;
          readonly target: { readonly hash: string };
        };
        if ((await git.commitObject(target.hash)) === undefined)
          return problem(400, `Commit not found: ${target.hash}`);
        try {
          await git.createBranch(name, target.hash);
        } catch (error) {
          if (!(error instanceof RefRefused)) throw error;
          return problem(400, `Branch "${name}" already exists.`, { data: { key: 'BRANCH_ALREADY_EXISTS' } });
        }
        return one(request, await branchJson(git, name, target.hash), 201);
      }),
    },
    {
      method: 'DELETE',
      path: `${base}/{name+}`,
      handle: state.writing(async (request, repository) => {
        const { name = '' } = request.params;
        if ((await repository.git.head(name)) === undefined) return absent(name);
        if ((await repository.findMainBranch()) === name) return problem(400, 'The main branch cannot be deleted.');
        await repository.git.deleteBranch(name);
        return { status: 204, headers: { 'content-type': 'text/html; charset=utf-8' } };
      }),
    },
  ];
}

function absent(name: string): ForgeReply {
  return problem(404, `Branch "${name}" not found.`);
}

async function branchJson(git: ForgeGit, name: string, hash: string): Promise<object> {
  const target = commitJson((await git.commitObject(hash))!);
  return { type: 'branch', name, target, default_merge_strategy: 'merge_commit' };
}
