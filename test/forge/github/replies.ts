import type { ForgeReply, ForgeRequest } from '../http/forge.ts';
import type { CommitObject } from '../http/forgeGit.ts';
import { fullName, nodeId, type ForgeOwner, type ForgeRepository, type GitHubState } from './state.ts';

const documentation = 'https://docs.github.com/rest';

export function problem(status: number, message: string, errors?: readonly object[]): ForgeReply {
  return {
    status,
    body: { message, documentation_url: documentation, status: String(status), ...(errors ? { errors } : {}) },
  };
}

export const notFound = (): ForgeReply => problem(404, 'Not Found');

export function ownerJson({ id, login, type }: ForgeOwner): object {
  return { id, login, type };
}

export async function repositoryJson(repository: ForgeRepository, request: ForgeRequest): Promise<object> {
  const isEmpty = (await repository.git.branches()).length === 0;
  const push = request.rights === 'write';
  return {
    id: repository.id,
    node_id: nodeId(repository),
    name: repository.name,
    full_name: fullName(repository),
    owner: ownerJson(repository.owner),
    default_branch: repository.defaultBranch,
    // Kilobytes, which GitHub counts later.
    size: isEmpty || repository.isNew ? 0 : 12,
    archived: repository.archived,
    disabled: false,
    private: true,
    permissions: { admin: false, push, pull: true },
  };
}

export function commitJson({ id, parents, message, tree }: CommitObject): object {
  return {
    sha: id,
    parents: parents.map((sha) => ({ sha, url: `${documentation}/${sha}` })),
    commit: { message, tree: { sha: tree, url: documentation } },
  };
}

/** One page of a list, with the link to the next. */
export function page(state: GitHubState, { url }: ForgeRequest, items: readonly unknown[]): ForgeReply {
  const asked = Number(url.searchParams.get('per_page') ?? 30);
  const size = state.pageSize === 0 ? asked : Math.min(asked, state.pageSize);
  const number = Number(url.searchParams.get('page') ?? 1);
  const next = new URL(url);
  next.searchParams.set('page', String(number + 1));
  const isLast = number * size >= items.length;
  return {
    status: 200,
    headers: isLast ? {} : { link: `<${next.href}>; rel="next", <${url.href}>; rel="last"` },
    body: items.slice((number - 1) * size, number * size),
  };
}
