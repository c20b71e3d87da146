import type { ForgeReply, ForgeRequest, ForgeRoute } from '../http/forgeRoute.ts';
import type { ForgeRepository, Organization } from './organization.ts';
import {
  previewNeeded,
  projectNotFound,
  repositoryDisabled,
  repositoryNotFound,
  versionNotSupported,
} from './problems.ts';

export const repositoryPath = '/{organization}/{project}/_apis/git/repositories/{repository}';

interface RepositoryRoute extends Pick<ForgeRoute, 'operation' | 'commits'> {
  /** In version 6 it has to be asked for as a preview. */
  readonly preview?: boolean;
  handle(repository: ForgeRepository, request: ForgeRequest): ForgeReply | Promise<ForgeReply>;
}

/** A route about one repository, by ids or by names, for those who may see it. */
export function inRepository(
  organization: Organization,
  method: string,
  path: string,
  { handle, preview, ...more }: RepositoryRoute,
): ForgeRoute {
  return {
    method,
    path: repositoryPath + path,
    ...more,
    handle: (request) => {
      const wrong = wrongVersion(organization, request, preview);
      if (wrong) return wrong;
      const { project: projectName = '', repository: name = '' } = request.params;
      const isNamed = (one: { readonly id: string; readonly name: string }, text: string) =>
        one.id === text || one.name.toLowerCase() === text.toLowerCase();
      const project = organization.projects.find((one) => isNamed(one, projectName));
      if (!project) return projectNotFound(projectName);
      const found = organization.repositories.find((one) => one.project === project && isNamed(one, name));
      if (!found || request.rights === 'none') return repositoryNotFound(name);
      return found.disabled && path !== '' ? repositoryDisabled(name) : handle(found, request);
    },
  };
}

/** What a server says to a version that it does not have. */
export function wrongVersion(
  { version }: Organization,
  { url }: ForgeRequest,
  preview = false,
): ForgeReply | undefined {
  const asked = url.searchParams.get('api-version') ?? '';
  if (Number.parseFloat(asked) > Number(version)) return versionNotSupported(asked, version);
  return preview && asked === '6.0' ? previewNeeded(asked) : undefined;
}

/** One page of a list, and the token of the next. */
export function page<T>(
  { pageSize }: Organization,
  { url }: ForgeRequest,
  all: readonly T[],
  unasked: number,
): { readonly items: readonly T[]; readonly headers: Readonly<Record<string, string>> } {
  const asked = url.searchParams.get('$top');
  const size = pageSize || Number(asked ?? unasked);
  const start = Number(url.searchParams.get('continuationToken') ?? 0);
  const end = start + size;
  return {
    items: all.slice(start, end),
    headers: end < all.length ? { 'x-ms-continuationtoken': String(end) } : {},
  };
}

/** Lists are never bare, whatever the description says. */
export function list(value: readonly unknown[], headers: Readonly<Record<string, string>> = {}): ForgeReply {
  return { status: 200, headers, body: { count: value.length, value } };
}
