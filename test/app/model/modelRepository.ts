import type { CommitId } from '../../../src/core/model/ids.ts';
import { MemoryHost } from '../../forge/memory/memoryHost.ts';
import { MemoryRepository, storedFile, type StoredFile } from '../../forge/memory/memoryRepository.ts';
import type { GitBench } from '../../contract/git/gitBench.ts';
import type { RepoPath } from '../../../src/core/model/repoPath.ts';
import type { RepositoryHost } from '../../../src/ports/repositoryHost.ts';

/** A file as the model sees it, wherever it is. */
export interface ModelFile {
  readonly text: string;
  readonly executable: boolean;
}

export type ModelFiles = ReadonlyMap<string, ModelFile>;

export interface ModelCommit {
  readonly id: string;
  readonly message: string;
  readonly parent: string | undefined;
}

/** The repository that everybody works on, as a bystander sees it. */
export interface ModelRepository {
  readonly address: string;
  /** A host of one person's. */
  host(): RepositoryHost;
  head(branch: string): string | undefined;
  /** Everything that the branch is made of, newest first. */
  history(branch: string): readonly ModelCommit[];
  filesOf(commit: string): ModelFiles;
  /** A stranger's commit; `null` deletes. */
  push(branch: string, edits: ReadonlyMap<string, ModelFile | null>, message: string): void;
  moveTo(branch: string, commit: string): void;
  /** @throws Error where Git would complain. */
  check(): void;
}

export class InMemory implements ModelRepository {
  readonly address = 'repo';
  private readonly repository = new MemoryRepository('repo', 'repo');

  host(): MemoryHost {
    const host = new MemoryHost();
    host.repositories.set('repo', this.repository);
    return host;
  }

  head(branch: string): string | undefined {
    return this.repository.branches.get(branch);
  }

  history(branch: string): readonly ModelCommit[] {
    const head = this.repository.branches.get(branch);
    if (head === undefined) return [];
    return this.repository.history(head).map(({ id, message, parents }) => ({ id, message, parent: parents[0] }));
  }

  filesOf(commit: string): ModelFiles {
    const files = this.repository.commitAt(commit as CommitId)?.files ?? new Map<RepoPath, StoredFile>();
    return new Map(
      [...files].map(([path, { bytes, kind }]) => [path, { text: textOf(bytes), executable: kind === 'executable' }]),
    );
  }

  push(branch: string, edits: ReadonlyMap<string, ModelFile | null>, message: string): void {
    const changes = [...edits].map(([path, file]) => [path, file === null ? null : storedEdit(file)]);
    this.repository.push(branch, Object.fromEntries(changes) as Parameters<MemoryRepository['push']>[1], message);
  }

  moveTo(branch: string, commit: string): void {
    this.repository.moveTo(branch, commit as CommitId);
  }

  check(): void {
    for (const branch of this.repository.branches.keys()) {
      for (const { id } of this.history(branch)) {
        for (const [path, { bytes, kind, id: blob }] of this.repository.commitAt(id as CommitId)?.files ?? []) {
          if (storedFile({ kind, content: bytes }).id !== blob) throw new Error(`${path} of ${id} has another id`);
        }
      }
    }
  }
}

export class InGit implements ModelRepository {
  private readonly known = new Map<string, ModelFiles>();
  private readonly histories = new Map<string, readonly ModelCommit[]>();

  constructor(private readonly bench: GitBench) {}

  get address(): string {
    return this.bench.url;
  }

  host(): RepositoryHost {
    return this.bench.host();
  }

  head(branch: string): string | undefined {
    return this.bench.repository.head(branch);
  }

  history(branch: string): readonly ModelCommit[] {
    const head = this.head(branch);
    if (head === undefined) return [];
    const known = this.histories.get(head) ?? this.log(head);
    this.histories.set(head, known);
    return known;
  }

  private log(head: string): readonly ModelCommit[] {
    const lines = this.bench.repository.git('log', '--topo-order', '--format=%H%x09%P%x09%s', head);
    return lines
      .trim()
      .split('\n')
      .map((line) => {
        const [id = '', parents = '', message = ''] = line.split('\t');
        return { id, message, parent: parents === '' ? undefined : parents.split(' ')[0] };
      });
  }

  filesOf(commit: string): ModelFiles {
    const known = this.known.get(commit);
    if (known !== undefined) return known;
    const { repository } = this.bench;
    const files = new Map(
      [...repository.entries(commit)].map(([path, { mode, id }]) => [
        path,
        { text: textOf(repository.blob(id)), executable: mode === '100755' },
      ]),
    );
    this.known.set(commit, files);
    return files;
  }

  push(branch: string, edits: ReadonlyMap<string, ModelFile | null>, message: string): void {
    const changes = [...edits].map(([path, file]) => [
      path,
      file === null ? null : { mode: file.executable ? '100755' : '100644', content: file.text },
    ]);
    const from = this.head(branch) === undefined ? undefined : this.head('main');
    this.bench.repository.push(branch, Object.fromEntries(changes) as never, message, from);
  }

  moveTo(branch: string, commit: string): void {
    this.bench.repository.moveTo(branch, commit);
  }

  check(): void {
    this.bench.repository.git('fsck', '--strict', '--no-dangling');
  }
}

function storedEdit({ text, executable }: ModelFile): {
  readonly kind: 'regular' | 'executable';
  readonly content: string;
} {
  return { kind: executable ? 'executable' : 'regular', content: text };
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}
