import { limits } from '../../core/limits.ts';
import type { RepoPath } from '../../core/model/repoPath.ts';
import { folderOf } from '../../core/model/repoPath.ts';
import type { TreeEntryKind } from '../../core/model/snapshot.ts';
import type { Hasher } from '../../ports/hasher.ts';
import type { CallContext } from '../../ports/repositoryHost.ts';
import type { TarEntry } from '../http/readTar.ts';
import type { DataCenterApi } from './api.ts';
import { readArchive, type Archived } from './archive.ts';
import { attributeFilesOf, mayRewrite } from './attributes.ts';
import { isPathMissing } from './failures.ts';
import type { KnownTree } from './knownTree.ts';

/** Reads files of one commit, and lets its tree know what they are. */
export class FileReader {
  constructor(
    private readonly api: DataCenterApi,
    private readonly hasher: Hasher,
  ) {}

  async read(
    repository: string,
    tree: KnownTree,
    paths: readonly RepoPath[],
    call: CallContext,
  ): Promise<ReadonlyMap<RepoPath, Uint8Array>> {
    const wanted = paths.filter((path) => mayBeFile(tree, path));
    if (wanted.length === 0) return new Map();
    const rules = new Set(wanted.flatMap((path) => attributeFilesOf(path, tree.files)));
    const asked = { wanted: new Set([...wanted, ...rules]), all: tree.files.keys() };
    const archived = await readArchive(this.api, repository, tree.commit, asked, call);
    const texts = await this.#rules(repository, tree, rules, archived, call);
    const contents = new Map<RepoPath, Uint8Array>();
    await Promise.all(
      wanted.map(async (path) => {
        const bytes = await this.#contentOf(repository, tree, path, archived.get(path), texts, call);
        if (bytes !== undefined) contents.set(path, bytes);
      }),
    );
    return inOrder(paths, contents);
  }

  async #contentOf(
    repository: string,
    tree: KnownTree,
    path: RepoPath,
    entry: TarEntry | undefined,
    rules: ReadonlyMap<RepoPath, string>,
    call: CallContext,
  ): Promise<Uint8Array | undefined> {
    const kind = entry === undefined ? 'regular' : kindOf(entry);
    if (kind === 'link' || kind === 'submodule') {
      tree.learn(path, { kind });
      return undefined;
    }
    const isDoubtful = entry === undefined || isRewritten(path, rules) || !(await this.#isExpected(tree, path, entry));
    const bytes = isDoubtful ? await this.#raw(repository, tree, path, call) : entry.bytes.slice();
    if (bytes !== undefined) tree.learn(path, { kind, id: await this.hasher.blobId(bytes), size: bytes.length });
    return bytes;
  }

  /** The texts of the rules; those that are left out of archives themselves are read alone. */
  async #rules(
    repository: string,
    tree: KnownTree,
    paths: ReadonlySet<RepoPath>,
    archived: Archived,
    call: CallContext,
  ): Promise<ReadonlyMap<RepoPath, string>> {
    const texts = new Map<RepoPath, string>();
    for (const path of paths) {
      const bytes = archived.get(path)?.bytes ?? (await this.#raw(repository, tree, path, call));
      texts.set(path, new TextDecoder().decode(bytes));
    }
    return texts;
  }

  /** A server may be set up to turn line ends around; where a comparison named the blob, that shows. */
  async #isExpected(tree: KnownTree, path: RepoPath, { bytes }: TarEntry): Promise<boolean> {
    const expected = tree.files.get(path)?.expected;
    return expected === undefined || (await this.hasher.blobId(bytes)) === expected;
  }

  /** The file as it is; `undefined` for what the server calls no file. */
  async #raw(
    repository: string,
    { commit }: KnownTree,
    path: RepoPath,
    call: CallContext,
  ): Promise<Uint8Array | undefined> {
    const name = path.split('/').map(encodeURIComponent).join('/');
    const url = this.api.repositoryUrl(repository, `/raw/${name}`, [['at', commit]]);
    const accept = 'application/octet-stream, */*';
    const answer = await this.api.send({ method: 'GET', url, accept, maxBytes: limits.fileBytes }, call);
    if (isPathMissing(answer)) return undefined;
    return this.api.accept(answer, { ...this.api.facts(repository), paths: [path] }).bytes;
  }
}

function mayBeFile({ files }: KnownTree, path: RepoPath): boolean {
  const known = files.get(path);
  return known !== undefined && known.kind !== 'link' && known.kind !== 'submodule';
}

/** Git packs a submodule as an empty folder. */
function kindOf({ kind, mode }: TarEntry): TreeEntryKind {
  if (kind === 'link') return 'link';
  if (kind !== 'file') return 'submodule';
  return (mode & 0o100) === 0 ? 'regular' : 'executable';
}

function isRewritten(path: RepoPath, rules: ReadonlyMap<RepoPath, string>): boolean {
  for (const [file, text] of rules) {
    const folder = folderOf(file);
    const applies = folder === '' || path.startsWith(`${folder}/`);
    if (applies && mayRewrite(text, folder, path)) return true;
  }
  return false;
}

function inOrder<T>(paths: readonly RepoPath[], found: ReadonlyMap<RepoPath, T>): ReadonlyMap<RepoPath, T> {
  return new Map(paths.flatMap((path) => (found.has(path) ? [[path, found.get(path) as T]] : [])));
}
