import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { limits } from '../../../core/limits.ts';
import { asBlobId, type BlobId } from '../../../core/model/ids.ts';
import type { RepoPath } from '../../../core/model/repoPath.ts';
import type { Hasher } from '../../../ports/hasher.ts';
import { failureFrom } from '../failures.ts';
import type { GitResult } from '../gitProcess.ts';
import type { CloneGit } from './cloneGit.ts';

type Contents = ReadonlyMap<RepoPath, Uint8Array>;

/** What `check-attr` says of a path that no driver is for. */
const noDriver: ReadonlySet<string> = new Set(['unspecified', 'unset', 'set']);
const newLine = Buffer.from('\n');

/** The clone's own conversions, done by Git: line ends, attributes, filters such as LFS. */
export class CloneFilters {
  constructor(
    private readonly git: CloneGit,
    private readonly hasher: Hasher,
  ) {}

  /** The ids that files of the working tree would be committed with; by one process, writing nothing. */
  async idsOf(paths: readonly RepoPath[], signal: AbortSignal): Promise<ReadonlyMap<RepoPath, BlobId>> {
    if (paths.length === 0) return new Map();
    const stdin = `${paths.map(asLine).join('\n')}\n`;
    const output = await this.git.read(['hash-object', '--stdin-paths'], signal, { stdin });
    const ids = output.toString().trimEnd().split('\n');
    return new Map(paths.map((path, index) => [path, asBlobId(ids[index] ?? '')]));
  }

  /** What a file of the working tree would be committed as. */
  async asCommitted(path: RepoPath, signal: AbortSignal): Promise<Uint8Array> {
    return this.#apart(async (env) => {
      const output = await this.git.read(['hash-object', '-w', '--stdin-paths'], signal, {
        env,
        stdin: `${asLine(path)}\n`,
      });
      const args = ['cat-file', 'blob', output.toString().trim()];
      return new Uint8Array(await this.git.read(args, signal, { env, maxBytes: limits.fileBytes }));
    });
  }

  /** What the working tree gets for contents of the repository. @throws Failure where a filter fails. */
  async asFiles(contents: Contents, signal: AbortSignal): Promise<Contents> {
    return this.#smudged(contents, signal, (result) => {
      throw failureFrom(result.stderr, { repository: this.git.name });
    });
  }

  /**
   * Contents of the repository with those that a filter driver, such as LFS, keeps elsewhere in the place of their
   * pointers. One that the driver cannot give, as where it was never fetched, is absent. Line ends stay the repository's.
   */
  async withDrivers(contents: Contents, signal: AbortSignal): Promise<Contents> {
    const driven = await this.#driven([...contents.keys()], signal);
    if (driven.size === 0) return contents;
    const pick = (wanted: boolean): Contents => new Map([...contents].filter(([path]) => driven.has(path) === wanted));
    return new Map([...pick(false), ...(await this.#smudged(pick(true), signal, () => undefined))]);
  }

  async #driven(paths: readonly RepoPath[], signal: AbortSignal): Promise<ReadonlySet<RepoPath>> {
    if (paths.length === 0) return new Set();
    const stdin = paths.map((path) => `${path}\0`).join('');
    const output = await this.git.read(['check-attr', '--stdin', '-z', 'filter'], signal, { stdin });
    const fields = output.toString().split('\0');
    return new Set(paths.filter((_, index) => !noDriver.has(fields[3 * index + 2] ?? 'unspecified')));
  }

  async #smudged(contents: Contents, signal: AbortSignal, failed: (result: GitResult) => void): Promise<Contents> {
    if (contents.size === 0) return new Map();
    return this.#apart(async (env) => {
      const blobs = [...contents.values()];
      const stream = blobs.flatMap((bytes) => [Buffer.from(`blob\ndata ${bytes.length}\n`), bytes, newLine]);
      await this.git.read(['fast-import', '--quiet'], signal, { env, stdin: Buffer.concat(stream) });
      const files = new Map<RepoPath, Uint8Array>();
      // One process each: the sizes that a batch tells are those before the filters.
      for (const [path, bytes] of contents) {
        const args = ['cat-file', '--filters', `--path=${path}`, await this.hasher.blobId(bytes)];
        const result = await this.git.look({ args, env, signal });
        if (result.code === 0) files.set(path, new Uint8Array(result.stdout));
        else failed(result);
      }
      return files;
    });
  }

  /** With a place for new objects beside the clone's own, which stay as they are. */
  async #apart<T>(work: (env: NodeJS.ProcessEnv) => Promise<T>): Promise<T> {
    const objects = await mkdtemp(join(tmpdir(), 'asc-objects-'));
    try {
      return await work({
        GIT_OBJECT_DIRECTORY: objects,
        GIT_ALTERNATE_OBJECT_DIRECTORIES: join(this.git.place.commonFolder, 'objects'),
      });
    } finally {
      await rm(objects, { recursive: true, force: true });
    }
  }
}

/** A name that begins with a quote is read as a quoted one. */
function asLine(path: RepoPath): string {
  return path.startsWith('"') ? `"${path.replaceAll(/["\\]/g, String.raw`\$&`)}"` : path;
}
