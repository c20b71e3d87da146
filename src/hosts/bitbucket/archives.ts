import { Failure } from '../../core/errors.ts';
import { limits } from '../../core/limits.ts';
import type { CommitId } from '../../core/model/ids.ts';
import { baseName, type RepoPath } from '../../core/model/repoPath.ts';
import type { CallContext } from '../../ports/repositoryHost.ts';
import { readTarGzip } from '../http/readTarGzip.ts';
import type { BitbucketApi } from './api.ts';
import type { SourceFile, SourceTree } from './listTree.ts';
import { fullName } from './repositories.ts';

/** Fewer files are read one by one. */
const fewest = 24;
/** Bytes of a repository that come as fast as one request for one file, with others at the same time. */
const worthOneRequest = 200_000;

/** The whole repository in one request: of the website, not of the API, and with no way to ask for less. */
export class Archives {
  /** Set when the website would not give one: another token, a proxy, a browser. */
  #refused = false;

  constructor(
    private readonly api: BitbucketApi,
    private readonly origin: string,
    private readonly isReadable: boolean,
  ) {}

  /** Whether it is cheaper than as many requests as there are files. */
  isWorth(tree: SourceTree, wanted: readonly SourceFile[]): boolean {
    const tellable = hasAttributes(tree) ? wanted.filter(({ size }) => size !== undefined) : wanted;
    if (!this.isReadable || this.#refused || tellable.length < fewest) return false;
    let bytes = 0;
    for (const { size } of tree.values()) bytes += size ?? 0;
    return bytes <= Math.min(tellable.length * worthOneRequest, limits.answerBytes);
  }

  /** Those of `wanted` that the archive has as the repository has them; the others are to be read one by one. */
  async read(
    repository: string,
    commit: CommitId,
    tree: SourceTree,
    wanted: readonly SourceFile[],
    call: CallContext,
  ): Promise<ReadonlyMap<RepoPath, Uint8Array>> {
    const name = await fullName(this.api, repository, call);
    const url = `${this.origin}/${name.split('/').map(encodeURIComponent).join('/')}/get/${commit}.tar.gz`;
    let files: ReadonlyMap<string, Uint8Array>;
    try {
      files = await this.#unpacked(repository, url, call);
    } catch (error) {
      if (!Failure.is(error) || error.reason === 'cancelled') throw error;
      const isForGood = Failure.is(error, 'unexpectedAnswer', 'tooLarge') && this.api.nameOf(repository) !== undefined;
      this.#refused ||= isForGood;
      return new Map();
    }
    if (changesContents(tree, files)) return new Map();
    const isPlain = !hasAttributes(tree);
    const found = wanted.flatMap(({ path, size }) => {
      const bytes = files.get(path);
      // Line ends or an encoding that Git converts on the way out: then it is another length.
      const isSame = size === undefined ? isPlain : bytes?.length === size;
      return bytes === undefined || !isSame ? [] : [[path, bytes.slice()] as const];
    });
    return new Map(found);
  }

  /** By their paths in the repository: everything lies in one folder that is named after it. */
  async #unpacked(repository: string, url: string, call: CallContext): Promise<ReadonlyMap<string, Uint8Array>> {
    const answer = await this.api.http.send({ method: 'GET', url, accept: 'application/gzip', elsewhere: true }, call);
    // Renamed since: the name is asked for again the next time.
    if (answer.status === 404) this.api.forget(repository);
    if (answer.status !== 200) throw new Failure('unexpectedAnswer', this.api.http.facts);
    const files = await readTarGzip(answer.bytes);
    return new Map([...files].map(([name, bytes]) => [name.slice(name.indexOf('/') + 1), bytes]));
  }
}

function hasAttributes(tree: SourceTree): boolean {
  return attributesIn(tree).length > 0;
}

function attributesIn(tree: SourceTree): readonly RepoPath[] {
  return [...tree.keys()].filter((path) => baseName(path) === '.gitattributes');
}

/** An archive is what a checkout would be: attributes may put a version's name or an id into a file. */
function changesContents(tree: SourceTree, files: ReadonlyMap<string, Uint8Array>): boolean {
  return attributesIn(tree).some((path) => {
    const bytes = files.get(path);
    return bytes === undefined || /\b(?:export-subst|ident)\b/.test(new TextDecoder().decode(bytes));
  });
}
