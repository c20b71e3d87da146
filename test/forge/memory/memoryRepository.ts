import { createHash } from 'node:crypto';
import type { BlobId, CommitId } from '../../../src/core/model/ids.ts';
import type { RepoPath } from '../../../src/core/model/repoPath.ts';
import type { TreeEntryKind } from '../../../src/core/model/snapshot.ts';

export interface StoredFile {
  readonly bytes: Uint8Array;
  readonly kind: TreeEntryKind;
  readonly id: BlobId;
}

export interface StoredCommit {
  readonly id: CommitId;
  readonly parents: readonly CommitId[];
  readonly message: string;
  readonly files: ReadonlyMap<RepoPath, StoredFile>;
}

/** What a teammate's commit does to a path: text or bytes for a regular file, `null` deletes it. */
export type Edit = string | Uint8Array | null | { readonly kind: TreeEntryKind; readonly content: string | Uint8Array };
export type Edits = Readonly<Record<string, Edit>>;

/** A commit graph with branches, held in memory; paths are taken as they are, hostile ones included. */
export class MemoryRepository {
  readonly branches = new Map<string, CommitId>();
  readonly #commits = new Map<CommitId, StoredCommit>();
  defaultBranch: string | undefined;

  constructor(
    readonly id: string,
    /** A person may rename it; its id stays. */
    public name: string,
  ) {}

  commitAt(id: CommitId): StoredCommit | undefined {
    return this.#commits.get(id);
  }

  /** What a teammate does: one commit on top of `branch`, which it makes when it does not exist. */
  push(branch: string, edits: Edits, message = 'Changes by a teammate'): CommitId {
    const head = this.branches.get(branch);
    const files = new Map(head === undefined ? [] : this.#commits.get(head)!.files);
    for (const [path, edit] of Object.entries(edits)) {
      if (edit === null) files.delete(path as RepoPath);
      else files.set(path as RepoPath, storedFile(edit));
    }
    return this.moveTo(branch, this.add(head === undefined ? [] : [head], files, message));
  }

  /** Adds a commit that no branch points at yet. */
  add(parents: readonly CommitId[], files: ReadonlyMap<RepoPath, StoredFile>, message: string): CommitId {
    const hash = createHash('sha1').update(`${this.#commits.size}\0${parents.join()}\0${message}\0`);
    for (const [path, file] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
      hash.update(`${path}\0${file.kind}\0${file.id}\0`);
    }
    const id = hash.digest('hex') as CommitId;
    this.#commits.set(id, { id, parents, message, files });
    return id;
  }

  /** Moves a branch anywhere, as a force-push does; makes it when it does not exist. */
  moveTo(branch: string, commit: CommitId): CommitId {
    this.branches.set(branch, commit);
    this.defaultBranch ??= branch;
    return commit;
  }

  /** `commit` and everything before it, newest first (a commit always comes before its parents). */
  history(commit: CommitId): readonly StoredCommit[] {
    const order = [...this.#commits.keys()];
    const reached = new Set<CommitId>();
    const open = [commit];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const found = this.#commits.get(next);
      if (found === undefined || reached.has(next)) continue;
      reached.add(next);
      open.push(...found.parents);
    }
    return order
      .filter((id) => reached.has(id))
      .reverse()
      .map((id) => this.#commits.get(id)!);
  }

  /** The file at the head of `branch`, as text. */
  textOf(branch: string, path: string): string | undefined {
    const head = this.branches.get(branch);
    const file = head === undefined ? undefined : this.#commits.get(head)?.files.get(path as RepoPath);
    return file === undefined ? undefined : Buffer.from(file.bytes).toString();
  }
}

export function storedFile(edit: Exclude<Edit, null>): StoredFile {
  const isPlain = typeof edit === 'string' || edit instanceof Uint8Array;
  const content = isPlain ? edit : edit.content;
  const bytes = new Uint8Array(Buffer.from(content as Uint8Array));
  return { bytes, kind: isPlain ? 'regular' : edit.kind, id: gitBlobId(bytes) };
}

export function gitBlobId(bytes: Uint8Array): BlobId {
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex') as BlobId;
}
