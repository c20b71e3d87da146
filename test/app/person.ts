import { createHash } from 'node:crypto';
import { FixedClock } from '../../src/adapters/memory/fixedClock.ts';
import { MemoryAccounts } from '../../src/adapters/memory/memoryAccounts.ts';
import { MemoryStorages, type MemoryStorage } from '../../src/adapters/memory/memoryStorages.ts';
import type { ApiKey, ApiNode, SyncStatus } from '../../src/app/apiNode.ts';
import { ApiStore } from '../../src/app/apiStore.ts';
import type { ConnectRequest } from '../../src/app/connectRequest.ts';
import { createEngine, type Engine } from '../../src/app/createEngine.ts';
import { Failure } from '../../src/core/errors.ts';
import { Emitter, type Disposable } from '../../src/core/events.ts';
import type { BlobId } from '../../src/core/model/ids.ts';
import type { PathPlatform } from '../../src/core/model/pathRules.ts';
import type { RepoPath } from '../../src/core/model/repoPath.ts';
import type { HostId, RepositoryRef } from '../../src/core/model/repository.ts';
import type { CheckoutState } from '../../src/core/sync/checkoutState.ts';
import type { Ask, QuestionKind, Questions } from '../../src/ports/ask.ts';
import type { Editors } from '../../src/ports/editors.ts';
import type { Hasher } from '../../src/ports/hasher.ts';
import type { Session } from '../../src/ports/accounts.ts';
import type { HostDescription, Hosts } from '../../src/ports/hosts.ts';
import type { Log } from '../../src/ports/log.ts';
import type { Personal, RecentRepository, RepositoryKey } from '../../src/ports/personal.ts';
import type { OperationContext } from '../../src/ports/progress.ts';
import type { News, Tell } from '../../src/ports/tell.ts';
import type { Timer } from '../../src/ports/timer.ts';
import type { Workspace, WorkspaceFolder } from '../../src/ports/workspace.ts';
import { MemoryHost, type MemoryHostOptions } from '../forge/memory/memoryHost.ts';
import type { MemoryRepository } from '../forge/memory/memoryRepository.ts';

export const folderUri = 'file:///work';
export const hasher: Hasher = {
  blobId: (bytes) =>
    Promise.resolve(createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex') as BlobId),
};

export function context(
  signal: AbortSignal = new AbortController().signal,
  report: OperationContext['progress']['report'] = () => undefined,
): OperationContext {
  return { signal, interactive: true, progress: { report } };
}

export class FakeWorkspace implements Workspace {
  folders: readonly WorkspaceFolder[] = [{ uri: folderUri, name: 'work' }];
  trusted = true;
  readonly texts = new Map<string, string>();
  refuseWrites = false;
  private readonly changes = new Emitter<void>();
  readonly onDidChange = this.changes.event;

  readApisFile(folder: string): Promise<string | undefined> {
    return Promise.resolve(this.texts.get(folder));
  }

  async writeApisFile(folder: string, text: string, expected: string | undefined): Promise<void> {
    await Promise.resolve();
    if (this.refuseWrites) throw new Failure('writeFailed');
    if (this.texts.get(folder) !== expected) throw new Failure('changedMeanwhile');
    this.texts.set(folder, text);
    this.changes.fire();
  }

  change(): void {
    this.changes.fire();
  }
}

export class FakePersonal implements Personal {
  readonly approved = new Set<string>();
  readonly declined = new Set<string>();
  /** By the repository's id. */
  readonly bound = new Map<string, string>();
  recentRepositories: readonly RecentRepository[] = [];

  isApproved(key: string): boolean {
    return this.approved.has(key);
  }

  approve(key: string): Promise<void> {
    this.approved.add(key);
    return Promise.resolve();
  }

  revoke(key: string): Promise<void> {
    this.approved.delete(key);
    return Promise.resolve();
  }

  accountOf({ id }: RepositoryKey): string | undefined {
    return this.bound.get(id);
  }

  bindAccount({ id }: RepositoryKey, account: string | undefined): Promise<void> {
    if (account === undefined) this.bound.delete(id);
    else this.bound.set(id, account);
    return Promise.resolve();
  }

  isDeclined(key: string): boolean {
    return this.declined.has(key);
  }

  decline(key: string): Promise<void> {
    this.declined.add(key);
    return Promise.resolve();
  }

  rememberRepository(repository: RecentRepository): Promise<void> {
    this.recentRepositories = [repository, ...this.recentRepositories];
    return Promise.resolve();
  }
}

export class FakeEditors implements Editors {
  /** Path → what saving writes. */
  readonly dirty = new Map<string, string>();

  constructor(private readonly storages: MemoryStorages) {}

  unsaved(_workspaceFolder: string, _folder: string, paths: readonly RepoPath[]): readonly RepoPath[] {
    return paths.filter((path) => this.dirty.has(path));
  }

  save(workspaceFolder: string, folder: string, paths: readonly RepoPath[]): Promise<void> {
    for (const path of paths) {
      this.storages.at(workspaceFolder, folder).files.edit(path, this.dirty.get(path) ?? '');
      this.dirty.delete(path);
    }
    return Promise.resolve();
  }
}

/** Answers `cancel` to everything that was not foreseen. */
export class FakeAsk implements Ask {
  readonly asked: { kind: QuestionKind; facts: unknown }[] = [];
  readonly answers = new Map<QuestionKind, string>();

  ask<K extends QuestionKind>(kind: K, facts: Questions[K]['facts']): Promise<Questions[K]['answer']> {
    this.asked.push({ kind, facts });
    return Promise.resolve((this.answers.get(kind) ?? 'cancel') as Questions[K]['answer']);
  }
}

export class HeardNews implements Tell {
  readonly told: News[] = [];

  tell(news: News): void {
    this.told.push(news);
  }
}

/** Time that passes when a test says so. */
export class ManualTimer implements Timer {
  private readonly due = new Set<() => void>();

  after(_milliseconds: number, work: () => void): Disposable {
    const own = (): void => work();
    this.due.add(own);
    return { dispose: () => void this.due.delete(own) };
  }

  get waiting(): number {
    return this.due.size;
  }

  /** Everything that waits now is due. */
  fire(): void {
    for (const work of [...this.due]) {
      this.due.delete(work);
      work();
    }
  }
}

export class HeardLog implements Log {
  /** `level: line`, in order. */
  readonly lines: string[] = [];

  trace(message: string): void {
    this.lines.push(`trace: ${message}`);
  }

  info(message: string): void {
    this.lines.push(`info: ${message}`);
  }

  warn(message: string): void {
    this.lines.push(`warn: ${message}`);
  }

  error(message: string): void {
    this.lines.push(`error: ${message}`);
  }
}

/** One host. `git` takes addresses as they are; every other one's are made of its origin and a name. */
class FakeHosts implements Hosts {
  readonly descriptions: readonly HostDescription[];
  opened = 0;
  readonly byAccount = new Map<string, MemoryHost>();

  constructor(private readonly host: MemoryHost) {
    const { id, origin } = host;
    const token = { user: id === 'bitbucket' ? 'email' : 'none', page: () => `${origin}/tokens`, scopes: [] } as const;
    this.descriptions = [
      id === 'git'
        ? { id, icon: 'git-branch', addressing: 'url', selfManaged: true }
        : { id, icon: 'repo', addressing: 'list', defaultOrigin: origin, selfManaged: true, token },
    ];
  }

  /** One host per account, all with the same repositories. */
  open(id: HostId, origin: string, account?: string): Promise<MemoryHost> {
    this.opened++;
    if (account === undefined) return Promise.resolve(this.host);
    const known = this.byAccount.get(account);
    if (known !== undefined) return Promise.resolve(known);
    const host = new MemoryHost({ id, origin });
    for (const [repository, contents] of this.host.repositories) host.repositories.set(repository, contents);
    this.byAccount.set(account, host);
    return Promise.resolve(host);
  }

  openAs(id: HostId, origin: string, session: Session): Promise<MemoryHost> {
    const host = new MemoryHost({ id, origin, session });
    host.people = this.host.people;
    return Promise.resolve(host);
  }

  parseOrigin(_host: HostId, address: string): string {
    return address.replace(/\/+$/, '');
  }

  address({ host, origin, id, name }: RepositoryRef): string {
    return host === 'git' ? id : `${origin}/${name}`;
  }

  parse(host: HostId, address: string): RepositoryRef {
    if (address.startsWith('-')) throw new Failure('unsafeUrl', { detail: 'dash' });
    const prefix = `${this.host.origin}/`;
    const name = address.startsWith(prefix) ? address.slice(prefix.length) : address;
    return { host, origin: this.host.origin, id: name, name };
  }
}

/** One person with a window of their own; several may work on one repository. */
export class Person {
  readonly workspace: FakeWorkspace;
  readonly personal: FakePersonal;
  readonly storages: MemoryStorages;
  readonly editors: FakeEditors;
  readonly ask = new FakeAsk();
  readonly news = new HeardNews();
  readonly timer = new ManualTimer();
  readonly accounts: MemoryAccounts;
  readonly clock = new FixedClock(1_000);
  readonly log = new HeardLog();
  readonly host: MemoryHost;
  readonly hosts: FakeHosts;
  readonly store = new ApiStore();
  readonly engine: Engine;

  constructor(
    repositories: readonly MemoryRepository[],
    options: MemoryHostOptions & { readonly platform?: PathPlatform } = {},
    before?: Person,
  ) {
    this.workspace = before?.workspace ?? new FakeWorkspace();
    this.personal = before?.personal ?? new FakePersonal();
    this.accounts = before?.accounts ?? new MemoryAccounts();
    this.storages = before?.storages ?? new MemoryStorages(hasher);
    this.editors = new FakeEditors(this.storages);
    this.host = before?.host ?? new MemoryHost(options);
    this.hosts = new FakeHosts(this.host);
    for (const repository of repositories) this.host.repositories.set(repository.id, repository);
    let ids = 0;
    this.engine = createEngine({
      workspace: this.workspace,
      personal: this.personal,
      storages: this.storages,
      editors: this.editors,
      ask: this.ask,
      tell: this.news,
      timer: this.timer,
      hosts: this.hosts,
      accounts: this.accounts,
      hasher,
      clock: this.clock,
      log: this.log,
      store: this.store,
      platform: options.platform ?? 'linux',
      ids: { next: () => `id-${String(++ids)}` },
    });
  }

  /** The same person after the window was closed and opened again. */
  restarted(): Person {
    this.engine.dispose();
    this.storages.abandonLeases();
    return new Person([], {}, this);
  }

  get use(): Engine['useCases'] {
    return this.engine.useCases;
  }

  files(folder = 'repo'): MemoryStorage['files'] {
    return this.storages.at(folderUri, folder).files;
  }

  edit(path: string, text: string, folder = 'repo'): void {
    this.files(folder).edit(path as RepoPath, text);
  }

  text(path: string, folder = 'repo'): string | undefined {
    return this.files(folder).text(path as RepoPath);
  }

  async state(folder = 'repo'): Promise<CheckoutState | undefined> {
    return this.storages.at(folderUri, folder).state.load();
  }

  async connect(change: Partial<ConnectRequest> = {}): Promise<ApiKey> {
    return this.use.connect(request(change), context());
  }

  /** As after reading its name in the question. */
  async approveServer(key: ApiKey): Promise<void> {
    const repository = this.node(key).api.connection?.repository;
    if (repository !== undefined) await this.use.approveServer(repository);
  }

  node(key: ApiKey): ApiNode {
    const node = this.store.get(key);
    if (node === undefined) throw new Error(`no API ${key}`);
    return node;
  }

  sync(key: ApiKey): SyncStatus {
    const { sync } = this.node(key);
    if (sync === undefined) throw new Error(`${key} was not looked at`);
    return sync;
  }

  /** `kind path` of each item, e.g. `outgoing a.yaml`. */
  plan(key: ApiKey): readonly string[] {
    return this.sync(key).plan.map((item) => `${item.kind} ${item.path}`);
  }

  async look(key: ApiKey): Promise<void> {
    await this.use.look(this.sync(key).checkout, context());
  }

  pull(key: ApiKey): ReturnType<Engine['useCases']['pull']> {
    return this.use.pull(key, context());
  }

  push(key: ApiKey, message = 'Changes'): ReturnType<Engine['useCases']['push']> {
    return this.use.push(key, message, context());
  }
}

export function request(change: Partial<ConnectRequest> = {}): ConnectRequest {
  return {
    workspaceFolder: folderUri,
    name: 'Pets',
    host: 'git',
    repository: 'repo',
    branch: 'main',
    rootFile: 'openapi.yaml',
    localFolder: 'repo',
    ...change,
  };
}
