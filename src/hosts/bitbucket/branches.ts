import { Failure } from '../../core/errors.ts';
import { branchNameProblem } from '../../core/model/branchName.ts';
import type { CommitId } from '../../core/model/ids.ts';
import type { Branch } from '../../core/model/repository.ts';
import type { CallContext } from '../../ports/repositoryHost.ts';
import { quoted, type BitbucketApi } from './api.ts';
import { refusalOf } from './failures.ts';
import { confirmRepository, mainBranch } from './repositories.ts';
import { branch as branchSchema, branchTip } from './schemas.ts';

const named = '/refs/branches/{name}';

export async function* listBranches(
  api: BitbucketApi,
  repository: string,
  query: string,
  call: CallContext,
): AsyncGenerator<readonly Branch[]> {
  const first = api.repositoryUrl(
    repository,
    '/refs/branches',
    {},
    {
      ...(query.trim() === '' ? {} : { q: `name ~ ${quoted(query.trim())}` }),
      sort: '-target.date',
      pagelen: '100',
      fields: 'next,values.name,values.target.hash',
    },
  );
  const main = mainBranch(api, repository, call);
  // Heard of below; a list that fails first must not leave it unheard.
  main.catch(() => undefined);
  for await (const page of api.pages(branchSchema, first, api.facts(repository), call)) {
    const defaultBranch = await main;
    yield page.map(({ name, target }) => ({ name, head: target.hash, isDefault: name === defaultBranch }));
  }
}

export async function headOf(
  api: BitbucketApi,
  repository: string,
  branch: string,
  call: CallContext,
): Promise<CommitId | undefined> {
  if (branchNameProblem(branch) !== undefined) return undefined;
  const url = api.repositoryUrl(repository, named, { name: branch }, { fields: 'target.hash' });
  const answer = await api.http.send({ method: 'GET', url, conditional: true }, call);
  if (answer.status !== 404) return api.read(branchTip, answer, api.facts(repository, branch)).target.hash;
  await confirmRepository(api, repository, call);
  return undefined;
}

export async function createBranch(
  api: BitbucketApi,
  repository: string,
  name: string,
  from: CommitId,
  call: CallContext,
): Promise<void> {
  const facts = api.facts(repository, name);
  refuseName(name, facts);
  const url = api.repositoryUrl(repository, '/refs/branches', {});
  const body = JSON.stringify({ name, target: { hash: from } });
  const answer = await api.http.send({ method: 'POST', url, body }, call);
  if (answer.status < 300) return;
  // What a 400 is about is said in words only; a look at the branch tells for sure.
  const isTaken = [400, 409].includes(answer.status) && (await headOf(api, repository, name, call)) !== undefined;
  throw isTaken ? new Failure('branchExists', facts) : refusalOf(answer, facts);
}

/** The host compares nothing when it deletes: the look right before is all there is. */
export async function deleteBranch(
  api: BitbucketApi,
  repository: string,
  name: string,
  expectedHead: CommitId,
  call: CallContext,
): Promise<void> {
  const facts = api.facts(repository, name);
  const head = await headOf(api, repository, name, call);
  if (head === undefined) throw new Failure('branchNotFound', facts);
  if (head !== expectedHead) throw new Failure('stale', facts);
  const url = api.repositoryUrl(repository, named, { name });
  const answer = await api.http.send({ method: 'DELETE', url, accept: '*/*' }, call);
  if (answer.status < 300) return;
  throw answer.status === 404 ? new Failure('branchNotFound', facts) : refusalOf(answer, facts);
}

export function refuseName(name: string, facts: object): void {
  const rule = branchNameProblem(name);
  if (rule !== undefined) throw new Failure('invalidName', { ...facts, detail: rule });
}
