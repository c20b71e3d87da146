import assert from 'node:assert/strict';
import type { ApiKey } from '../../src/app/apiNode.ts';
import { Failure } from '../../src/core/errors.ts';
import type { RepoPath } from '../../src/core/model/repoPath.ts';
import type { RepositoryHost } from '../../src/ports/repositoryHost.ts';
import { MemoryRepository } from '../forge/memory/memoryRepository.ts';
import { root } from './definitions.ts';
import { context, folderUri, Person } from './person.ts';

/** How the network goes away: before a call gets out, or after it took effect and before its answer is here. */
type Cut = 'offline' | 'answer lost';

/** Calls after which the host is another one. */
const writing = ['commit', 'createBranch', 'deleteBranch', 'createPullRequest'];

/** What lies between a person and the host. It breaks at one call, and stays broken until it is mended. */
class Line {
  readonly calls: string[] = [];
  private breaksAt = Number.POSITIVE_INFINITY;
  private cut: Cut = 'offline';
  private isDown = false;

  breakAt(call: number, cut: Cut): void {
    this.calls.length = 0;
    this.breaksAt = call;
    this.cut = cut;
  }

  down(): void {
    this.isDown = true;
  }

  mend(): void {
    this.breaksAt = Number.POSITIVE_INFINITY;
    this.isDown = false;
  }

  to(host: RepositoryHost): RepositoryHost {
    return new Proxy(host, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name, target);
        if (typeof value !== 'function' || typeof name === 'symbol' || name === 'webUrl') return value;
        return (...args: readonly unknown[]): unknown => this.pass(name, () => Reflect.apply(value, target, args));
      },
    });
  }

  private pass(name: string, call: () => unknown): unknown {
    const isLast = this.calls.push(name) - 1 === this.breaksAt;
    if (isLast) this.isDown = true;
    if (isLast && this.cut === 'answer lost') return lost(call() as Promise<unknown>);
    if (!this.isDown) return call();
    return name.startsWith('list') ? noPages() : Promise.reject(new Failure('offline'));
  }
}

async function lost(answer: Promise<unknown>): Promise<never> {
  await answer;
  throw new Failure('answerLost');
}

// A list that ends before its first page.
async function* noPages(): AsyncGenerator<never> {
  throw new Failure('offline');
}

const lines = (first: string, last = 'start'): string => `first: ${first}\nb: 1\nc: 1\nd: 1\ne: 1\nlast: ${last}\n`;
const mine = 'Mine';

/** A person with a connection, a repository that others work on, and the line between the two. */
class Scene {
  readonly repository = new MemoryRepository('repo', 'repo');
  readonly line = new Line();
  me = new Person([this.repository], { pages: true });
  api = '' as ApiKey;

  constructor() {
    const files = ['a.yaml', 'b.yaml', 'c.yaml', 'd.yaml'];
    const texts = Object.fromEntries(files.map((name) => [name, lines('start')]));
    const start = this.repository.push('main', { 'openapi.yaml': root(...files), ...texts });
    for (const branch of ['develop', 'old']) this.repository.moveTo(branch, start);
    this.repository.push('develop', incoming);
    this.plugIn();
  }

  async connect(): Promise<void> {
    this.api = await this.me.connect();
  }

  /** Another window, which remembers nothing but what is in the folder. */
  async restart(): Promise<void> {
    this.me = this.me.restarted();
    this.plugIn();
    await this.me.engine.start();
  }

  get folder(): Readonly<Record<string, string | undefined>> {
    const { files } = this.me.storages.at(folderUri, 'repo');
    const names = ['openapi.yaml', 'a.yaml', 'b.yaml', 'c.yaml', 'd.yaml', 'e.yaml'];
    return Object.fromEntries(names.map((name) => [name, files.text(name as RepoPath)]));
  }

  commits(branch: string): number {
    const head = this.repository.branches.get(branch);
    return head === undefined ? 0 : this.repository.history(head).filter(({ message }) => message === mine).length;
  }

  private plugIn(): void {
    const { me } = this;
    const host = this.line.to(me.host);
    const open = (): Promise<RepositoryHost> => Promise.resolve(host);
    Object.assign(me.hosts, { open, openAs: open });
    me.ask.answers.set('switchWithChanges', 'takeAlong');
    me.ask.answers.set('deleteBranch', 'delete');
  }
}

const incoming = {
  'openapi.yaml': root('a.yaml', 'b.yaml', 'd.yaml', 'e.yaml'),
  'a.yaml': lines('theirs'),
  'b.yaml': lines('theirs'),
  'c.yaml': null,
  'e.yaml': lines('theirs'),
};

interface Operation {
  /** What is so before it, beside the connection. */
  prepare(scene: Scene): Promise<void> | void;
  run(scene: Scene): Promise<unknown>;
  /** What goes on from where it stopped, once the network is back; else it is run again. */
  resume?(scene: Scene): Promise<unknown>;
  /** It has done everything, and once. */
  verify(scene: Scene): void;
}

function editAll({ me }: Scene): void {
  me.edit('openapi.yaml', root('a.yaml', 'b.yaml', 'd.yaml', 'e.yaml'));
  me.edit('a.yaml', lines('mine'));
  me.edit('e.yaml', lines('mine'));
  me.files().remove('c.yaml' as RepoPath);
}

const operations: Readonly<Record<string, Operation>> = {
  connect: {
    prepare: () => undefined,
    run: (scene) => scene.connect(),
    verify: ({ me }) => {
      assert.equal(me.text('a.yaml'), lines('start'));
      assert.equal(me.store.apis.length, 1);
    },
  },
  refresh: {
    prepare: ({ repository, me }) => {
      me.edit('b.yaml', lines('start', 'mine'));
      repository.push('main', incoming);
    },
    run: ({ me }) => me.use.lookAll(context()),
    verify: ({ me, api }) => assert.equal(me.sync(api).incoming, 5),
  },
  pull: {
    prepare: ({ repository, me }) => {
      me.edit('b.yaml', lines('start', 'mine'));
      repository.push('main', incoming);
    },
    run: ({ me, api }) => me.pull(api),
    verify: ({ me, api, folder }) => {
      assert.deepEqual([folder['a.yaml'], folder['b.yaml']], [lines('theirs'), lines('theirs', 'mine')]);
      assert.deepEqual([folder['c.yaml'], folder['e.yaml']], [undefined, lines('theirs')]);
      assert.deepEqual(me.plan(api), ['outgoing b.yaml']);
    },
  },
  push: {
    prepare: editAll,
    run: ({ me, api }) => me.push(api, mine),
    verify: (scene) => {
      assert.equal(scene.commits('main'), 1);
      assert.deepEqual(scene.me.plan(scene.api), []);
    },
  },
  switch: {
    prepare: ({ me }) => me.edit('d.yaml', lines('mine')),
    run: ({ me, api }) => me.use.switchBranch(api, 'develop', context()),
    verify: ({ me, api, folder }) => {
      assert.equal(me.sync(api).branch, 'develop');
      assert.deepEqual([folder['a.yaml'], folder['d.yaml']], [lines('theirs'), lines('mine')]);
    },
  },
  'create branch': {
    prepare: ({ me }) => me.edit('d.yaml', lines('mine')),
    run: ({ me, api }) => me.use.createBranch(api, 'feature', 'main', context()),
    resume: async (scene) => {
      if (scene.me.sync(scene.api).branch !== 'feature') await operations['create branch']?.run(scene);
    },
    verify: ({ me, api, repository }) => {
      assert.equal(me.sync(api).branch, 'feature');
      assert.equal(repository.branches.get('feature'), repository.branches.get('main'));
      assert.deepEqual(me.plan(api), ['outgoing d.yaml']);
    },
  },
  'delete branch': {
    prepare: () => undefined,
    run: ({ me, api }) => me.use.deleteBranch(api, 'old', context()),
    verify: ({ repository }) => assert.equal(repository.branches.get('old'), undefined),
  },
  'publish to a new branch': {
    prepare: editAll,
    run: async ({ me, api }) => {
      const { failure } = await me.use.pushToNewBranch(
        api,
        { branch: 'feature', message: mine, title: 'Ours' },
        context(),
      );
      if (failure !== undefined) throw failure;
    },
    // What is there already is said, and what is missing has a command of its own.
    resume: async (scene) => {
      const { me, api } = scene;
      if (me.sync(api).branch !== 'feature') return operations['publish to a new branch']?.run(scene);
      if (me.plan(api).length > 0) await me.push(api, mine);
      if (me.host.pullRequests.length > 0) return undefined;
      return me.use.createPullRequest(api, { to: 'main', title: 'Ours', body: '' }, context());
    },
    verify: (scene) => {
      assert.deepEqual([scene.commits('feature'), scene.commits('main')], [1, 0]);
      assert.equal(scene.me.host.pullRequests.length, 1);
      assert.deepEqual(scene.me.plan(scene.api), []);
    },
  },
};

describe('a network that goes away', () => {
  const table = new Map<string, string>();
  after(() => {
    if (process.env['OFFLINE'] === '1') {
      for (const [point, outcome] of table) process.stdout.write(`${point} → ${outcome}\n`);
    }
  });

  for (const [name, operation] of Object.entries(operations)) {
    it(`Promise 7: at any call of ${name}: leaves everything as it was, and is in nobody’s way`, async () => {
      const whole = await prepared(name, operation);
      await operation.run(whole);
      operation.verify(whole);
      const { calls } = whole.line;
      assert.ok(calls.length > 1, calls.join());
      for (const [index, call] of calls.entries()) {
        const cuts: readonly Cut[] = writing.includes(call) ? ['offline', 'answer lost'] : ['offline'];
        for (const cut of cuts) {
          const point = `${name.padEnd(24)} ${String(index + 1).padStart(2)} ${call.padEnd(18)} ${cut.padEnd(11)}`;
          try {
            table.set(point, await breakOff(name, operation, index, cut, whole.folder));
          } catch (error) {
            throw new Error(point, { cause: error });
          }
        }
      }
    });
  }

  async function prepared(name: string, operation: Operation): Promise<Scene> {
    const scene = new Scene();
    if (name !== 'connect') await scene.connect();
    await operation.prepare(scene);
    scene.line.breakAt(Number.POSITIVE_INFINITY, 'offline');
    return scene;
  }

  /** Answers what came of it. */
  async function breakOff(
    name: string,
    operation: Operation,
    index: number,
    cut: Cut,
    done: Scene['folder'],
  ): Promise<string> {
    const scene = await prepared(name, operation);
    const before = scene.folder;
    scene.line.breakAt(index, cut);
    const failure: unknown = await operation.run(scene).then(
      () => undefined,
      (error: unknown) => error,
    );
    if (failure !== undefined) {
      assert.ok(Failure.is(failure, 'offline', 'answerLost', 'pushInDoubt'), String(failure));
      assert.deepEqual(scene.folder, before, 'who refuses changes nothing');
    } else assert.deepEqual(scene.folder, done);
    const isConnected = scene.me.store.apis.length > 0;
    assert.equal(isConnected, name !== 'connect' || failure === undefined);
    if (isConnected) await worksOffline(scene);
    // What became of a branch is known to the window that asked for it; everything else to the folder.
    if (isConnected && !name.includes('branch')) {
      await scene.restart();
      await worksOffline(scene);
    }
    scene.line.mend();
    if (isConnected) await scene.me.use.lookAll(context());
    const again = await goOn(scene, operation);
    operation.verify(scene);
    return `${failure === undefined ? 'done' : failure.reason}; then ${again}`;
  }

  /** Changes and what they are compared with are there. */
  async function worksOffline(scene: Scene): Promise<void> {
    scene.line.down();
    const { api } = scene;
    const before = scene.me.text('d.yaml') ?? '';
    const agreed = await contentOf(scene, 'base');
    scene.me.edit('d.yaml', `${before}more: offline\n`);
    await scene.me.use.lookAll(context());
    assert.ok(scene.me.plan(api).includes('outgoing d.yaml'), scene.me.plan(api).join());
    assert.equal(scene.me.node(api).failure?.reason, 'offline');
    assert.equal(await contentOf(scene, 'base'), agreed);
    assert.equal(agreed, lines('start'));
    scene.me.edit('d.yaml', before);
    await scene.me.use.lookAll(context());
  }

  async function contentOf({ me, api }: Scene, side: 'base' | 'remote'): Promise<string> {
    return new TextDecoder().decode(await me.use.contents(api, 'd.yaml' as RepoPath, side));
  }

  /** A push whose commit was found meanwhile has nothing left to send. */
  async function goOn(scene: Scene, operation: Operation): Promise<string> {
    try {
      await (operation.resume ?? operation.run)(scene);
      return 'done';
    } catch (error) {
      if (Failure.is(error, 'nothingToPush')) return 'found';
      throw error;
    }
  }
});
