import { isCollection } from '../../core/collection/readOutline.ts';
import { rankRoots, rootsToPeek } from '../../core/definition/roots.ts';
import { Failure } from '../../core/errors.ts';
import { defaultCollectionFolder } from '../../core/model/api.ts';
import { folderOf, isBelow, isRepoPath, type RepoPath } from '../../core/model/repoPath.ts';
import type { Hasher } from '../../ports/hasher.ts';
import type { OperationContext } from '../../ports/progress.ts';
import type { ApisFiles } from '../apisFiles.ts';
import { fetchFrom } from '../checkout/fetchFiles.ts';
import { RemoteFiles } from '../checkout/remoteFiles.ts';
import { ScratchBlobs } from '../checkout/scratchBlobs.ts';
import type { AskedRepository, BranchContents as Contents } from '../connectRequest.ts';
import { proposedCollectionFolder } from './proposedCollectionFolder.ts';
import { proposedName } from './proposedName.ts';
import type { ResolveRepository } from './resolveRepository.ts';

/** Collections that are looked into, to find the folders that hold them. */
const collectionsToPeek = 100;

/** What the form lists of a branch: one look at its tree and one at the likeliest files. */
export class BranchContents {
  constructor(
    private readonly resolve: ResolveRepository,
    private readonly hasher: Hasher,
    private readonly apis: ApisFiles,
  ) {}

  /** @throws Failure `branchNotFound` in a repository that has commits. */
  async run(
    workspaceFolder: string,
    asked: AskedRepository,
    branch: string,
    context: OperationContext,
  ): Promise<Contents> {
    const { ref, host } = await this.resolve.run(asked, context);
    const head = await host.head(ref.id, branch, context);
    if (head === undefined) {
      const { empty } = await host.repository(ref.id, context);
      if (!empty) throw new Failure('branchNotFound', { branch, repository: ref.name });
      return { roots: [], collectionFolders: [defaultCollectionFolder], defaultCollectionFolderExists: false };
    }
    const files = RemoteFiles.ofTree(
      head,
      await host.tree(ref.id, head, context),
      new ScratchBlobs(this.hasher),
      fetchFrom(host, ref.id),
    );
    const apis = await this.apis.list(workspaceFolder);
    return contentsOf(files, (definition) => proposedName(definition, ref.name, apis), context);
  }
}

async function contentsOf(
  files: RemoteFiles,
  nameOf: (definition: Uint8Array | undefined) => string,
  context: OperationContext,
): Promise<Contents> {
  // A name that is no path could not be chosen: its files are refused when they are asked for.
  const paths = [...files.paths()].filter(isRepoPath);
  const roots = rootsToPeek(paths);
  const maybeCollections = paths.filter(mayBeCollection).slice(0, collectionsToPeek);
  const contents = await files.read([...roots, ...maybeCollections], context);
  const only = (wanted: readonly RepoPath[]): ReadonlyMap<RepoPath, Uint8Array> =>
    new Map(wanted.flatMap((path) => (contents.has(path) ? [[path, contents.get(path) as Uint8Array]] : [])));
  const folders = new Set<RepoPath>();
  for (const [path, bytes] of only(maybeCollections)) {
    const folder = folderOf(path);
    if (folder !== '' && isCollection(bytes)) folders.add(folder);
  }
  const holding = [...folders].sort();
  const ranked = rankRoots(only(roots));
  const all = ranked.map(({ path }) => path);
  return {
    roots: ranked.map((root) => ({
      ...root,
      name: nameOf(contents.get(root.path)),
      collectionFolder: proposedCollectionFolder(root.path, all, holding),
    })),
    collectionFolders: [...holding, ...(folders.has(defaultCollectionFolder) ? [] : [defaultCollectionFolder])],
    defaultCollectionFolderExists: paths.some((path) => isBelow(path, defaultCollectionFolder)),
  };
}

/** Where people keep collections: by the name of the file or of a folder above it. */
function mayBeCollection(path: RepoPath): boolean {
  return /\.json$/i.test(path) && /postman|collection/i.test(path);
}
