import type { CommitId } from '../../core/model/ids.ts';
import type { CallContext } from '../../ports/repositoryHost.ts';
import type { AzureDevOpsApi } from './api.ts';
import { isUnknownCommit } from './failures.ts';
import type { Place } from './places.ts';
import { commits } from './schemas.ts';

/** A commit that comes before another one is their merge base. */
export async function isAncestor(
  api: AzureDevOpsApi,
  place: Place,
  ancestor: CommitId,
  of: CommitId,
  call: CallContext,
): Promise<boolean> {
  const path = `${place.path}/commits/${of}/mergebases`;
  const answer = await api.send({ path, query: { otherCommitId: ancestor }, version: 'preview' }, call);
  if (isUnknownCommit(answer)) return false;
  return api.read(commits, answer, place.facts).value.some(({ commitId }) => commitId === ancestor);
}
