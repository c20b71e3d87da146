import { asCommitId, type CommitId } from '../../core/model/ids.ts';
import type { CommitInfo } from '../../core/model/repository.ts';
import type { CallContext } from '../../ports/repositoryHost.ts';
import { chunksOf } from '../http/chunksOf.ts';
import type { AzureDevOpsApi } from './api.ts';
import type { CommitDetail, CommitDetails } from './commitDetails.ts';
import { isUnknownCommit } from './failures.ts';
import type { Place } from './places.ts';
import { commits } from './schemas.ts';

const pageSize = 100;
const atOnce = 8;

export interface Range {
  readonly from: CommitId | undefined;
  readonly to: CommitId;
  readonly limit: number;
}

/** The list has neither parents nor whole messages: the commits are looked at one by one. */
export async function commitsBetween(
  api: AzureDevOpsApi,
  details: CommitDetails,
  place: Place,
  range: Range,
  call: CallContext,
): Promise<readonly CommitInfo[]> {
  const ids =
    (await list(api, place, range, call)) ?? (await list(api, place, { ...range, from: undefined }, call)) ?? [];
  const found: CommitDetail[] = [];
  for (const some of chunksOf(ids, atOnce)) {
    found.push(...(await Promise.all(some.map((id) => details.get(place, id, call)))));
  }
  return found.map(({ id, parents, message }) => ({ id, parents, message }));
}

/** `undefined` when one of the commits is not there (any more). */
async function list(
  api: AzureDevOpsApi,
  place: Place,
  { from, to, limit }: Range,
  call: CallContext,
): Promise<readonly CommitId[] | undefined> {
  const path = `${place.path}/commits`;
  const found: CommitId[] = [];
  while (found.length < limit) {
    const top = Math.min(pageSize, limit - found.length);
    const page = { $top: String(top), $skip: String(found.length) };
    const answer = await api.send({ path, query: { ...rangeOf(from, to), ...page } }, call);
    if (from !== undefined && isUnknownCommit(answer)) return undefined;
    const { value } = api.read(commits, answer, place.facts);
    found.push(...value.map(({ commitId }) => asCommitId(commitId)));
    if (value.length < top) break;
  }
  return found;
}

/** What the version compared with has and the other one has not, as `from..to` in Git. */
function rangeOf(from: CommitId | undefined, to: CommitId): Record<string, string> {
  if (from === undefined) return version('itemVersion', to);
  return { ...version('itemVersion', from), ...version('compareVersion', to) };
}

function version(name: string, commit: CommitId): Record<string, string> {
  return { [`searchCriteria.${name}.versionType`]: 'commit', [`searchCriteria.${name}.version`]: commit };
}
