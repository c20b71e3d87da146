import { throwIfCancelled } from '../../core/cancellation.ts';
import { Failure } from '../../core/errors.ts';
import { asBlobId, type CommitId } from '../../core/model/ids.ts';
import type { RepoPath } from '../../core/model/repoPath.ts';
import type { Tree, TreeEntry, TreeEntryKind } from '../../core/model/snapshot.ts';
import type { CallContext } from '../../ports/repositoryHost.ts';
import type { RememberedTrees } from '../http/rememberedTrees.ts';
import type { AzureDevOpsApi } from './api.ts';
import type { CommitDetails } from './commitDetails.ts';
import type { Place } from './places.ts';
import { tree as treeAnswer } from './schemas.ts';

const kinds: Readonly<Record<string, TreeEntryKind>> = {
  '100644': 'regular',
  // As very old Gits wrote it.
  '100664': 'regular',
  '100755': 'executable',
  '120000': 'link',
  '160000': 'submodule',
};

/**
 * Reads whole trees. The one call that lists a commit's files (`items`) knows no modes, so that an executable file
 * would become a plain one: the tree itself is asked for, which takes the commit first.
 */
export class Trees {
  constructor(
    private readonly api: AzureDevOpsApi,
    private readonly details: CommitDetails,
    private readonly remembered: RememberedTrees,
  ) {}

  read(place: Place, commit: CommitId, call: CallContext): Promise<Tree> {
    throwIfCancelled(call.signal);
    return this.remembered.get(place.id, commit, async () => {
      const { treeId } = await this.details.get(place, commit, call);
      const request = { path: `${place.path}/trees/${treeId}`, query: { recursive: 'true' }, facts: place.facts };
      const { treeEntries } = await this.api.ask(treeAnswer, request, call);
      const entries = treeEntries.filter(({ gitObjectType }) => gitObjectType !== 'tree');
      return new Map(entries.map((entry) => [entry.relativePath as RepoPath, this.#entryOf(entry, place)]));
    });
  }

  #entryOf(
    {
      relativePath,
      mode,
      objectId,
      size,
    }: { relativePath: string; mode: string; objectId: string; size?: number | undefined },
    place: Place,
  ): TreeEntry {
    const kind = kinds[mode];
    if (kind === undefined) {
      const detail = `the mode ${mode.slice(0, 20)} of a file`;
      throw new Failure('unexpectedAnswer', { ...this.api.facts(place.facts), detail });
    }
    const entry = { path: relativePath as RepoPath, kind, id: asBlobId(objectId) };
    return size === undefined || kind === 'submodule' ? entry : { ...entry, size };
  }
}
