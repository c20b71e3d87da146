import { Failure } from '../../core/errors.ts';
import type { Repository } from '../../core/model/repository.ts';
import type { CallContext } from '../../ports/repositoryHost.ts';
import { quoted, type BitbucketApi } from './api.ts';
import { repository as repositorySchema, repositoryPermission, type RepositoryAnswer } from './schemas.ts';

const fields = ['uuid', 'full_name', 'mainbranch.name', 'workspace.uuid', 'owner.uuid'];

/** The repositories of a workspace that the person has a right of their own in, the ones changed last first. */
export async function* listRepositories(
  api: BitbucketApi,
  origin: string,
  workspace: string,
  query: string,
  call: CallContext,
): AsyncGenerator<readonly Repository[]> {
  const facts = { ...api.http.facts, repository: workspace };
  const asked = {
    ...(query.trim() === '' ? {} : { q: `name ~ ${quoted(query.trim())}` }),
    sort: '-updated_on',
    pagelen: '100',
    fields: ['next', ...fields.map((field) => `values.${field}`)].join(','),
  };
  // An access token belongs to no person, so that nothing is its own: then everything that it sees.
  for (const role of ['member', undefined]) {
    const first = api.url('/repositories/{workspace}', { workspace }, { role, ...asked });
    let found = false;
    for await (const page of api.pages(repositorySchema, first, facts, call)) {
      found ||= page.length > 0;
      yield page.map((answer) => described(api, origin, answer));
    }
    if (found) return;
  }
}

/** By its id or its full name, and whether the person may push. */
export async function findRepository(
  api: BitbucketApi,
  origin: string,
  id: string,
  call: CallContext,
): Promise<Repository> {
  const url = api.repositoryUrl(id, '', {}, { fields: fields.join(',') });
  const answer = await api.get(repositorySchema, url, api.facts(id), call);
  const found = described(api, origin, answer);
  const canPush = await mayPush(api, found.id, call);
  return canPush === undefined ? found : { ...found, canPush };
}

/** @throws Failure `repositoryNotFound` when it is the repository itself that is not there. */
export async function confirmRepository(api: BitbucketApi, id: string, call: CallContext): Promise<void> {
  await mainBranch(api, id, call);
}

/** `undefined`: the repository is empty. */
export async function mainBranch(api: BitbucketApi, id: string, call: CallContext): Promise<string | undefined> {
  const url = api.repositoryUrl(id, '', {}, { fields: fields.join(',') });
  return (await api.get(repositorySchema, url, api.facts(id), call)).mainbranch?.name;
}

/** For addresses that take no UUIDs. */
export async function fullName(api: BitbucketApi, id: string, call: CallContext): Promise<string> {
  const known = api.nameOf(id);
  if (known !== undefined) return known;
  const url = api.repositoryUrl(id, '', {}, { fields: fields.join(',') });
  const { full_name: name } = await api.get(repositorySchema, url, api.facts(id), call);
  api.remember(id, name);
  return name;
}

/** `undefined`: the host does not tell, as for an access token, which belongs to no person. */
export async function mayPush(api: BitbucketApi, id: string, call: CallContext): Promise<boolean | undefined> {
  const [workspace = ''] = id.split('/');
  const name = await fullName(api, id, call);
  const path = '/user/workspaces/{workspace}/permissions/repositories';
  const url = api.url(path, { workspace }, { q: `repository.full_name=${quoted(name)}`, pagelen: '100' });
  try {
    const permissions = await api.all(repositoryPermission, url, api.facts(id), call);
    const own = permissions.filter(({ repository }) => repository?.uuid === undefined || id.endsWith(repository.uuid));
    return own.some(({ permission }) => permission === 'write' || permission === 'admin');
  } catch (error) {
    if (Failure.is(error, 'signInNeeded', 'forbidden', 'missingScope', 'repositoryNotFound')) return undefined;
    throw error;
  }
}

function described(api: BitbucketApi, origin: string, answer: RepositoryAnswer): Repository {
  const { uuid, full_name: name, mainbranch, workspace, owner } = answer;
  const id = `${workspace?.uuid ?? owner?.uuid ?? name.slice(0, name.indexOf('/'))}/${uuid}`;
  api.remember(id, name);
  const base = { host: 'bitbucket' as const, origin, id, name, empty: mainbranch === null || mainbranch === undefined };
  return mainbranch ? { ...base, defaultBranch: mainbranch.name } : base;
}
