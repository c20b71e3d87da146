import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FileChange, WriteFile } from '../../../core/model/change.ts';
import { asBlobId, type BlobId } from '../../../core/model/ids.ts';
import type { RepoPath } from '../../../core/model/repoPath.ts';
import type { Hasher } from '../../../ports/hasher.ts';
import type { CloneGit } from './cloneGit.ts';

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

  /** What the working tree gets for each write. The clone's own objects stay as they are. */
  async asFiles(changes: readonly FileChange[], signal: AbortSignal): Promise<ReadonlyMap<RepoPath, Uint8Array>> {
    const writes = changes.filter((change): change is WriteFile => change.kind === 'write');
    if (writes.length === 0) return new Map();
    const objects = await mkdtemp(join(tmpdir(), 'asc-objects-'));
    const env = {
      GIT_OBJECT_DIRECTORY: objects,
      GIT_ALTERNATE_OBJECT_DIRECTORIES: join(this.git.place.commonFolder, 'objects'),
    };
    try {
      const stream = writes.flatMap(({ bytes }) => [Buffer.from(`blob\ndata ${bytes.length}\n`), bytes, newLine]);
      await this.git.read(['fast-import', '--quiet'], signal, { env, stdin: Buffer.concat(stream) });
      const files = new Map<RepoPath, Uint8Array>();
      // One process each: the sizes that a batch tells are those before the filters.
      for (const { path, bytes } of writes) {
        const args = ['cat-file', '--filters', `--path=${path}`, await this.hasher.blobId(bytes)];
        files.set(path, new Uint8Array(await this.git.read(args, signal, { env })));
      }
      return files;
    } finally {
      await rm(objects, { recursive: true, force: true });
    }
  }
}

/** A name that begins with a quote is read as a quoted one. */
function asLine(path: RepoPath): string {
  return path.startsWith('"') ? `"${path.replaceAll(/["\\]/g, String.raw`\$&`)}"` : path;
}
