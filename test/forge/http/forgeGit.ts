import { spawn } from 'node:child_process';
import type { GitMode, GitRepository } from '../git/gitRepository.ts';
import { CatFile } from './catFile.ts';
import { fastImport, type CommitEdits } from './fastImport.ts';
import { parseCommit, parseTree, type CommitObject, type ForgeEntryType, type TreeItem } from './gitObjects.ts';

export type { CommitEdits } from './fastImport.ts';
export type { CommitObject, Signature } from './gitObjects.ts';

export const zeros = '0'.repeat(40);

export interface ForgeEntry {
  readonly path: string;
  /** `040000` for a folder. */
  readonly mode: GitMode | '040000';
  readonly type: ForgeEntryType;
  readonly id: string;
  /** Bytes of a blob; otherwise `undefined`. */
  readonly size: number | undefined;
}

export interface EntriesOptions {
  /** Default `true`. */
  readonly recursive?: boolean;
  /** Only what is in this folder. */
  readonly path?: string;
}

export interface ForgeDiff {
  readonly path: string;
  /** `T`: its kind changed. */
  readonly status: 'A' | 'M' | 'D' | 'T';
  readonly oldMode: string;
  readonly newMode: string;
  /** Zeros where it is not. */
  readonly oldId: string;
  readonly newId: string;
}

export interface ForgeCommit {
  readonly branch: string;
  /** What the branch must point to in the moment of the update; `undefined`: it must not exist. */
  readonly expectedHead: string | undefined;
  /** `undefined`: a root commit. */
  readonly parent: string | undefined;
  readonly edits: CommitEdits;
  readonly message: string;
  readonly author?: { readonly name: string; readonly email: string };
}

/** A ref is not what it was expected to be, or cannot be made. Nothing was changed. */
export class RefRefused extends Error {
  constructor(
    readonly ref: string,
    /** What it points to; `undefined`: there is none. */
    readonly actual: string | undefined,
    detail: string,
  ) {
    super(`${ref}: ${detail}`);
  }
}

/** What a forge asks Git, and has it do, with few processes. */
export class ForgeGit {
  readonly #objects: CatFile;
  readonly #trees = new Map<string, readonly TreeItem[]>();
  readonly #sizes = new Map<string, number>();
  #commits = 0;

  constructor(private readonly repository: GitRepository) {
    this.#objects = new CatFile(repository.path, repository.environment);
  }

  head(branch: string): Promise<string | undefined> {
    return this.#ref(`refs/heads/${branch}`);
  }

  /** A full sha, a branch, a tag or a whole ref name, in this order, as the commit that it leads to. */
  async resolve(revision: string): Promise<string | undefined> {
    if (/^[0-9a-f]{40}$/.test(revision)) {
      const object = await this.#objects.info(revision);
      return object?.type === 'tag' ? this.#peel(revision) : object?.id;
    }
    const names = revision.startsWith('refs/') ? [revision] : [`refs/heads/${revision}`, `refs/tags/${revision}`];
    for (const name of names) {
      const id = await this.#ref(name);
      if (id !== undefined) return this.#peel(id);
    }
    return undefined;
  }

  /** Branches with their heads, by name. */
  async branches(): Promise<readonly { readonly name: string; readonly id: string }[]> {
    return this.refs('refs/heads/');
  }

  /** Refs below a prefix, without it, by name. */
  async refs(prefix: string): Promise<readonly { readonly name: string; readonly id: string }[]> {
    const listing = (await this.git('for-each-ref', '--format=%(objectname) %(refname)', prefix)).toString();
    const lines = listing.split('\n').filter(Boolean);
    return lines.map((line) => ({ id: line.slice(0, 40), name: line.slice(41 + prefix.length) }));
  }

  async commitObject(id: string): Promise<CommitObject | undefined> {
    const object = await this.#objects.contents(id);
    return object?.type === 'commit' ? parseCommit(object.id, object.bytes) : undefined;
  }

  async treeId(commit: string): Promise<string | undefined> {
    return (await this.commitObject(commit))?.tree;
  }

  /** What a commit or tree holds, folders too, in Git's order; `undefined`: there is no such folder. */
  async entries(commitOrTree: string, options: EntriesOptions = {}): Promise<readonly ForgeEntry[] | undefined> {
    const { recursive = true, path = '' } = options;
    const root = (await this.treeId(commitOrTree)) ?? commitOrTree;
    const folder = path === '' ? root : await this.#folder(root, path);
    if (folder === undefined || (await this.#tree(folder)) === undefined) return undefined;
    const entries = await this.#walk(folder, path === '' ? '' : `${path}/`, recursive);
    return Promise.all(entries.map(async (entry) => ({ ...entry, size: await this.#sizeOf(entry) })));
  }

  /** The file, folder or submodule at a path. */
  async entryAt(commitOrTree: string, path: string): Promise<ForgeEntry | undefined> {
    let tree = (await this.treeId(commitOrTree)) ?? commitOrTree;
    const names = path.split('/');
    for (const [index, name] of names.entries()) {
      const item = (await this.#tree(tree))?.find((one) => one.name === name);
      if (!item) return undefined;
      if (index === names.length - 1) {
        const { mode, type, id } = item;
        return { path, mode, type, id, size: await this.#sizeOf(item) };
      }
      tree = item.id;
    }
    return undefined;
  }

  async blob(id: string): Promise<Buffer | undefined> {
    const object = await this.#objects.contents(id);
    return object?.type === 'blob' ? object.bytes : undefined;
  }

  /** A file's entry and contents: a link's too, which are where it leads. */
  async fileAt(commit: string, path: string): Promise<(ForgeEntry & { readonly bytes: Buffer }) | undefined> {
    const entry = await this.entryAt(commit, path);
    const bytes = entry?.type === 'blob' ? await this.blob(entry.id) : undefined;
    return entry && bytes && { ...entry, bytes };
  }

  /** Commits reachable from `to` and not from `from`, newest first. */
  async log(options: {
    readonly to: string;
    readonly from?: string;
    readonly limit?: number;
    readonly skip?: number;
    readonly path?: string;
  }): Promise<readonly CommitObject[]> {
    const { to, from, limit, skip, path } = options;
    const bounds = [...(limit === undefined ? [] : [`-n${limit}`]), ...(skip === undefined ? [] : [`--skip=${skip}`])];
    const range = [to, ...(from === undefined ? [] : [`^${from}`])];
    const paths = path === undefined ? [] : [`:(literal)${path}`];
    const listing = await this.git('rev-list', '--topo-order', ...bounds, ...range, '--', ...paths);
    const ids = listing.toString().split('\n').filter(Boolean);
    return Promise.all(ids.map(async (id) => (await this.commitObject(id))!));
  }

  /** Commits that only `a` has, and that only `b` has. */
  async counts(a: string, b: string): Promise<{ readonly left: number; readonly right: number }> {
    const counted = (await this.git('rev-list', '--count', '--left-right', `${a}...${b}`)).toString();
    const [left = 0, right = 0] = counted.trim().split('\t').map(Number);
    return { left, right };
  }

  async mergeBase(a: string, b: string): Promise<string | undefined> {
    const found = await this.#try('merge-base', a, b);
    return found?.toString().trim();
  }

  /** What differs, without looking for renames. */
  async diff(a: string, b: string): Promise<readonly ForgeDiff[]> {
    const parts = (await this.git('diff-tree', '-r', '-z', '--raw', '--no-renames', a, b)).toString().split('\0');
    const found: ForgeDiff[] = [];
    for (let at = 0; at + 1 < parts.length; at += 2) {
      const [oldMode = '', newMode = '', oldId = '', newId = '', status] = parts[at]!.slice(1).split(' ');
      found.push({ path: parts[at + 1]!, status: status as ForgeDiff['status'], oldMode, newMode, oldId, newId });
    }
    return found;
  }

  /** One commit that moves a branch, compare-and-swap. @throws RefRefused */
  async commit(request: ForgeCommit): Promise<string> {
    const ref = `refs/heads/${request.branch}`;
    const temporary = `refs/forge/${++this.#commits}`;
    const id = await this.#import(temporary, request);
    const update = `update ${ref}\0${id}\0${request.expectedHead ?? zeros}\0delete ${temporary}\0\0`;
    await this.#update(ref, update);
    return id;
  }

  /** Objects of a commit that no branch has yet. */
  async commitOnly(request: Omit<ForgeCommit, 'branch' | 'expectedHead'>): Promise<string> {
    return this.#import(`refs/forge/${++this.#commits}`, request);
  }

  /** A commit object of a tree that is there. */
  async commitTree(tree: string, parents: readonly string[], message: string): Promise<string> {
    const args = ['commit-tree', tree, ...parents.flatMap((parent) => ['-p', parent])];
    return (await this.#run(args, message)).toString().trim();
  }

  async writeBlob(bytes: Uint8Array): Promise<string> {
    return (await this.#run(['hash-object', '-w', '--stdin'], bytes)).toString().trim();
  }

  /** @throws RefRefused */
  createBranch(name: string, at: string): Promise<void> {
    return this.updateRef(`refs/heads/${name}`, at, zeros);
  }

  /** Only while it is at `expected`, where that is given. @throws RefRefused */
  deleteBranch(name: string, expected?: string): Promise<void> {
    return this.updateRef(`refs/heads/${name}`, zeros, expected);
  }

  /** Moves, makes (`old` zeros) or deletes (`id` zeros) a ref; `old` absent: whatever it was. @throws RefRefused */
  async updateRef(ref: string, id: string, old?: string): Promise<void> {
    const before = await this.#ref(ref);
    if (id === zeros && before === undefined) throw new RefRefused(ref, undefined, 'does not exist');
    const command = id === zeros ? `delete ${ref}\0${old ?? ''}\0` : `update ${ref}\0${id}\0${old ?? ''}\0`;
    await this.#update(ref, command);
  }

  /** A light tag. @throws RefRefused */
  tag(name: string, at: string): Promise<void> {
    return this.updateRef(`refs/tags/${name}`, at, zeros);
  }

  /** Whatever of `paths` exists in `commit`; all, where none are named. */
  archive(
    commit: string,
    options: {
      readonly format: 'tar' | 'tar.gz' | 'zip';
      readonly paths?: readonly string[];
      readonly prefix?: string;
    },
  ): Promise<Buffer> {
    const { format, paths = [], prefix = '' } = options;
    const names = paths.map((path) => `:(literal)${path}`);
    return this.git('archive', `--format=${format}`, `--prefix=${prefix}`, commit, '--', ...names);
  }

  git(...args: readonly string[]): Promise<Buffer> {
    return this.#run(args);
  }

  close(): void {
    this.#objects.close();
  }

  async #ref(name: string): Promise<string | undefined> {
    return isRefName(name) ? (await this.#objects.info(name))?.id : undefined;
  }

  async #peel(id: string): Promise<string | undefined> {
    return (await this.#objects.info(`${id}^{commit}`))?.id;
  }

  async #tree(id: string): Promise<readonly TreeItem[] | undefined> {
    const known = this.#trees.get(id);
    if (known) return known;
    const object = await this.#objects.contents(id);
    if (object?.type !== 'tree') return undefined;
    const items = parseTree(object.bytes);
    this.#trees.set(id, items);
    return items;
  }

  async #folder(root: string, path: string): Promise<string | undefined> {
    const entry = await this.entryAt(root, path);
    return entry?.type === 'tree' ? entry.id : undefined;
  }

  async #walk(tree: string, prefix: string, recursive: boolean): Promise<readonly Omit<ForgeEntry, 'size'>[]> {
    const found: Omit<ForgeEntry, 'size'>[] = [];
    for (const { name, mode, type, id } of (await this.#tree(tree)) ?? []) {
      const path = prefix + name;
      found.push({ path, mode, type, id });
      if (recursive && type === 'tree') found.push(...(await this.#walk(id, `${path}/`, true)));
    }
    return found;
  }

  async #sizeOf({ type, id }: { readonly type: ForgeEntryType; readonly id: string }): Promise<number | undefined> {
    if (type !== 'blob') return undefined;
    const known = this.#sizes.get(id);
    if (known !== undefined) return known;
    const object = await this.#objects.info(id);
    if (object) this.#sizes.set(id, object.size);
    return object?.size;
  }

  async #import(ref: string, request: Omit<ForgeCommit, 'branch' | 'expectedHead'>): Promise<string> {
    const printed = await this.#run(
      ['fast-import', '--quiet', '--force', '--date-format=now'],
      fastImport(ref, request),
    );
    return printed.toString().trim();
  }

  async #update(ref: string, commands: string): Promise<void> {
    try {
      await this.#run(['update-ref', '--no-deref', '-z', '--stdin'], commands);
    } catch (error) {
      throw new RefRefused(ref, await this.#ref(ref), String((error as Error).message));
    }
  }

  async #try(...args: readonly string[]): Promise<Buffer | undefined> {
    return this.#run(args).catch(() => undefined);
  }

  async #run(args: readonly string[], input: string | Uint8Array = ''): Promise<Buffer> {
    const child = spawn('git', args, { cwd: this.repository.path, env: this.repository.environment });
    const out: Buffer[] = [];
    const said: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => said.push(chunk));
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
    const code = await new Promise<number | null>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', resolve);
    });
    if (code !== 0) throw new Error(`git ${args[0]}: ${Buffer.concat(said).toString().trim()}`);
    return Buffer.concat(out);
  }
}

/** What cannot be a ref's name could be a revision of another kind: `main~1`. */
function isRefName(name: string): boolean {
  return !/[\0-\x20\x7f~^:?*[\\]|\.\.|@\{|\/\/|\/$|\.$|\.lock(\/|$)|\/\./.test(name);
}
