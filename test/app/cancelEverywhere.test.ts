import assert from 'node:assert/strict';
import type { ApiKey } from '../../src/app/apiNode.ts';
import { Failure } from '../../src/core/errors.ts';
import type { RepoPath } from '../../src/core/model/repoPath.ts';
import type { OperationContext } from '../../src/ports/progress.ts';
import { MemoryRepository } from '../forge/memory/memoryRepository.ts';
import { collection, root, schema } from './definitions.ts';
import { context, folderUri, Person } from './person.ts';

interface Scene {
  readonly repository: MemoryRepository;
  readonly me: Person;
  readonly api: ApiKey;
}

type Verb = (scene: Scene, context: OperationContext) => Promise<unknown>;

const names = ['openapi.yaml', 'a.yaml', 'b.yaml', 'c.yaml', 'd.yaml', 'new.yaml', 'postman/collections/x.json'];

/** Incoming, outgoing, a conflict, a merge, and another branch. */
async function scene(): Promise<Scene> {
  const repository = new MemoryRepository('repo', 'repo');
  repository.push('main', {
    'openapi.yaml': root('a.yaml', 'b.yaml', 'c.yaml'),
    'a.yaml': schema(),
    'b.yaml': schema(),
    'c.yaml': 'a: 1\nb: 2\nc: 3\nd: 4\n',
    'd.yaml': schema(),
    'extra.txt': 'x\n',
  });
  repository.moveTo('develop', repository.branches.get('main') as never);
  repository.push('develop', { 'd.yaml': null, 'a.yaml': 'type: object\nbranch: develop\n' });
  const me = new Person([repository]);
  const api = await me.connect();
  me.ask.ask = (kind) =>
    Promise.resolve(
      (
        {
          switchWithChanges: 'takeAlong',
          acceptTheirs: 'acceptTheirs',
          discard: 'discard',
          unsavedBeforePush: 'saveAndPush',
          pushDeletes: 'push',
          rewrittenBranch: 'compareAgain',
          deleteBranch: 'delete',
          disconnect: 'disconnect',
          unpushedCommits: 'push',
          mergeInClone: 'merge',
          excludeFolder: 'exclude',
        } as const
      )[kind] as never,
    );
  return { repository, me, api };
}

function incoming({ repository }: Scene): void {
  repository.push('main', {
    'a.yaml': 'type: object\ntheirs: 1\n',
    'c.yaml': 'a: 9\nb: 2\nc: 3\nd: 4\n',
    'postman/collections/x.json': collection('X'),
  });
}

function outgoing({ me }: Scene): void {
  me.edit('c.yaml', 'a: 1\nb: 2\nc: 3\nd: mine\n');
  me.edit('b.yaml', `${schema('new.yaml')}`);
  me.edit('new.yaml', 'type: object\nmine: 1\n');
}

const verbs: Readonly<Record<string, { readonly before: (scene: Scene) => void; readonly verb: Verb }>> = {
  pull: {
    before: (here) => (incoming(here), outgoing(here)),
    verb: ({ me, api }, call) => me.use.pull(api, call),
  },
  push: { before: outgoing, verb: ({ me, api }, call) => me.use.push(api, 'Mine', call) },
  'push behind others': {
    before: (here) => {
      outgoing(here);
      here.repository.push('main', { 'a.yaml': 'type: object\ntheirs: 1\n' });
    },
    verb: ({ me, api }, call) => me.use.push(api, 'Mine', call),
  },
  switchBranch: { before: outgoing, verb: ({ me, api }, call) => me.use.switchBranch(api, 'develop', call) },
  createBranch: {
    before: outgoing,
    verb: ({ me, api }, call) => me.use.createBranch(api, 'mine', 'main', call),
  },
  acceptTheirs: {
    before: ({ repository, me }) => {
      repository.push('main', { 'a.yaml': 'type: string\n' });
      me.edit('a.yaml', 'type: number\n');
    },
    verb: async ({ me, api }, call) => {
      await me.look(api);
      await me.use.acceptTheirs(api, ['a.yaml' as RepoPath], call);
    },
  },
  discard: {
    before: ({ me }) => me.edit('a.yaml', 'type: number\n'),
    verb: ({ me, api }, call) => me.use.discard(api, ['a.yaml' as RepoPath], call),
  },
  addFiles: {
    before: outgoing,
    verb: ({ me, api }, call) => me.use.addFiles(api, ['d.yaml' as RepoPath], call),
  },
  connect: {
    before: () => undefined,
    verb: ({ me }, call) =>
      me.use.connect(
        { workspaceFolder: folderUri, name: 'D', host: 'git', repository: 'repo', branch: 'main', localFolder: 'repo' },
        call,
      ),
  },
};

/** Everything that the outside world sees. */
function result({ repository, me, api }: Scene): unknown {
  return {
    files: names.map((name) => [name, me.text(name)]),
    branches: [...repository.branches.keys()].map((branch) => [
      branch,
      names.map((name) => repository.textOf(branch, name)),
    ]),
    commits: repository.history(repository.branches.get('main') as never).length,
    plan: me.plan(api),
    branch: me.sync(api).branch,
  };
}

describe('cancelled at any call to the outside', function () {
  this.timeout(60_000);
  for (const [name, { before, verb }] of Object.entries(verbs)) {
    for (const when of ['before', 'after'] as const) {
      it(`${name}: ${when} it, and done again, comes to the same`, async () => {
        const whole = await scene();
        before(whole);
        await verb(whole, context());
        await whole.me.look(whole.api);
        const wanted = result(whole);
        let isOver = false;
        for (let nth = 1; !isOver; nth++) {
          const here = await scene();
          before(here);
          const stop = new AbortController();
          const calls = cancelAt(here, nth, when, stop);
          const outcome = await verb(here, context(stop.signal)).then(
            () => 'done',
            (error: unknown) => {
              if (Failure.is(error, 'cancelled')) return 'cancelled';
              throw error;
            },
          );
          isOver = calls.count < nth;
          calls.off();
          await here.me.look(here.api);
          assert.equal((await here.me.state())?.intent, undefined);
          if (outcome === 'cancelled') await verb(here, context()).catch(unlessDone);
          await here.me.look(here.api);
          assert.deepEqual(result(here), wanted, `after call ${String(nth)}: ${calls.last}, which ${outcome}`);
        }
      });
    }
  }
});

/** A push that landed and could not say so has nothing more to push. */
function unlessDone(error: unknown): void {
  if (!Failure.is(error, 'nothingToPush', 'branchExists', 'invalidName')) throw error;
}

function cancelAt(
  { me }: Scene,
  nth: number,
  when: 'before' | 'after',
  stop: AbortController,
): { count: number; last: string; off: () => void } {
  const calls = { count: 0, last: '', off: (): void => offs.forEach((off) => off()) };
  const offs: (() => void)[] = [];
  const { files, state } = me.storages.at(folderUri, 'repo');
  const wrap = (label: string, object: object, methods: readonly string[]): void => {
    for (const method of methods) {
      const holder = object as Record<string, (...args: unknown[]) => Promise<unknown>>;
      const original = holder[method];
      if (original === undefined) throw new Error(method);
      holder[method] = async (...args) => {
        const isIt = ++calls.count === nth;
        if (isIt) calls.last = `${label}.${method}`;
        if (isIt && when === 'before') stop.abort();
        const answer = await original.apply(object, args);
        if (isIt && when === 'after') stop.abort();
        return answer;
      };
      offs.push(() => delete (holder as Record<string, unknown>)[method]);
    }
  };
  wrap('host', me.host, ['head', 'tree', 'readFiles', 'isAncestor', 'commitsBetween', 'commit', 'createBranch']);
  wrap('files', files, ['snapshot', 'list', 'read', 'apply']);
  wrap('state', state, ['save']);
  return calls;
}
