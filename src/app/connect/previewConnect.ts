import type { Api } from '../../core/model/api.ts';
import { folderOf, joinPath, type RepoPath } from '../../core/model/repoPath.ts';
import { defaultCollectionFolder } from '../../core/model/api.ts';
import type { OperationContext } from '../../ports/progress.ts';
import { isSameRepository, type ConnectedApi } from '../checkout/checkouts.ts';
import type { ConnectPreview, ConnectRequest } from '../connectRequest.ts';
import { failureOf } from './checkTrial.ts';
import type { ConnectRequests } from './connectRequests.ts';

/** Says what connecting would add, from the same trial that connecting makes. */
export class PreviewConnect {
  constructor(private readonly requests: ConnectRequests) {}

  /** @throws Failure for a request of which `checkConnect` has something to say, unless that is about its name. */
  async run(request: ConnectRequest, context: OperationContext): Promise<ConnectPreview> {
    const tried = await this.requests.try(request, context);
    if ('problems' in tried) {
      const [problem] = tried.problems;
      throw failureOf(problem ?? { field: 'name', reason: 'required' });
    }
    const { api, survey } = tried.trial;
    const { files, references } = survey.definition;
    const shared = sharedFolder(api, tried.others);
    return {
      rootFiles: files.filter(({ role, presence }) => role === 'root' && presence !== 'missing').length,
      dependentFiles: files.filter(({ role }) => role === 'dependent').length,
      collections: survey.collections.length,
      unresolved: references.filter(({ kind }) => kind === 'unresolved'),
      outside: references.filter(({ kind }) => kind === 'outside'),
      collisions: survey.plan
        .filter((item) => item.kind === 'conflict' && item.conflict === 'bothAdded' && item.mergeable !== true)
        .map(({ path }) => path),
      ...(shared === undefined ? {} : { sharedCollectionFolder: shared }),
    };
  }
}

/** Another API of the same repository that keeps its collections in the same folder, and a folder of our own. */
function sharedFolder(api: ConnectedApi, others: readonly Api[]): ConnectPreview['sharedCollectionFolder'] {
  const { collectionFolder, connection } = api;
  const other = others.find(
    (candidate) =>
      candidate.collectionFolder === collectionFolder &&
      candidate.connection !== undefined &&
      isSameRepository(candidate.connection.repository, connection.repository),
  );
  if (other === undefined) return undefined;
  return { api: other.name, proposal: proposalBeside(api) };
}

function proposalBeside({ rootFile, name, collectionFolder }: ConnectedApi): RepoPath {
  const beside = joinPath(rootFile === undefined ? '' : folderOf(rootFile), defaultCollectionFolder);
  if (beside !== collectionFolder) return beside;
  // Both roots lie in one folder: only the name tells the APIs apart.
  const slug = name
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '');
  return joinPath(collectionFolder, slug === '' ? 'api' : slug);
}
