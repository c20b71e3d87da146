import { unzipSync, type Unzipped } from 'fflate';
import { Failure } from '../../core/errors.ts';
import { limits } from '../../core/limits.ts';
import type { BlobId, CommitId } from '../../core/model/ids.ts';
import type { RepoPath } from '../../core/model/repoPath.ts';
import type { CallContext, FileRequest } from '../../ports/repositoryHost.ts';
import { chunksOf } from '../http/chunksOf.ts';
import type { AzureDevOpsApi } from './api.ts';
import { refusalOf } from './failures.ts';
import type { Place } from './places.ts';
import type { Trees } from './tree.ts';

/** Ids of one request: 110 kB of them, and what they name fits into one answer unless it is unusually large. */
const atOnce = 2_500;

/** Contents by their ids, in one archive. */
export async function readFiles(
  api: AzureDevOpsApi,
  trees: Trees,
  place: Place,
  commit: CommitId,
  files: readonly FileRequest[],
  call: CallContext,
): Promise<ReadonlyMap<RepoPath, Uint8Array>> {
  const ids = await idsOf(trees, place, commit, files, call);
  const wanted = [...new Set(ids.values())];
  const contents = new Map<BlobId, Uint8Array>();
  for (const some of chunksOf(wanted, atOnce)) {
    for (const [id, bytes] of await readBlobs(api, place, some, call)) contents.set(id, bytes);
  }
  const missing = [...ids].filter(([, id]) => !contents.has(id)).map(([path]) => path);
  if (missing.length > 0) {
    throw new Failure('hostError', { ...api.facts(place.facts), paths: missing, detail: 'objects are missing' });
  }
  return new Map([...ids].map(([path, id]) => [path, contents.get(id)!]));
}

/** The tree is asked only where a file comes without its id. */
async function idsOf(
  trees: Trees,
  place: Place,
  commit: CommitId,
  files: readonly FileRequest[],
  call: CallContext,
): Promise<ReadonlyMap<RepoPath, BlobId>> {
  const isUnknown = files.some(({ id }) => id === undefined);
  const tree = isUnknown ? await trees.read(place, commit, call) : undefined;
  const ids = new Map<RepoPath, BlobId>();
  for (const { path, id } of files) {
    const entry = id === undefined ? tree?.get(path) : undefined;
    const known = id ?? (entry?.kind === 'regular' || entry?.kind === 'executable' ? entry.id : undefined);
    if (known !== undefined) ids.set(path, known);
  }
  return ids;
}

/** What is too much for one answer is asked for in two. */
async function readBlobs(
  api: AzureDevOpsApi,
  place: Place,
  ids: readonly BlobId[],
  call: CallContext,
): Promise<ReadonlyMap<BlobId, Uint8Array>> {
  try {
    return await readArchive(api, place, ids, call);
  } catch (error) {
    if (!Failure.is(error, 'tooLarge') || ids.length < 2) throw error;
    const half = Math.ceil(ids.length / 2);
    const first = await readBlobs(api, place, ids.slice(0, half), call);
    return new Map([...first, ...(await readBlobs(api, place, ids.slice(half), call))]);
  }
}

async function readArchive(
  api: AzureDevOpsApi,
  place: Place,
  ids: readonly BlobId[],
  call: CallContext,
): Promise<ReadonlyMap<BlobId, Uint8Array>> {
  const request = { method: 'POST', path: `${place.path}/blobs`, body: ids, accept: 'application/zip' } as const;
  const answer = await api.send({ ...request, repeatable: true }, call);
  if (answer.status !== 200) throw refusalOf(answer, api.facts(place.facts));
  const files = Object.values(unpacked(answer.bytes, api, place));
  // By what they hold, not by their names: what comes is then what was asked for.
  return new Map(await Promise.all(files.map(async (bytes) => [await api.tools.hasher.blobId(bytes), bytes] as const)));
}

function unpacked(archive: Uint8Array, api: AzureDevOpsApi, place: Place): Unzipped {
  let total = 0;
  const filter = ({ originalSize }: { originalSize: number }): boolean => {
    total += originalSize;
    if (originalSize <= limits.fileBytes && total <= limits.answerBytes) return true;
    const detail = `a file of more than ${String(limits.fileBytes)} bytes, or too many at once`;
    throw new Failure('tooLarge', { ...api.facts(place.facts), detail });
  };
  try {
    return unzipSync(archive, { filter });
  } catch (cause) {
    if (Failure.is(cause)) throw cause;
    throw new Failure(
      'unexpectedAnswer',
      { ...api.facts(place.facts), detail: 'the archive cannot be read' },
      { cause },
    );
  }
}
