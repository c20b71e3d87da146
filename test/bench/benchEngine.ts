import { pathToFileURL } from 'node:url';
import { DiskStorages } from '../../src/adapters/disk/diskStorages.ts';
import { MemoryAccounts } from '../../src/adapters/memory/memoryAccounts.ts';
import { SilentLog } from '../../src/adapters/memory/silentLog.ts';
import { ApiStore } from '../../src/app/apiStore.ts';
import { createEngine, type Engine } from '../../src/app/createEngine.ts';
import { OneHost } from '../app/oneHost.ts';
import { pathPlatform } from '../../src/platform/node/index.ts';
import { FakeAsk, FakePersonal, FakeWorkspace, hasher, HeardNews, ManualTimer } from '../app/person.ts';
import type { GitBench } from '../contract/git/gitBench.ts';

/** The engine as the extension builds it: a real disk, real Git with a mirror of its own, nobody to ask. */
export function benchEngine(bench: GitBench, folder: string): { readonly engine: Engine; readonly store: ApiStore } {
  const store = new ApiStore();
  const workspace = new FakeWorkspace();
  workspace.folders = [{ uri: pathToFileURL(folder).href, name: 'bench' }];
  const host = bench.host();
  // A minute ahead: what was written a moment ago does not count as "perhaps written again since".
  const clock = { now: () => Date.now() + 60_000 };
  const log = new SilentLog();
  const engine = createEngine({
    workspace,
    personal: new FakePersonal(),
    storages: new DiskStorages({ hasher, clock, log, platform: pathPlatform() }),
    editors: { unsaved: () => [], save: () => Promise.resolve() },
    ask: new FakeAsk(),
    tell: new HeardNews(),
    timer: new ManualTimer(),
    hosts: new OneHost(host),
    accounts: new MemoryAccounts(),
    hasher,
    clock,
    log,
    ids: { next: () => crypto.randomUUID() },
    store,
    platform: pathPlatform(),
  });
  return { engine, store };
}
