import type { FileChange } from '../../core/model/change.ts';
import type { CommitId } from '../../core/model/ids.ts';
import type { Tree } from '../../core/model/snapshot.ts';
import type { CallContext, CommitRequest, CommitResult } from '../../ports/repositoryHost.ts';
import type { GitData, TreeEdit } from './gitData.ts';
import type { Place } from './places.ts';
import type { Refs } from './refs.ts';

export interface ExactCommit extends CommitRequest {
  readonly parent: CommitId | undefined;
  /** Of `parent`. */
  readonly tree: Tree;
  /** Whether the files are too much for one request. */
  readonly isLarge: boolean;
}

/** A commit of Git's own objects, which nobody sees before the branch is moved to it: compare and swap, too. */
export async function commitExactly(
  data: GitData,
  refs: Refs,
  place: Place,
  request: ExactCommit,
  call: CallContext,
): Promise<CommitResult> {
  const { branch, expectedHead, parent } = request;
  const commit = await makeObjects(data, place, request, call);
  if (expectedHead === undefined) await refs.create(place, branch, commit, call);
  else await refs.move(place, { branch, from: expectedHead, to: commit }, call);
  return { commit, parent };
}

/** The commit, which no branch has yet. */
export async function makeObjects(
  data: GitData,
  place: Place,
  { parent, tree, isLarge, message, changes }: ExactCommit,
  call: CallContext,
): Promise<CommitId> {
  const there = new Set([...tree.values()].map(({ id }) => id));
  // One after another would be many round trips in a row; the client sends a few at once.
  const edits = await Promise.all(changes.map((change) => editOf(change)));
  const made = await data.makeTree(place, parent, edits, call);
  return data.makeCommit(place, { message, tree: made, parents: parent === undefined ? [] : [parent] }, call);

  async function editOf(change: FileChange): Promise<TreeEdit> {
    const { path } = change;
    if (change.kind === 'delete') return { path, mode: '100644', type: 'blob', sha: null };
    const entry = { path, mode: change.mode === 'executable' ? '100755' : '100644', type: 'blob' } as const;
    const id = await data.api.tools.hasher.blobId(change.bytes);
    // A new mode or a new name: the contents are there already.
    if (there.has(id)) return { ...entry, sha: id };
    const content = isLarge ? undefined : plainText(change.bytes);
    if (content !== undefined) return { ...entry, content };
    return { ...entry, sha: await data.makeBlob(place, change.bytes, id, call) };
  }
}

/** `undefined` for what JSON could not carry unchanged: bytes that are no UTF-8, a byte order mark, NUL. */
function plainText(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.startsWith('\ufeff') || text.includes('\0') ? undefined : text;
  } catch {
    // No UTF-8.
    return undefined;
  }
}
