import { rmSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { nodeFs } from '../../../src/adapters/disk/diskFs.ts';
import { DiskStorages } from '../../../src/adapters/disk/diskStorages.ts';
import { FixedClock } from '../../../src/adapters/memory/fixedClock.ts';
import { SilentLog } from '../../../src/adapters/memory/silentLog.ts';
import type { ApiKey } from '../../../src/app/apiNode.ts';
import type { BlobId } from '../../../src/core/model/ids.ts';
import type { RepoPath } from '../../../src/core/model/repoPath.ts';
import { branchState, type CheckoutState } from '../../../src/core/sync/checkoutState.ts';
import type { PlanItem } from '../../../src/core/sync/planItem.ts';
import type { CheckoutStorage, CheckoutStorages } from '../../../src/ports/checkoutStorage.ts';
import type { RepositoryHost } from '../../../src/ports/repositoryHost.ts';
import { OneHost } from '../oneHost.ts';
import { folderUri, hasher, Person } from '../person.ts';
import { Life, mortalStorages } from './life.ts';
import { DiskFolder, MemoryFolder, type ModelFolder } from './modelFolder.ts';
import type { ModelFile, ModelRepository } from './modelRepository.ts';
import { wordsIn, wordsOf, without } from './words.ts';
import { Wire } from './wire.ts';

/** Everything that is in a person's folder at one moment. */
export interface Moment {
  readonly files: ReadonlyMap<string, ModelFile>;
  readonly state: CheckoutState;
  /** Words in the folder that were never agreed on with the repository. */
  readonly own: readonly string[];
  /** Words that wait on other branches. */
  readonly parked: readonly string[];
}

const allNames = (names: readonly string[]): readonly string[] => ['openapi.yaml', ...names];

/** One of those who work on the repository, with a folder of their own; windows come and go. */
export class Actor {
  readonly wire = new Wire();
  readonly folder: ModelFolder;
  /** Words of others that this one deleted, replaced or overruled by hand. */
  readonly removed = new Set<string>();
  /** Words of others that this one insisted on. */
  readonly restored = new Set<string>();
  life = new Life();
  person: Person;
  key = '' as ApiKey;
  private readonly host: RepositoryHost;
  private readonly storages: CheckoutStorages;
  private readonly uri: string;

  /** @param place a folder of the disk; `undefined`: in memory. */
  constructor(
    readonly name: string,
    private readonly repository: ModelRepository,
    private readonly names: readonly string[],
    place?: string,
  ) {
    this.host = repository.host();
    this.person = new Person([]);
    this.uri = place === undefined ? folderUri : pathToFileURL(place).href;
    this.person.workspace.folders = [{ uri: this.uri, name: 'work' }];
    const { storages } = this.person;
    const open = storages.open.bind(storages);
    const tools = { hasher, clock: new FixedClock(), log: new SilentLog(), platform: 'linux' } as const;
    this.storages = place === undefined ? { open } : new DiskStorages({ ...tools, fs: nodeFs });
    this.folder =
      place === undefined ? new MemoryFolder(() => storages.at(folderUri, 'repo')) : new DiskFolder(`${place}/repo`);
    this.connectPorts();
  }

  async connect(): Promise<void> {
    this.key = await this.person.connect({ repository: this.repository.address, workspaceFolder: this.uri });
  }

  /** The window is gone, killed or closed, and another is opened. */
  async restart(): Promise<void> {
    this.life.dead = true;
    // What tells that a process has ended is its number, and this one lives on.
    rmSync(new URL(`${this.uri}/repo/.api-source-control/lease.json`), { force: true });
    this.life = new Life();
    const { dirty } = this.person.editors;
    this.person = this.person.restarted();
    // What was typed and not saved is kept by the editor.
    for (const [path, text] of dirty) this.type(path, text);
    this.connectPorts();
    await this.person.engine.start();
    await this.person.use.lookAll(quiet());
  }

  storage(): Promise<CheckoutStorage> {
    return this.storages.open(this.uri, 'repo');
  }

  async moment(): Promise<Moment> {
    const { state: store, blobs } = await this.storage();
    const state = await store.load();
    if (state === undefined) throw new Error(`${this.name} remembers nothing`);
    const text = async (id: BlobId | undefined): Promise<string | undefined> => {
      const bytes = id === undefined ? undefined : await blobs.get(id);
      return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
    };
    const agreed = await Promise.all([...branchState(state).base.values()].map(({ id }) => text(id)));
    const parked = new Set<string>();
    for (const files of state.parked?.values() ?? []) {
      for (const { base, local } of files.values()) {
        for (const word of without(wordsOf(await text(local?.id)), wordsOf(await text(base?.id)))) parked.add(word);
      }
    }
    const files = this.files();
    return { files, state, own: without(wordsIn(files), wordsOf(...agreed)), parked: [...parked] };
  }

  /** What this one and the repository last agreed on. */
  async agreedText(path: string): Promise<string | undefined> {
    const { state: store, blobs } = await this.storage();
    const state = await store.load();
    const id = state === undefined ? undefined : branchState(state).base.get(path as RepoPath)?.id;
    const bytes = id === undefined ? undefined : await blobs.get(id);
    return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
  }

  files(): ReadonlyMap<string, ModelFile> {
    const files = new Map<string, ModelFile>();
    for (const name of allNames(this.names)) {
      const file = this.folder.read(name);
      if (file !== undefined) files.set(name, file);
    }
    return files;
  }

  /** What the last look said; empty where there was none. */
  get plan(): readonly PlanItem[] {
    return this.person.store.get(this.key)?.sync?.plan ?? [];
  }

  get branch(): string {
    return this.person.store.get(this.key)?.sync?.branch ?? 'main';
  }

  /** Typed and not saved. */
  type(path: string, text: string): void {
    this.person.editors.dirty.set(path, text);
  }

  /** What is in the editor and not saved. */
  typed(path: string): string | undefined {
    return this.person.editors.dirty.get(path);
  }

  close(path: string): void {
    this.person.editors.dirty.delete(path);
  }

  private connectPorts(): void {
    const { person, life, wire } = this;
    person.storages.open = mortalStorages(this.storages, life).open;
    const host = wire.to(this.host, life);
    const open = (): Promise<RepositoryHost> => Promise.resolve(host);
    if (this.repository.address !== 'repo') {
      const one = new OneHost(host);
      Object.assign(person.hosts, { parse: one.parse.bind(one), parseOrigin: one.parseOrigin.bind(one) });
    }
    Object.assign(person.hosts, { open, openAs: open });
    const answers = { pushDeletes: 'push', unsavedBeforePush: 'saveAndPush', rewrittenBranch: 'compareAgain' };
    for (const [question, answer] of Object.entries(answers)) {
      person.ask.answers.set(question as keyof typeof answers, answer);
    }
    person.ask.answers.set('discard', 'discard');
    person.ask.answers.set('acceptTheirs', 'acceptTheirs');
    // Saving an editor writes where the person's files are.
    person.editors.save = (_workspace, _folder, paths: readonly RepoPath[]) => {
      for (const path of paths) {
        const text = person.editors.dirty.get(path) ?? '';
        this.folder.write(path, { text, executable: this.folder.read(path)?.executable ?? false });
        person.editors.dirty.delete(path);
      }
      return Promise.resolve();
    };
  }
}

export function quiet(): { signal: AbortSignal; interactive: boolean; progress: { report: () => undefined } } {
  return { signal: new AbortController().signal, interactive: false, progress: { report: () => undefined } };
}
