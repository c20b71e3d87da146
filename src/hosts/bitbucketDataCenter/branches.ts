import { Failure } from '../../core/errors.ts';
import { asCommitId, type CommitId } from '../../core/model/ids.ts';
import type { Branch } from '../../core/model/repository.ts';
import type { CallContext } from '../../ports/repositoryHost.ts';
import type { DataCenterApi, Query } from './api.ts';
import { refusalOf, errorIn } from './failures.ts';
import type { History } from './history.ts';
import { branchSchema } from './schemas.ts';

const pageSize = 100;

export async function* listBranches(
  api: DataCenterApi,
  repository: string,
  query: string,
  call: CallContext,
): AsyncIterable<readonly Branch[]> {
  const filter: Query = query.trim() === '' ? [] : [['filterText', query.trim()]];
  const address = (page: Query): string =>
    api.repositoryUrl(repository, '/branches', [...filter, ['orderBy', 'MODIFICATION'], ...page]);
  for await (const page of api.pages(branchSchema, address, pageSize, call, api.facts(repository))) {
    yield page.map(({ id, latestCommit, isDefault, default: byDescription }) => ({
      name: id.replace(/^refs\/heads\//, ''),
      head: asCommitId(latestCommit),
      isDefault: isDefault ?? byDescription ?? false,
    }));
  }
}

/** @throws Failure `branchExists` */
export async function createBranch(
  api: DataCenterApi,
  repository: string,
  name: string,
  from: CommitId,
  call: CallContext,
): Promise<void> {
  const facts = { ...api.facts(repository), branch: name };
  const url = api.branchUtilsUrl(repository);
  const body = JSON.stringify({ name, startPoint: from });
  const answer = await api.send({ method: 'POST', url, body }, call);
  if (answer.status < 300) return;
  const error = errorIn(answer);
  const isTaken = /Duplicate/.test(error?.exceptionName ?? '') || /already exists/i.test(error?.message ?? '');
  if (isTaken) throw new Failure('branchExists', facts);
  throw refusalOf(answer, facts);
}

/** The server deletes a branch that is not there without a word, so that it is looked at before. */
export async function deleteBranch(
  api: DataCenterApi,
  history: History,
  repository: string,
  { name, expectedHead }: { readonly name: string; readonly expectedHead: CommitId },
  call: CallContext,
): Promise<void> {
  const facts = { ...api.facts(repository), branch: name };
  const refuseOther = async (): Promise<void> => {
    const head = await history.head(repository, name, call);
    if (head !== expectedHead) throw new Failure(head === undefined ? 'branchNotFound' : 'stale', facts);
  };
  await refuseOther();
  const url = api.branchUtilsUrl(repository);
  const body = JSON.stringify({ name: `refs/heads/${name}`, endPoint: expectedHead, dryRun: false });
  const answer = await api.send({ method: 'DELETE', url, body }, call);
  if (answer.status < 300) return;
  // Somebody moved it in between: the server compares too, and has one status for all that it does not do.
  if (answer.status === 400 || answer.status === 409) await refuseOther();
  throw refusalOf(answer, facts);
}
