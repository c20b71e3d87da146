import { Failure } from '../../../core/errors.ts';
import type { FileChange } from '../../../core/model/change.ts';
import type { RepoPath } from '../../../core/model/repoPath.ts';
import { sameVersion, type Snapshot } from '../../../core/model/snapshot.ts';
import type { UnmergedFiles } from '../../../core/model/unmergedFile.ts';
import type { CallContext } from '../../../ports/repositoryHost.ts';
import type { WorkingCopy } from '../../../ports/workingCopy.ts';
import { failureFrom } from '../failures.ts';
import type { CloneGit, CloneRequest } from './cloneGit.ts';
import { ownWords } from './ownWords.ts';
import { indexLines, type GitSide, type IndexLines } from './unmergedIndex.ts';

/** What settling unmerged files is made with. */
export interface MergeTools {
  readonly git: CloneGit;
  /** The clone's folder, byte for byte. */
  readonly disk: WorkingCopy;
}

/** Exactly these paths, however many and whatever they are called. */
const listed = ['--pathspec-from-file=-', '--pathspec-file-nul'];

/** Tells the index that the files are as they are here; one that is gone here is gone there. */
export async function addMerged(git: CloneGit, paths: readonly RepoPath[], signal: AbortSignal): Promise<void> {
  // Git lays a conflict into the working tree of a sparse clone, too, and then wants to be told that it was meant.
  await must(git, { args: ['add', '--all', '--sparse', ...listed], stdin: paths.join('\0'), signal });
}

/**
 * Takes one side of unmerged files as a whole, where that side has none by removing the file.
 * Answers how to have the files, and the index, as they were before.
 */
export async function takeSide(
  tools: MergeTools,
  files: UnmergedFiles,
  { side, has }: { readonly side: GitSide; readonly has: (path: RepoPath) => boolean },
  { signal }: CallContext,
): Promise<(call: CallContext) => Promise<void>> {
  const { git } = tools;
  const paths = [...files.keys()];
  const before = await momentOf(tools, paths, signal);
  const bytes = new Map<RepoPath, Uint8Array>();
  for (const path of before.files.keys()) {
    const content = await tools.disk.read(path);
    if (content !== undefined) bytes.set(path, content);
  }
  const kept = paths.filter(has);
  const removed = paths.filter((path) => !has(path));
  if (kept.length > 0) {
    await must(git, { args: ['checkout', '--quiet', `--${side}`, ...listed], stdin: kept.join('\0'), signal });
    await addMerged(git, kept, signal);
  }
  if (removed.length > 0) {
    await must(git, { args: ['rm', '--quiet', '--sparse', ...listed], stdin: removed.join('\0'), signal });
  }
  const after = await momentOf(tools, paths, signal);
  return async (call) => {
    refuseMoved(after, await momentOf(tools, paths, call.signal));
    await tools.disk.apply(changesTo(before.files, after.files, bytes), call.signal);
    const forget = paths.map((path) => `0 ${'0'.repeat(40)}\t${path}`);
    const stdin = [...forget, ...[...before.index.values()].flat()].map((line) => `${line}\0`).join('');
    await must(git, { args: ['update-index', '-z', '--index-info'], stdin, signal: call.signal });
  };
}

/** Files and index at one moment, and the commit that they are on. */
interface Moment {
  readonly head: string | undefined;
  readonly files: Snapshot;
  readonly index: ReadonlyMap<RepoPath, IndexLines>;
}

async function momentOf({ git, disk }: MergeTools, paths: readonly RepoPath[], signal: AbortSignal): Promise<Moment> {
  const head = await git.line(['rev-parse', '--verify', '--quiet', 'HEAD'], signal);
  return { head, files: await disk.snapshot(paths, signal), index: await indexLines(git, paths, signal) };
}

/** @throws Failure `changedMeanwhile` where a file, or what is staged of it, or the commit is another one by now. */
function refuseMoved(then: Moment, now: Moment): void {
  const paths = [...then.index.keys()].filter(
    (path) =>
      then.head !== now.head ||
      !sameVersion(then.files.get(path), now.files.get(path)) ||
      then.index.get(path)?.join() !== now.index.get(path)?.join(),
  );
  if (paths.length > 0) throw new Failure('changedMeanwhile', { paths });
}

function changesTo(
  before: Snapshot,
  after: Snapshot,
  contents: ReadonlyMap<RepoPath, Uint8Array>,
): readonly FileChange[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((path): FileChange[] => {
    const [was, is, bytes] = [before.get(path), after.get(path), contents.get(path)];
    if (was !== undefined && bytes !== undefined) {
      return [{ kind: 'write', path, bytes, mode: was.mode, expected: is?.id ?? null }];
    }
    return is === undefined ? [] : [{ kind: 'delete', path, expected: is.id }];
  });
}

async function must(git: CloneGit, request: CloneRequest): Promise<void> {
  const { code, stdout, stderr } = await git.change(request);
  if (code === 0) return;
  const facts = { repository: git.name, detail: ownWords(stderr, stdout.toString()) };
  throw new Failure(failureFrom(stderr, facts).reason, facts);
}
