import type { ApiKey } from '../../src/app/apiNode.ts';
import type { RepoPath } from '../../src/core/model/repoPath.ts';
import type { OperationContext } from '../../src/ports/progress.ts';
import { MemoryRepository } from '../forge/memory/memoryRepository.ts';
import { collection, root, schema } from './definitions.ts';
import { context, folderUri, Person } from './person.ts';

/** A person with an API of five files on two branches. */
export interface Scene {
  readonly repository: MemoryRepository;
  readonly me: Person;
  readonly api: ApiKey;
}

/** Something that a person does. */
export type Verb = (scene: Scene, context: OperationContext) => Promise<unknown>;

const names = ['openapi.yaml', 'a.yaml', 'b.yaml', 'c.yaml', 'd.yaml', 'new.yaml', 'postman/collections/x.json'];

/** Incoming, outgoing, a conflict, a merge, and another branch. */
export async function scene(): Promise<Scene> {
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
          undecided: 'takeResult',
          restoreBackup: 'replace',
          unsavedBeforePush: 'saveAndPush',
          pushDeletes: 'push',
          rewrittenBranch: 'compareAgain',
          deleteBranch: 'delete',
          dropParked: 'drop',
          disconnect: 'disconnect',
          unpushedCommits: 'push',
          mergeInClone: 'merge',
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

export interface Deed {
  readonly before: (scene: Scene) => void | Promise<void>;
  readonly verb: Verb;
  /** How a person goes on who was told that it was not done; without it they do the same again. */
  readonly again?: Verb;
}

/** What a person does, each with what has happened before. */
export const verbs: Readonly<Record<string, Deed>> = {
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
    again: ({ me, api, repository }, call) =>
      repository.branches.has('mine')
        ? me.use.switchBranch(api, 'mine', call)
        : me.use.createBranch(api, 'mine', 'main', call),
  },
  acceptTheirs: {
    before: async ({ repository, me, api }) => {
      repository.push('main', { 'a.yaml': 'type: string\n' });
      me.edit('a.yaml', 'type: number\n');
      await me.look(api);
    },
    verb: ({ me, api }, call) => me.use.acceptTheirs(api, ['a.yaml' as RepoPath], call),
  },
  discard: {
    before: ({ me }) => me.edit('a.yaml', 'type: number\n'),
    verb: ({ me, api }, call) => me.use.discard(api, ['a.yaml' as RepoPath], call),
  },
  restoreBackup: {
    before: ({ me }) => me.edit('a.yaml', 'type: number\n'),
    verb: async ({ me, api }, call) => {
      const place = { workspaceFolder: folderUri, folder: 'repo' };
      if ((await me.use.backups(place)).length === 0) await me.use.discard(api, ['a.yaml' as RepoPath], context());
      const backup = (await me.use.backups(place)).at(-1);
      if (backup !== undefined) await me.use.restoreBackup(place, backup, backup.files, call);
    },
  },
  addFiles: {
    before: outgoing,
    verb: ({ me, api }, call) => me.use.addFiles(api, ['d.yaml' as RepoPath], call),
  },
  deleteBranch: {
    before: () => undefined,
    verb: ({ me, api }, call) => me.use.deleteBranch(api, 'develop', call),
  },
  pushToNewBranch: {
    before: outgoing,
    verb: async ({ me, api }, call) => {
      const { failure } = await me.use.pushToNewBranch(api, { branch: 'mine', message: 'Mine', title: 'Mine' }, call);
      if (failure !== undefined) throw failure;
    },
    again: async (here, call) => {
      const { me, api, repository } = here;
      if (!repository.branches.has('mine')) return verbs['pushToNewBranch']?.verb(here, call);
      if (me.sync(api).branch !== 'mine') await me.use.switchBranch(api, 'mine', call);
      return me.use.push(api, 'Mine', call);
    },
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

/** The folder, file by file. */
export function filesOf({ me }: Scene): readonly (readonly [string, string | undefined])[] {
  return names.map((name) => [name, me.text(name)]);
}

/** Everything that the outside world sees. */
export function result(scene: Scene): unknown {
  const { repository, me, api } = scene;
  return {
    files: filesOf(scene),
    branches: [...repository.branches.keys()].map((branch) => [
      branch,
      names.map((name) => repository.textOf(branch, name)),
    ]),
    commits: repository.history(repository.branches.get('main') as never).length,
    plan: me.plan(api),
    branch: me.sync(api).branch,
  };
}
