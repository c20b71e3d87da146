import type { InferOutput } from 'valibot';
import { Failure } from '../../core/errors.ts';
import type { Repository } from '../../core/model/repository.ts';
import type { CallContext } from '../../ports/repositoryHost.ts';
import { parseAnswer } from '../http/parseAnswer.ts';
import { splitName } from './address.ts';
import type { DataCenterApi, Query } from './api.ts';
import { isCommitMissing } from './failures.ts';
import { branchSchema, defaultBranchSchema, pageOf, repositorySchema } from './schemas.ts';

const pageSize = 100;

export async function* listRepositories(
  api: DataCenterApi,
  owner: string,
  query: string,
  call: CallContext,
): AsyncIterable<readonly Repository[]> {
  const wanted = query.trim();
  const address = (page: Query): string =>
    wanted === ''
      ? api.url(`api/latest/projects/${encodeURIComponent(owner)}/repos`, page)
      : api.url('api/latest/repos', [['projectkey', owner], ['name', wanted], ...page]);
  const isOwn = ({ project }: RepositoryAnswer): boolean => project.key.toLowerCase() === owner.toLowerCase();
  for await (const page of api.pages(repositorySchema, address, pageSize, call, api.facts(owner))) {
    // Servers before 8.0 do not know the project's filter.
    yield page.filter(isOwn).map((found) => described(api, found, { empty: false }));
  }
}

type RepositoryAnswer = InferOutput<typeof repositorySchema>;

/** With its default branch, and whether this account may push. `canWrite`: whether there is a way to push at all. */
export async function findRepository(
  api: DataCenterApi,
  id: string,
  canWrite: boolean,
  call: CallContext,
): Promise<Repository> {
  splitName(id);
  const facts = api.facts(id);
  const url = api.repositoryUrl(id);
  const [found, defaultBranch] = await Promise.all([
    api.get(repositorySchema, url, call, facts),
    readDefaultBranch(api, id, call),
  ]);
  const mayWrite = canWrite && !found.archived && (await isWritable(api, found, call));
  const empty = defaultBranch === undefined && (await hasNoBranch(api, id, call));
  return {
    ...described(api, found, { empty }),
    ...(defaultBranch === undefined ? {} : { defaultBranch }),
    canPush: mayWrite,
  };
}

/** `undefined` also when it is configured and not there, as in every empty repository. */
async function readDefaultBranch(api: DataCenterApi, id: string, call: CallContext): Promise<string | undefined> {
  const answer = await api.send({ method: 'GET', url: api.repositoryUrl(id, '/default-branch') }, call);
  if (answer.status === 204 || isCommitMissing(answer)) return undefined;
  const facts = api.facts(id);
  return parseAnswer(defaultBranchSchema, api.accept(answer, facts).json(), facts).id.replace(/^refs\/heads\//, '');
}

async function hasNoBranch(api: DataCenterApi, id: string, call: CallContext): Promise<boolean> {
  const url = api.repositoryUrl(id, '/branches', [['limit', 1]]);
  return (await api.get(pageOf(branchSchema), url, call, api.facts(id))).values.length === 0;
}

/** The server tells rights only by what it lists to those who have them. Nobody is told anything of strangers’. */
async function isWritable(
  api: DataCenterApi,
  { name, slug, project }: RepositoryAnswer,
  call: CallContext,
): Promise<boolean> {
  const rights: Query = [
    ['permission', 'REPO_WRITE'],
    ['projectkey', project.key],
    ['name', name],
  ];
  const address = (page: Query): string => api.url('api/latest/repos', [...rights, ...page]);
  try {
    for await (const page of api.pages(repositorySchema, address, pageSize, call, api.facts())) {
      if (page.some((other) => other.slug === slug && other.project.key === project.key)) return true;
    }
    return false;
  } catch (error) {
    if (Failure.is(error, 'signInNeeded', 'forbidden')) return false;
    throw error;
  }
}

function described(
  { origin }: DataCenterApi,
  { project, slug }: RepositoryAnswer,
  { empty }: { readonly empty: boolean },
): Repository {
  const name = `${project.key}/${slug}`;
  return { host: 'bitbucketDataCenter', origin, id: name, name, empty };
}
