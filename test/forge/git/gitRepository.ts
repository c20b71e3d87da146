import { appendFileSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { GitSandbox } from './gitCommand.ts';

export type GitMode = '100644' | '100755' | '120000' | '160000';

/** What a commit does to a path: contents of a regular file, `null` deletes it. For a submodule, `content` is a commit id. */
export type GitEdit = string | Uint8Array | null | { readonly mode: GitMode; readonly content: string | Uint8Array };
export type GitEdits = Readonly<Record<string, GitEdit>>;

export interface GitEntry {
  readonly mode: string;
  readonly id: string;
}

const repositorySettings = '[uploadpack]\n\tallowFilter = true\n[http]\n\treceivepack = true\n[gc]\n\tauto = 0\n';

/** A bare repository on disk: teammates push to it, and tests ask it what happened. */
export class GitRepository {
  readonly path: string;

  private constructor(
    private readonly sandbox: GitSandbox,
    readonly name: string,
  ) {
    this.path = sandbox.path('remotes', `${name}.git`);
  }

  /** For Gits that work on it. */
  get environment(): NodeJS.ProcessEnv {
    return this.sandbox.commandEnvironment;
  }

  get url(): string {
    return pathToFileURL(this.path).href;
  }

  /** Makes an empty bare repository that takes partial fetches and pushes over HTTP, or takes the one that is there. */
  static make(sandbox: GitSandbox, name: string, options: { readonly objectFormat?: 'sha256' } = {}): GitRepository {
    const repository = new GitRepository(sandbox, name);
    if (existsSync(repository.path)) return repository;
    const format = options.objectFormat === undefined ? [] : [`--object-format=${options.objectFormat}`];
    sandbox.git(sandbox.folder, 'init', '--quiet', '--bare', '--template=', ...format, repository.path);
    mkdirSync(join(repository.path, 'hooks'));
    // By hand: three more processes in every test take longer than many a test itself.
    appendFileSync(join(repository.path, 'config'), repositorySettings);
    return repository;
  }

  git(...args: readonly string[]): string {
    return this.sandbox.git(this.path, ...args);
  }

  /** What a teammate does: one commit on top of `branch`, which it makes when it does not exist (from `from`). */
  push(branch: string, edits: GitEdits, message = 'Changes by a teammate', from?: string): string {
    const parent = this.head(branch) ?? from;
    const stream: (string | Uint8Array)[] = [`commit refs/heads/${branch}\n`];
    stream.push('committer Tea Mate <tea@example.com> 1700000000 +0000\n', ...data(message));
    if (parent !== undefined) stream.push(`from ${parent}\n`);
    for (const [path, edit] of Object.entries(edits)) stream.push(...command(path, edit));
    const input = Buffer.concat(stream.map((part) => Buffer.from(part as Uint8Array)));
    this.sandbox.gitWith({ cwd: this.path, input }, 'fast-import', '--quiet', '--force', '--date-format=raw');
    return this.head(branch)!;
  }

  /** Moves a branch anywhere, as a force-push does. */
  moveTo(branch: string, commit: string): void {
    this.git('update-ref', `refs/heads/${branch}`, commit);
  }

  deleteBranch(branch: string): void {
    this.git('update-ref', '-d', `refs/heads/${branch}`);
  }

  /** A commit whose tree has exactly these names, which `push` and Git's index would refuse. Only at the top. */
  pushRawTree(branch: string, names: readonly (string | Uint8Array)[]): string {
    const blob = this.#write('blob', 'hostile\n');
    const entries = names.map((name) => Buffer.from(name as Uint8Array)).sort((a, b) => Buffer.compare(a, b));
    const end = Buffer.concat([Buffer.of(0), Buffer.from(blob, 'hex')]);
    const tree = Buffer.concat(entries.flatMap((name) => [Buffer.from('100644 '), name, end]));
    const who = 'Tea Mate <tea@example.com> 1700000000 +0000';
    const id = this.#write('tree', tree);
    const commit = this.#write('commit', `tree ${id}\nauthor ${who}\ncommitter ${who}\n\nHostile names\n`);
    this.moveTo(branch, commit);
    return commit;
  }

  head(branch: string): string | undefined {
    return this.sandbox.tryGit(this.path, 'rev-parse', '--verify', '--quiet', `refs/heads/${branch}`)?.trim();
  }

  /** First-parent log, newest first: `<id> <subject>`. */
  log(branch: string): readonly string[] {
    return this.git('log', '--format=%H %s', `refs/heads/${branch}`).trim().split('\n');
  }

  entries(commit: string): ReadonlyMap<string, GitEntry> {
    const listing = this.git('ls-tree', '-r', '-z', commit).split('\0').filter(Boolean);
    return new Map(
      listing.map((line) => {
        const tab = line.indexOf('\t');
        const path = line.slice(tab + 1);
        const [mode = '', , id = ''] = line.slice(0, tab).split(' ');
        return [path, { mode, id }];
      }),
    );
  }

  show(commit: string, path: string): Uint8Array {
    return new Uint8Array(this.sandbox.gitWith({ cwd: this.path }, 'cat-file', 'blob', `${commit}:${path}`));
  }

  blob(id: string): Uint8Array {
    return new Uint8Array(this.sandbox.gitWith({ cwd: this.path }, 'cat-file', 'blob', id));
  }

  hook(name: string): string {
    return join(this.path, 'hooks', name);
  }

  #write(type: string, content: string | Uint8Array): string {
    const args = ['hash-object', '--literally', '-t', type, '-w', '--stdin'];
    return this.sandbox
      .gitWith({ cwd: this.path, input: content }, ...args)
      .toString()
      .trim();
  }
}

function command(path: string, edit: GitEdit): readonly (string | Uint8Array)[] {
  const quoted = `"${path.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
  if (edit === null) return [`D ${quoted}\n`];
  const { mode, content } =
    typeof edit === 'string' || edit instanceof Uint8Array ? { mode: '100644' as const, content: edit } : edit;
  if (mode === '160000') return [`M 160000 ${content as string} ${quoted}\n`];
  return [`M ${mode} inline ${quoted}\n`, ...data(content)];
}

function data(content: string | Uint8Array): readonly (string | Uint8Array)[] {
  const bytes = Buffer.from(content as Uint8Array);
  return [`data ${bytes.length}\n`, bytes, '\n'];
}
