import { git, gitWith } from './git.ts';

/** An entry of a tree that no well-meaning Git would write. */
export interface RawEntry {
  readonly mode: '40000' | '100644' | '120000';
  readonly name: string;
  readonly id: string;
}

/** Builds what a repository can hold though no checkout would: names are written as they are. */
export class HostileRepository {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async make(folder: string): Promise<HostileRepository> {
    await git('/', 'init', '--quiet', '--bare', '--initial-branch=main', folder);
    await git(folder, 'config', 'uploadpack.allowFilter', 'true');
    return new HostileRepository(folder);
  }

  blob(content: string): Promise<string> {
    return gitWith(content, this.folder, 'hash-object', '-w', '--stdin');
  }

  tree(entries: readonly RawEntry[]): Promise<string> {
    const sorted = entries.toSorted((a, b) => Buffer.compare(sortKey(a), sortKey(b)));
    const bytes = sorted.flatMap(({ mode, name, id }) => [Buffer.from(`${mode} ${name}\0`), Buffer.from(id, 'hex')]);
    return gitWith(Buffer.concat(bytes), this.folder, 'hash-object', '-t', 'tree', '--literally', '-w', '--stdin');
  }

  /** One commit with this tree on `main`. */
  async commit(tree: string): Promise<void> {
    const who = ['-c', 'user.name=Mallory', '-c', 'user.email=mallory@acme.example'];
    const id = await git(this.folder, ...who, 'commit-tree', tree, '-m', 'Be evil');
    await git(this.folder, 'update-ref', 'refs/heads/main', id);
  }
}

/** Git sorts folders as if their names ended with a slash. */
function sortKey({ mode, name }: RawEntry): Buffer {
  return Buffer.from(mode === '40000' ? `${name}/` : name);
}
