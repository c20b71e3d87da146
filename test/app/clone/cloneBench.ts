import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DiskStorages } from '../../../src/adapters/disk/diskStorages.ts';
import { FixedClock } from '../../../src/adapters/memory/fixedClock.ts';
import { MemoryAccounts } from '../../../src/adapters/memory/memoryAccounts.ts';
import { SilentLog } from '../../../src/adapters/memory/silentLog.ts';
import type { ApiKey } from '../../../src/app/apiNode.ts';
import { ApiStore } from '../../../src/app/apiStore.ts';
import { createCloneVerbs } from '../../../src/app/clone/cloneVerbs.ts';
import { createEngine, type Engine } from '../../../src/app/createEngine.ts';
import { Failure } from '../../../src/core/errors.ts';
import { GitClones } from '../../../src/hosts/git/clone/gitClones.ts';
import type { Editors } from '../../../src/ports/editors.ts';
import type { OpenClones } from '../../../src/ports/openClones.ts';
import { GitBench } from '../../contract/git/gitBench.ts';
import { root, schema } from '../definitions.ts';
import { OneHost } from '../oneHost.ts';
import { context, FakeAsk, FakePersonal, FakeWorkspace, hasher, HeardNews, ManualTimer, request } from '../person.ts';

/** What Git says of a clone: its status, its newest commits, its stashes, its index. */
export interface GitsWords {
  readonly status: string;
  readonly log: string;
  readonly stash: string;
  readonly index: string;
}

/** A person with a clone of their own, a repository with one API behind a server, and a teammate. */
export class CloneBench {
  readonly store = new ApiStore();
  readonly ask = new FakeAsk();
  readonly dirty = new Set<string>();
  /** What the window has open besides. */
  readonly open: { readonly roots: string[]; readonly onDidChange: OpenClones['onDidChange'] } = {
    roots: [] as string[],
    onDidChange: () => ({ dispose: () => undefined }),
  };
  readonly clones: GitClones;
  private engine: Engine | undefined;

  private constructor(
    readonly bench: GitBench,
    readonly clone: string,
  ) {
    const disk = new DiskStorages({ hasher, clock: new FixedClock(), log: new SilentLog(), platform: 'linux' });
    this.clones = new GitClones({
      gitPath: () => undefined,
      hasher,
      log: new SilentLog(),
      openStorage: (folder, memory) => disk.openAt(folder, memory),
    });
  }

  /** `clone`: more words for `git clone`. */
  static async open(...clone: readonly string[]): Promise<CloneBench> {
    const bench = await GitBench.open();
    bench.repository.push('main', {
      'openapi.yaml': root('pet.yaml', 'deep/tag.yaml'),
      'pet.yaml': schema(),
      'deep/tag.yaml': 'type: object\na: 1\nb: 2\nc: 3\nd: 4\n',
      'other.txt': 'other\n',
      'lib/code.txt': 'code\n',
    });
    const folder = bench.sandbox.path('work', 'payments');
    mkdirSync(dirname(folder), { recursive: true });
    bench.sandbox.git(dirname(folder), 'clone', '--quiet', ...clone, bench.repository.url, folder);
    return new CloneBench(bench, folder);
  }

  /** The engine of a window that has `folder` open. */
  get use(): Engine['useCases'] {
    return (this.engine ??= this.start(this.clone)).useCases;
  }

  start(folder: string): Engine {
    const workspace = new FakeWorkspace();
    workspace.folders = [{ uri: pathToFileURL(folder).href, name: 'work' }];
    const editors: Editors = {
      unsaved: (_workspace, _folder, paths) => paths.filter((path) => this.dirty.has(path)),
      save: () => Promise.resolve(),
    };
    const disk = new DiskStorages({ hasher, clock: new FixedClock(), log: new SilentLog(), platform: 'linux' });
    this.engine = createEngine({
      workspace,
      personal: new FakePersonal(),
      storages: disk,
      editors,
      ask: this.ask,
      tell: new HeardNews(),
      timer: new ManualTimer(),
      hosts: new OneHost(this.bench.host({ origin: 'file://' })),
      accounts: new MemoryAccounts(),
      hasher,
      clock: new FixedClock(),
      log: new SilentLog(),
      ids: { next: () => 'pets' },
      store: this.store,
      platform: 'linux',
      clones: { places: this.clones, open: this.open, verbs: (parts) => Promise.resolve(createCloneVerbs(parts)) },
    });
    return this.engine;
  }

  connect(
    folder = this.clone,
    repository = this.bench.repository.url,
    localFolder = '',
    branch = 'main',
  ): Promise<ApiKey> {
    const workspaceFolder = pathToFileURL(folder).href;
    if (this.engine === undefined) this.start(folder);
    return this.use.connect(request({ workspaceFolder, repository, localFolder, branch }), context());
  }

  push(api: ApiKey, message = 'Changes pets'): ReturnType<Engine['useCases']['push']> {
    return this.use.push(api, message, context());
  }

  pull(api: ApiKey): ReturnType<Engine['useCases']['pull']> {
    return this.use.pull(api, context());
  }

  async look(api: ApiKey): Promise<readonly string[]> {
    const checkout = this.store.get(api)?.sync?.checkout;
    if (checkout !== undefined) await this.use.look(checkout, context());
    return this.plan(api);
  }

  plan(api: ApiKey): readonly string[] {
    return (this.store.get(api)?.sync?.plan ?? []).map((item) => `${item.kind} ${item.path}`);
  }

  /** What a teammate does. */
  theirs(edits: Readonly<Record<string, string | null>>, branch = 'main'): string {
    return this.bench.repository.push(branch, edits);
  }

  write(path: string, text: string, folder = this.clone): void {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }

  read(path: string, folder = this.clone): string | undefined {
    const file = join(folder, path);
    return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  }

  git(...args: readonly string[]): string {
    return this.bench.sandbox.git(this.clone, ...args);
  }

  /** The paths that the newest commit of `revision` changed, and how. */
  changed(revision = 'HEAD', folder = this.clone): readonly string[] {
    const args = ['diff-tree', '--root', '-r', '--name-status', '--no-commit-id', revision];
    return this.bench.sandbox
      .git(folder, ...args)
      .trim()
      .split('\n')
      .map((line) => line.replace('\t', ' '));
  }

  words(folder = this.clone): GitsWords {
    const git = (...args: readonly string[]): string => this.bench.sandbox.tryGit(folder, ...args) ?? '(none)';
    return {
      status: git('status', '--porcelain=v2', '--untracked-files=all'),
      log: git('log', '--format=%H %s', '--all'),
      stash: git('stash', 'list'),
      index: git('ls-files', '--stage'),
    };
  }

  async close(): Promise<void> {
    this.engine?.dispose();
    await this.bench.close();
  }
}

/** The reason and the words of a refusal; fails when there was none. */
export async function refusal(work: Promise<unknown>): Promise<Failure> {
  const outcome = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!Failure.is(outcome)) throw new Error(`expected a Failure, got ${String(outcome)}`);
  return outcome;
}
