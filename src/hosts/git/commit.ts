import { rm } from 'node:fs/promises';
import { Failure } from '../../core/errors.ts';
import type { FileChange, WriteFile } from '../../core/model/change.ts';
import { asCommitId, type BlobId, type CommitId } from '../../core/model/ids.ts';
import type { RepoPath } from '../../core/model/repoPath.ts';
import type { Hasher } from '../../ports/hasher.ts';
import type { CommitRequest } from '../../ports/repositoryHost.ts';
import { failureFrom } from './failures.ts';
import type { Mirror, MirrorRequest } from './mirror.ts';
import type { Objects } from './objects.ts';

/** The tree without any entry, which every Git knows. */
const emptyTree = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

/**
 * The index never becomes files, so a name that some systems cannot hold does no harm in it, and may have been in the
 * repository for long. The rest keeps it one plain file.
 */
const indexSettings = ['core.protectNTFS', 'core.protectHFS', 'core.splitIndex', 'core.fsmonitor'].flatMap((name) => [
  '-c',
  `${name}=false`,
]);

interface CommitTools {
  readonly mirror: Mirror;
  readonly objects: Objects;
  readonly hasher: Hasher;
}

/**
 * Makes the commit in the mirror, by plumbing with an index of its own; no file of the parent is read.
 * @throws Failure `stale` when the parent's tree is not what the changes were planned against; `identityMissing`.
 */
export async function writeCommit(
  { mirror, objects, hasher }: CommitTools,
  parent: CommitId | undefined,
  { branch, message, changes }: CommitRequest,
  signal: AbortSignal,
): Promise<CommitId> {
  const ids = await writeBlobs(mirror, hasher, changes.filter(isWrite), signal);
  const tree = await writeTree(mirror, parent, changes, ids, signal);
  await verify(objects, parent, tree, { branch, changes }, ids, signal);
  const must = plumbing(mirror, signal);
  // Without this, Git makes up an e-mail address from the machine's name.
  const settings = ['-c', 'user.useConfigOnly=true', '-c', 'i18n.commitEncoding=UTF-8'];
  const sign = (await wantsSigning(mirror, signal)) ? ['-S'] : [];
  const parents = parent === undefined ? [] : ['-p', parent];
  const args = [...settings, 'commit-tree', ...sign, ...parents, '-F', '-', tree];
  return asCommitId((await must({ args, stdin: message })).trim());
}

/** Writes all contents by one process; the ids are Git's own, computed here. */
async function writeBlobs(
  mirror: Mirror,
  hasher: Hasher,
  writes: readonly WriteFile[],
  signal: AbortSignal,
): Promise<ReadonlyMap<RepoPath, BlobId>> {
  const stream: Uint8Array[] = [];
  for (const { bytes } of writes) stream.push(Buffer.from(`blob\ndata ${bytes.length}\n`), bytes, Buffer.from('\n'));
  if (writes.length > 0) {
    await plumbing(mirror, signal)({ args: ['fast-import', '--quiet'], stdin: Buffer.concat(stream) });
  }
  return new Map(await Promise.all(writes.map(async ({ path, bytes }) => [path, await hasher.blobId(bytes)] as const)));
}

async function writeTree(
  mirror: Mirror,
  parent: CommitId | undefined,
  changes: readonly FileChange[],
  ids: ReadonlyMap<RepoPath, BlobId>,
  signal: AbortSignal,
): Promise<string> {
  const index = mirror.temporaryIndex();
  const run = plumbing(mirror, signal, { GIT_INDEX_FILE: index });
  const must: typeof run = (request) => run({ ...request, args: [...indexSettings, ...request.args] });
  try {
    await must({ args: ['read-tree', parent ?? '--empty'] });
    // Deletes first: a file may become a folder.
    const deletes = changes.filter((change) => !isWrite(change)).map(({ path }) => `0 ${'0'.repeat(40)}\t${path}\0`);
    const writes = changes.filter(isWrite).map(({ path, mode }) => {
      return `${mode === 'executable' ? '100755' : '100644'} ${ids.get(path)}\t${path}\0`;
    });
    await must({ args: ['update-index', '-z', '--index-info'], stdin: [...deletes, ...writes].join('') });
    return (await must({ args: ['write-tree', '--missing-ok'] })).trim();
  } finally {
    await rm(index, { force: true });
  }
}

/** Compares what Git says that the commit changes with what was planned: nothing more, and from the right versions. */
async function verify(
  objects: Objects,
  parent: CommitId | undefined,
  tree: string,
  { branch, changes }: Pick<CommitRequest, 'branch' | 'changes'>,
  ids: ReadonlyMap<RepoPath, BlobId>,
  signal: AbortSignal,
): Promise<void> {
  const made = new Map((await objects.rawChanges(parent ?? emptyTree, tree, signal)).map((raw) => [raw.path, raw]));
  const wrong: RepoPath[] = [];
  for (const { path, expected } of changes) {
    const raw = made.get(path);
    // Absent from the list: the path is what it was, so what was expected has to be what was wanted.
    const before = raw === undefined ? (ids.get(path) ?? null) : (raw.before?.id ?? null);
    if (before !== expected) wrong.push(path);
    made.delete(path);
  }
  wrong.push(...made.keys());
  if (wrong.length > 0) throw new Failure('stale', { branch, paths: wrong });
}

async function wantsSigning(mirror: Mirror, signal: AbortSignal): Promise<boolean> {
  const { stdout } = await mirror.view({ args: ['config', '--type=bool', '--get', 'commit.gpgSign'], signal });
  return stdout.toString().trim() === 'true';
}

function plumbing(mirror: Mirror, signal: AbortSignal, env: NodeJS.ProcessEnv = {}) {
  return async (request: Pick<MirrorRequest, 'args' | 'stdin'>): Promise<string> => {
    const { code, stdout, stderr } = await mirror.view({ ...request, env, signal });
    if (code !== 0) throw failureFrom(stderr, { repository: mirror.address.name });
    return stdout.toString();
  };
}

function isWrite(change: FileChange): change is WriteFile {
  return change.kind === 'write';
}
