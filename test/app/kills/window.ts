import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DiskStorages } from '../../../src/adapters/disk/diskStorages.ts';
import { MemoryAccounts } from '../../../src/adapters/memory/memoryAccounts.ts';
import { SilentLog } from '../../../src/adapters/memory/silentLog.ts';
import type { ApiKey, ApiNode } from '../../../src/app/apiNode.ts';
import { ApiStore } from '../../../src/app/apiStore.ts';
import type { ConnectRequest } from '../../../src/app/connectRequest.ts';
import { createEngine, type Engine } from '../../../src/app/createEngine.ts';
import type { RepoPath } from '../../../src/core/model/repoPath.ts';
import { GitHost } from '../../../src/hosts/git/gitHost.ts';
import { createHasher } from '../../../src/platform/node/index.ts';
import type { Ask, QuestionKind, Questions } from '../../../src/ports/ask.ts';
import type { OperationContext } from '../../../src/ports/progress.ts';
import type { News } from '../../../src/ports/tell.ts';
import type { Timer } from '../../../src/ports/timer.ts';
import { OneHost } from '../oneHost.ts';
import { toldFs, toldStorages, told, type Passed } from './passedCalls.ts';
import { DiskPersonal, DiskWorkspace } from './windowFiles.ts';

export type Operation = 'connect' | 'pull' | 'push' | 'switch' | 'disconnect';

const answers: Partial<Record<QuestionKind, string>> = {
  switchWithChanges: 'takeAlong',
  pushDeletes: 'push',
  disconnect: 'disconnect',
};

const ask: Ask = {
  ask: <K extends QuestionKind>(kind: K) => Promise.resolve((answers[kind] ?? 'cancel') as Questions[K]['answer']),
};

const timer: Timer = {
  after(milliseconds, work) {
    const due = setTimeout(work, milliseconds);
    return { dispose: () => clearTimeout(due) };
  },
};

/** A window of VS Code without VS Code: the engine on the disk and on Git, with everything that it keeps in `place`. */
export class Window {
  readonly news: News[] = [];
  private readonly store = new ApiStore();
  private readonly engine: Engine;

  constructor(
    private readonly place: string,
    private readonly remote: string,
    passed: Passed = () => undefined,
    private readonly wanted: Partial<ConnectRequest> = {},
  ) {
    const hasher = createHasher();
    const clock = { now: () => Date.now() };
    const log = new SilentLog();
    const disk = new DiskStorages({ hasher, clock, log, platform: 'linux', fs: toldFs(passed) });
    const storage = join(place, 'storage');
    const host = new GitHost({ origin: 'file://', storage, gitPath: () => undefined, hasher, log });
    this.engine = createEngine({
      workspace: told(new DiskWorkspace(join(place, 'work')), 'workspace', passed),
      personal: told(new DiskPersonal(join(place, 'personal.json')), 'personal', passed),
      storages: toldStorages(disk, passed),
      editors: { unsaved: () => [], save: () => Promise.resolve() },
      ask,
      tell: { tell: (news) => void this.news.push(news) },
      hosts: new OneHost(told(host, 'host', passed)),
      accounts: new MemoryAccounts(),
      hasher,
      clock,
      timer,
      log,
      ids: { next: () => randomUUID() },
      store: this.store,
      platform: 'linux',
    });
  }

  async start(): Promise<void> {
    await this.engine.start();
    await this.engine.useCases.lookAll(quiet());
  }

  get node(): ApiNode | undefined {
    return this.store.apis[0];
  }

  /** `kind path` of everything that the plan says. */
  get plan(): readonly string[] {
    return (this.node?.sync?.plan ?? []).map(({ kind, path }) => `${kind} ${path}`);
  }

  async run(operation: Operation, message = 'Mine'): Promise<void> {
    const { useCases } = this.engine;
    switch (operation) {
      case 'connect':
        await useCases.connect(this.request, quiet());
        return;
      case 'pull':
        await useCases.pull(this.key, quiet());
        return;
      case 'push':
        await useCases.push(this.key, message, quiet());
        return;
      case 'switch':
        await useCases.switchBranch(this.key, 'develop', quiet());
        return;
      case 'disconnect':
        await useCases.disconnect(this.key, 'forEveryone', 'Pets', quiet());
    }
  }

  async markResolved(paths: readonly string[]): Promise<void> {
    await this.engine.useCases.markResolved(this.key, paths as readonly RepoPath[], quiet());
  }

  close(): void {
    this.engine.dispose();
  }

  private get key(): ApiKey {
    if (this.node === undefined) throw new Error('no API');
    return this.node.key;
  }

  private get request() {
    const workspaceFolder = pathToFileURL(join(this.place, 'work')).href;
    const where = { workspaceFolder, repository: this.remote, branch: 'main', localFolder: 'repo' };
    return { ...where, name: 'Pets', host: 'git', rootFile: 'openapi.yaml', ...this.wanted } as const;
  }
}

function quiet(): OperationContext {
  return { signal: new AbortController().signal, interactive: false, progress: { report: () => undefined } };
}
