import { Failure } from '../../core/errors.ts';
import { limits } from '../../core/limits.ts';
import { asCommitId, type BlobId, type CommitId } from '../../core/model/ids.ts';
import type { CommitInfo } from '../../core/model/repository.ts';
import type { Tree } from '../../core/model/snapshot.ts';
import { failureFrom } from './failures.ts';
import type { Speaker } from './conversation.ts';
import type { MirrorRequest } from './mirror.ts';
import { parseRawChanges, parseTree, type RawChange } from './treeFormat.ts';

/** Room for the longest listing that `limits.treeEntries` allows. */
const listingBytes = 512 * 1024 * 1024;
const headerBytes = 128;

/** Reads what a mirror has. Never touches the network: what is missing is said to be missing. */
export class Objects {
  constructor(private readonly mirror: Pick<Speaker, 'address' | 'view'>) {}

  async has(commit: CommitId, signal: AbortSignal): Promise<boolean> {
    return (await this.sizes([commit], signal)).has(commit);
  }

  async tree(commit: CommitId, signal: AbortSignal): Promise<Tree> {
    const args = ['ls-tree', '-r', '-z', '--full-tree', commit];
    return parseTree(await this.#must({ args, signal, maxBytes: listingBytes }));
  }

  /** Bytes of each object that is here; those that are missing are absent. */
  async sizes<Id extends string>(ids: readonly Id[], signal: AbortSignal): Promise<ReadonlyMap<Id, number>> {
    const stdin = `${ids.join('\n')}\n`;
    const output = await this.#must({ args: ['cat-file', '--batch-check'], stdin, signal });
    const sizes = new Map<Id, number>();
    for (const line of output.toString().split('\n')) {
      const [id = '', , size] = line.split(' ');
      if (size !== undefined) sizes.set(id as Id, Number(size));
    }
    return sizes;
  }

  /** Contents of blobs that are here, by one process. */
  async contents(sizes: ReadonlyMap<BlobId, number>, signal: AbortSignal): Promise<ReadonlyMap<BlobId, Uint8Array>> {
    if (sizes.size === 0) return new Map();
    let total = 0;
    for (const size of sizes.values()) total += size + headerBytes;
    const request = {
      args: ['cat-file', '--batch'],
      stdin: `${[...sizes.keys()].join('\n')}\n`,
      signal,
      maxBytes: total,
    };
    return splitBatch(await this.#must(request));
  }

  async rawChanges(from: string, to: string, signal: AbortSignal): Promise<readonly RawChange[]> {
    const args = ['diff-tree', '-r', '--raw', '-z', '--no-renames', '--no-abbrev', '--no-ext-diff', from, to];
    return parseRawChanges(await this.#must({ args, signal, maxBytes: listingBytes }));
  }

  async commitsBetween(
    from: CommitId | undefined,
    to: CommitId,
    limit: number,
    signal: AbortSignal,
  ): Promise<readonly CommitInfo[]> {
    const format = [
      '--no-show-signature',
      '--no-color',
      '--no-decorate',
      '--encoding=UTF-8',
      '-z',
      '--format=%H%n%P%n%B',
    ];
    const range = from === undefined ? [to] : [to, `^${from}`];
    const args = ['log', ...format, '--topo-order', `--max-count=${limit}`, ...range, '--'];
    const output = await this.#must({ args, signal, maxBytes: listingBytes });
    const records = output.toString().replace(/\0$/, '').split('\0');
    return records.filter((record) => record !== '').map(parseCommit);
  }

  async isAncestor(ancestor: CommitId, of: CommitId, signal: AbortSignal): Promise<boolean> {
    const { code, stderr } = await this.mirror.view({ args: ['merge-base', '--is-ancestor', ancestor, of], signal });
    if (code > 1) throw this.#failure(stderr);
    return code === 0;
  }

  async #must(request: MirrorRequest): Promise<Buffer> {
    const { code, stdout, stderr } = await this.mirror.view(request);
    if (code !== 0) throw this.#failure(stderr);
    return stdout;
  }

  #failure(stderr: string): Failure {
    return failureFrom(stderr, { repository: this.mirror.address.name });
  }
}

/** @throws Failure `tooLarge` when a file is larger than we read. */
export function refuseLarge(sizes: ReadonlyMap<BlobId, number>, nameOf: (id: BlobId) => string): void {
  const paths = [...sizes].filter(([, size]) => size > limits.fileBytes).map(([id]) => nameOf(id));
  if (paths.length > 0) throw new Failure('tooLarge', { paths });
}

/** A commit's message ends with a line feed that nobody typed. */
function parseCommit(record: string): CommitInfo {
  const [id = '', parents = '', ...message] = record.split('\n');
  return {
    id: asCommitId(id),
    parents: parents
      .split(' ')
      .filter((parent) => parent !== '')
      .map(asCommitId),
    message: message.join('\n').replace(/\n+$/, ''),
  };
}

/** Reads `<id> blob <size>\n<bytes>\n`, repeated. */
function splitBatch(output: Buffer): ReadonlyMap<BlobId, Uint8Array> {
  const contents = new Map<BlobId, Uint8Array>();
  let position = 0;
  while (position < output.length) {
    const lineEnd = output.indexOf(0x0a, position);
    const [id = '', type, size = ''] = output.toString('latin1', position, lineEnd).split(' ');
    const start = lineEnd + 1;
    const end = start + Number(size);
    if (type !== 'blob') throw new Failure('hostError', { detail: `${id} is not a file` });
    contents.set(id as BlobId, new Uint8Array(output.subarray(start, end)));
    position = end + 1;
  }
  return contents;
}
