import assert from 'node:assert/strict';
import { FixedClock } from '../../src/adapters/memory/fixedClock.ts';
import { MemoryAccounts } from '../../src/adapters/memory/memoryAccounts.ts';
import { MemoryStorages } from '../../src/adapters/memory/memoryStorages.ts';
import { SilentLog } from '../../src/adapters/memory/silentLog.ts';
import type { ApiKey } from '../../src/app/apiNode.ts';
import { ApiStore } from '../../src/app/apiStore.ts';
import { createEngine, type Engine } from '../../src/app/createEngine.ts';
import type { RepoPath } from '../../src/core/model/repoPath.ts';
import type { HostId } from '../../src/core/model/repository.ts';
import type { Hosts } from '../../src/ports/hosts.ts';
import type { RepositoryHost } from '../../src/ports/repositoryHost.ts';
import { root, schema } from '../app/definitions.ts';
import {
  context,
  FakeAsk,
  FakeEditors,
  FakePersonal,
  FakeWorkspace,
  folderUri,
  HeardNews,
  ManualTimer,
  request,
} from '../app/person.ts';
import { hasher } from './forgeTools.ts';
import type { HostCosts, HostUnderTest, World } from './hostUnderTest.ts';
import { call, isLong } from './support.ts';

/** An API whose root leads to `middle` files, and each of those to some of `leaves`, in a repository of many more. */
const size = isLong
  ? { files: 2_000, middle: 59, leaves: 240, changed: 60 }
  : { files: 400, middle: 14, leaves: 45, changed: 23 };

/** What a person's clicks cost at the host: the engine asks for nothing that it could do without. */
export function engineContract(subject: HostUnderTest, costs: HostCosts): void {
  let world: World;
  let host: RepositoryHost;
  let name: string;
  let storages: MemoryStorages;
  let store: ApiStore;
  let engine: Engine;
  beforeEach(async () => {
    world = await subject.open();
    host = world.host;
    name = world.access?.fullName ?? world.repository;
    store = new ApiStore();
    storages = new MemoryStorages(hasher);
    let ids = 0;
    engine = createEngine({
      workspace: new FakeWorkspace(),
      personal: new FakePersonal(),
      storages,
      editors: new FakeEditors(storages),
      ask: new FakeAsk(),
      tell: new HeardNews(),
      timer: new ManualTimer(),
      hosts: new OnlyHost(host),
      accounts: new MemoryAccounts(),
      hasher,
      clock: new FixedClock(1_000),
      log: new SilentLog(),
      store,
      platform: 'linux',
      ids: { next: () => `id-${String(++ids)}` },
    });
    world.push('main', api(size));
  });
  afterEach(async () => {
    engine.dispose();
    await world.close();
  });

  const connect = (change: Parameters<typeof request>[0] = {}): Promise<ApiKey> =>
    engine.useCases.connect(request({ host: host.id, repository: name, ...change }), context());
  /** As by the clock: a person's look asks for the repository's present name, too. */
  const look = (key: ApiKey) =>
    engine.useCases.look(store.get(key)!.sync!.checkout, { ...context(), interactive: false });
  const count = async (work: () => Promise<unknown>) => (await world.forge!.count(work)).requests;
  const asked = () => world.forge!.requests.map(({ method, path }) => `${method} ${path}`).join('\n');
  const files = () => storages.at(folderUri, 'repo').files;

  it('connects for the price of the name, the head, the tree and a batch for every level', async () => {
    const named = await count(() => world.teammate.repository(name, call()));
    const requests = await count(() => connect());
    const tree = { files: size.files, folders: 3 };
    const expected = named + costs.connect(tree, [1, size.middle, size.leaves]);
    assert.equal(requests, expected, asked());
    assert.equal((await files().list('')).length, 1 + size.middle + size.leaves);
  });

  it('looks once for all APIs of a branch', async () => {
    world.push('main', { 'second.yaml': root('leaves/0.yaml') });
    const key = await connect();
    const second = await connect({ name: 'Other', rootFile: 'second.yaml', collectionFolder: 'collections' });
    assert.notEqual(second, key);
    assert.equal(await count(() => look(key)), costs.poll, asked());
    assert.equal(await count(() => look(key)), costs.poll, asked());
  });

  it(`pulls ${size.changed} changed files and what they newly lead to`, async () => {
    const key = await connect();
    const changed = Object.fromEntries(
      Array.from({ length: size.changed }, (_, index) => [`leaves/${index}.yaml`, `${schema()}# changed ${index}\n`]),
    );
    changed['leaves/0.yaml'] = schema('new.yaml');
    world.push('main', { ...changed, 'leaves/new.yaml': schema() });
    const requests = await count(async () => {
      await look(key);
      await engine.useCases.pull(key, context());
    });
    // Whether the new head comes after ours is one more question; a look at the head goes before the pull.
    const expected = 2 * costs.poll + 1 + costs.pull(size.changed) + costs.pull(1);
    assert.ok(requests <= expected, `${requests}, not ${expected}:\n${asked()}`);
    assert.equal(files().text('leaves/new.yaml' as RepoPath), schema());
  });

  it('pushes with one look before', async function () {
    if (subject.commits === false) this.skip();
    const key = await connect();
    for (let index = 0; index < size.changed; index++) {
      files().edit(`leaves/${index}.yaml` as RepoPath, `${schema()}# mine\n`);
    }
    await look(key);
    const requests = await count(() => engine.useCases.push(key, 'Mine', context()));
    const expected = costs.poll + costs.push(size.changed, 'texts');
    assert.ok(requests <= expected, `${requests}, not ${expected}:\n${asked()}`);
    const [newest] = world.historyOf('main');
    assert.match(newest!.message, /^Mine/);
  });
}

function api({ files, middle, leaves }: typeof size): Record<string, string> {
  const share = Math.ceil(leaves / middle);
  const middles = Array.from({ length: middle }, (_, index) => {
    const own = Array.from({ length: share }, (_, at) => index * share + at).filter((leaf) => leaf < leaves);
    return [`middle/${index}.yaml`, schema(...own.map((leaf) => `../leaves/${leaf}.yaml`))] as const;
  });
  const last = Array.from(
    { length: leaves },
    (_, index) => [`leaves/${index}.yaml`, `${schema()}# ${index}\n`] as const,
  );
  const others = files - 1 - middle - leaves;
  return Object.fromEntries([
    ['openapi.yaml', root(...middles.map(([path]) => path))],
    ...middles,
    ...last,
    ...Array.from({ length: others }, (_, index) => [`other/${index}.yaml`, `n: ${index}\n`] as const),
  ]);
}

/** Addresses are names, as on every host with lists. */
class OnlyHost implements Hosts {
  readonly descriptions;

  constructor(private readonly host: RepositoryHost) {
    const { id } = host;
    this.descriptions = [{ id, icon: 'repo', addressing: 'list', selfManaged: true }] as const;
  }

  open(): Promise<RepositoryHost> {
    return Promise.resolve(this.host);
  }

  openAs(): Promise<RepositoryHost> {
    return this.open();
  }

  parse(host: HostId, address: string): ReturnType<Hosts['parse']> {
    return { host, origin: this.host.origin, id: address, name: address };
  }

  parseOrigin(): string {
    return this.host.origin;
  }

  address({ name }: { readonly name: string }): string {
    return name;
  }
}
