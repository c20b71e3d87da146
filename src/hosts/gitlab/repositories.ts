import type { InferOutput } from 'valibot';
import { Failure } from '../../core/errors.ts';
import type { Repository } from '../../core/model/repository.ts';
import type { GitLabCall } from './api.ts';
import type { ProjectNames } from './projectNames.ts';
import { resourcesOf } from './resources.ts';
import { projectSchema, pushPermissionSchema } from './schemas.ts';

type Project = InferOutput<typeof projectSchema>;

/** Developer: the least that pushes to branches that are not protected. */
const pushingLevel = 30;
const pushPermission = 'query PushPermission($path: ID!) { project(fullPath: $path) { userPermissions { pushCode } } }';

/** Groups and people share one name space, and an owner's name alone does not say which it is. */
export async function* listRepositories(
  call: GitLabCall,
  names: ProjectNames,
  owner: string,
  search: string,
): AsyncGenerator<readonly Repository[]> {
  const isPerson = names.isPerson(owner);
  try {
    yield* projectsOf(call, names, `${isPerson ? 'users' : 'groups'}/${encodeURIComponent(owner)}`, search);
  } catch (error) {
    if (isPerson || !Failure.is(error, 'repositoryNotFound')) throw error;
    yield* projectsOf(call, names, `users/${encodeURIComponent(owner)}`, search);
    names.keepPerson(owner);
  }
}

async function* projectsOf(
  call: GitLabCall,
  names: ProjectNames,
  owner: string,
  search: string,
): AsyncGenerator<readonly Repository[]> {
  const query = {
    simple: true,
    archived: false,
    order_by: 'last_activity_at',
    sort: 'desc',
    per_page: 100,
    ...(search.trim() === '' ? {} : { search: search.trim() }),
  };
  for await (const page of call.pages(projectSchema, `${owner}/projects`, query)) {
    yield page.map((project) => listed(call, names, project));
  }
}

/** @param id the project's number or its full path */
export async function findRepository(call: GitLabCall, names: ProjectNames, id: string): Promise<Repository> {
  const project = call.parse(projectSchema, await resourcesOf(call).projects.show(id));
  const found = listed(call, names, project);
  return { ...found, canPush: await canPush(call, project) };
}

function listed({ origin }: GitLabCall, names: ProjectNames, project: Project): Repository {
  const { id, path_with_namespace: name, default_branch: branch, empty_repo: isEmpty } = project;
  names.keep(String(id), name);
  const hasBranch = branch !== undefined && branch !== null && branch !== '';
  return {
    host: 'gitlab',
    origin,
    id: String(id),
    name,
    empty: isEmpty ?? !hasBranch,
    ...(hasBranch ? { defaultBranch: branch } : {}),
  };
}

/**
 * A level of the project or of its group says yes. Where there is none, or a lower one, an administrator or a group
 * that the project was shared with may push all the same: then GitLab's own judgement is asked for.
 */
async function canPush(call: GitLabCall, { permissions, path_with_namespace: path }: Project): Promise<boolean> {
  const { project_access: own, group_access: inherited } = permissions ?? {};
  if (Math.max(own?.access_level ?? 0, inherited?.access_level ?? 0) >= pushingLevel) return true;
  const { project } = await call.query(pushPermissionSchema, pushPermission, { path });
  return project?.userPermissions.pushCode ?? false;
}
