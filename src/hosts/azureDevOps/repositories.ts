import type { InferOutput } from 'valibot';
import { Failure } from '../../core/errors.ts';
import type { Repository } from '../../core/model/repository.ts';
import type { CallContext } from '../../ports/repositoryHost.ts';
import type { AzureDevOpsApi } from './api.ts';
import { branchOf } from './branchRef.ts';
import type { Place } from './places.ts';
import { permissions, repositories, repository } from './schemas.ts';

/** "Git Repositories", https://learn.microsoft.com/azure/devops/organizations/security/namespace-reference */
const gitNamespace = '2e9eb7ed-3c0a-47d4-87c1-0ffdd275fd87';
const contribute = '4';

/** All of a project in one answer; the API searches only in a version that servers do not have. */
export async function* listRepositories(
  api: AzureDevOpsApi,
  project: string,
  query: string,
  call: CallContext,
): AsyncIterable<readonly Repository[]> {
  const path = `${encodeURIComponent(project)}/_apis/git/repositories`;
  const { value } = await api.ask(repositories, { path, facts: { repository: project } }, call);
  const wanted = query.trim().toLowerCase();
  yield value
    .map((one) => ({ ...described(api.origin, one), ...(one.isDisabled ? { canPush: false } : {}) }))
    .filter(({ name }) => name.toLowerCase().includes(wanted));
}

/** By ids or by names. @throws Failure `repositoryNotFound`; one that was disabled is said to be. */
export async function findRepository(api: AzureDevOpsApi, place: Place, call: CallContext): Promise<Repository> {
  const found = await api.ask(repository, { path: place.path, facts: place.facts }, call);
  const about = described(api.origin, found);
  if (found.isDisabled) {
    const facts = { ...api.facts(), repository: about.name, detail: 'it was disabled in its project’s settings' };
    throw new Failure('forbidden', facts);
  }
  const canPush = await mayPush(api, found, call);
  return canPush === undefined ? about : { ...about, canPush };
}

/** `undefined` where the token may read code only, and not even ask about rights. */
async function mayPush(
  api: AzureDevOpsApi,
  { id, project }: InferOutput<typeof repository>,
  call: CallContext,
): Promise<boolean | undefined> {
  const path = `_apis/permissions/${gitNamespace}/${contribute}`;
  const answer = await api.send({ path, query: { tokens: `repoV2/${project.id}/${id}` } }, call);
  return answer.status === 200 ? api.read(permissions, answer).value[0] : undefined;
}

function described(origin: string, found: InferOutput<typeof repository>): Repository {
  const { id, name, project, defaultBranch, size = 0 } = found;
  return {
    host: 'azureDevOps',
    origin,
    id: `${project.id}/${id}`,
    name: `${project.name}/${name}`,
    empty: defaultBranch === undefined && size === 0,
    ...(defaultBranch === undefined ? {} : { defaultBranch: branchOf(defaultBranch) }),
  };
}
