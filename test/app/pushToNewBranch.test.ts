import assert from 'node:assert/strict';
import type { ApiKey } from '../../src/app/apiNode.ts';
import { Failure, type FailureReason } from '../../src/core/errors.ts';
import type { RepoPath } from '../../src/core/model/repoPath.ts';
import { MemoryRepository } from '../forge/memory/memoryRepository.ts';
import { root } from './definitions.ts';
import { context, Person } from './person.ts';

const origin = 'https://forge.example';
const changed = root('schemas/new.yaml');
const wanted = { branch: 'jane/pets', message: 'Adds a schema', title: 'New schema' };

async function open(pages = true): Promise<{ me: Person; repository: MemoryRepository; api: ApiKey }> {
  const repository = new MemoryRepository('4711', 'acme/pets');
  repository.push('main', { 'openapi.yaml': root() });
  const me = new Person([repository], { id: 'github', origin, pages });
  const api = await me.connect({ host: 'github', repository: 'acme/pets' });
  me.host.protected.add('main');
  return { me, repository, api };
}

function fails(reason: FailureReason) {
  return (error: unknown) => Failure.is(error, reason);
}

describe('pushing to a new branch because the old one takes no push', () => {
  it('takes the changes along, pushes them and opens a pull request', async () => {
    const { me, repository, api } = await open();
    me.edit('openapi.yaml', changed);
    await assert.rejects(me.push(api), fails('protectedBranch'));
    const done = await me.use.pushToNewBranch(api, wanted, context());
    assert.deepEqual(done, {
      branch: 'jane/pets',
      pushed: { files: 1, branch: 'jane/pets', landedOnNewerHead: false },
      pullRequest: { url: `${origin}/acme/pets/pull/1` },
    });
    assert.deepEqual(me.host.pullRequests, [{ from: 'jane/pets', to: 'main', title: 'New schema' }]);
    assert.deepEqual(
      [repository.textOf('jane/pets', 'openapi.yaml'), repository.textOf('main', 'openapi.yaml')],
      [changed, root()],
    );
    assert.deepEqual([me.sync(api).branch, me.sync(api).outgoing, me.ask.asked], ['jane/pets', 0, []]);
  });

  it('starts where the branch is now, and leaves a host without pull requests at that', async () => {
    const { me, repository, api } = await open(false);
    me.edit('openapi.yaml', changed);
    const newer = repository.push('main', { 'README.md': 'hello' });
    const done = await me.use.pushToNewBranch(api, wanted, context());
    assert.deepEqual([done.pushed?.files, done.pullRequest, done.failure], [1, undefined, undefined]);
    assert.deepEqual(repository.commitAt(repository.branches.get('jane/pets')!)?.parents, [newer]);
  });

  it('makes no branch for nothing, for no message, under no name and over another one', async () => {
    const { me, repository, api } = await open();
    const push = (change: Partial<typeof wanted>) => me.use.pushToNewBranch(api, { ...wanted, ...change }, context());
    await assert.rejects(push({}), fails('nothingToPush'));
    me.edit('openapi.yaml', changed);
    await assert.rejects(push({ message: ' ' }), fails('emptyMessage'));
    await assert.rejects(push({ branch: 'a..b' }), fails('invalidName'));
    await assert.rejects(push({ branch: 'main' }), fails('branchExists'));
    assert.deepEqual([...repository.branches.keys()], ['main']);
    assert.equal(me.sync(api).branch, 'main');
  });

  it('says that the branch is there when its push is refused', async () => {
    const { me, repository, api } = await open();
    me.edit('openapi.yaml', changed);
    me.host.protected.add('jane/pets');
    const { branch, pushed, failure } = await me.use.pushToNewBranch(api, wanted, context());
    assert.deepEqual([branch, pushed, failure?.reason], ['jane/pets', undefined, 'protectedBranch']);
    assert.ok(repository.branches.has('jane/pets'));
    assert.deepEqual([me.sync(api).branch, me.sync(api).outgoing], ['jane/pets', 1]);
  });

  it('says that it was pushed when the pull request is refused', async () => {
    const { me, api } = await open();
    me.edit('openapi.yaml', changed);
    me.host.faults.refuse.set('createPullRequest', new Failure('forbidden'));
    const { pushed, pullRequest, failure } = await me.use.pushToNewBranch(api, wanted, context());
    assert.deepEqual([pushed?.files, pullRequest, failure?.reason], [1, undefined, 'forbidden']);
  });
});

describe('pull requests and pages', () => {
  const draft = { to: 'main', title: 'New schema', body: 'Please look.' };

  it('opens a pull request of the branch that is worked on, and names the page of one that exists', async () => {
    const { me, api } = await open();
    await me.use.createBranch(api, 'topic', 'main', context());
    const page = `${origin}/acme/pets/pull/1`;
    assert.deepEqual(await me.use.createPullRequest(api, draft, context()), { url: page });
    await assert.rejects(me.use.createPullRequest(api, draft, context()), (error) => {
      assert.ok(Failure.is(error, 'pullRequestExists'));
      assert.equal(error.facts.link, page);
      return true;
    });
  });

  it('says so where the host knows none', async () => {
    const { me, api } = await open(false);
    await assert.rejects(me.use.createPullRequest(api, draft, context()), fails('unsupported'));
    assert.equal(await me.use.webPage(api, undefined, context()), undefined);
  });

  it('knows the page of the repository and of a file, on the branch that is worked on', async () => {
    const { me, repository, api } = await open();
    await me.use.createBranch(api, 'topic', 'main', context());
    repository.name = 'acme/animals';
    assert.equal(await me.use.webPage(api, undefined, context()), `${origin}/acme/animals/tree/topic`);
    assert.equal(
      await me.use.webPage(api, 'openapi.yaml' as RepoPath, context()),
      `${origin}/acme/animals/tree/topic/openapi.yaml`,
    );
  });
});

describe('deleting a branch', () => {
  it('asks by name, and deletes it as it was then', async () => {
    const { me, repository, api } = await open();
    repository.push('old', { 'README.md': 'old' });
    await assert.rejects(me.use.deleteBranch(api, 'old', context()), fails('cancelled'));
    assert.ok(repository.branches.has('old'));
    me.ask.answers.set('deleteBranch', 'delete');
    await me.use.deleteBranch(api, 'old', context());
    assert.ok(!repository.branches.has('old'));
    assert.deepEqual(me.ask.asked[0], {
      kind: 'deleteBranch',
      facts: { branch: 'old', repository: 'acme/pets', parked: [] },
    });
  });

  it('never deletes the one that is worked on, nor one that is not there or moved meanwhile', async () => {
    const { me, repository, api } = await open();
    me.ask.answers.set('deleteBranch', 'delete');
    await assert.rejects(me.use.deleteBranch(api, 'main', context()), fails('branchInUse'));
    await assert.rejects(me.use.deleteBranch(api, 'none', context()), fails('branchNotFound'));
    repository.push('old', { 'README.md': 'old' });
    me.ask.ask = (kind) => {
      repository.push('old', { 'README.md': 'newer' });
      return Promise.resolve(kind === 'deleteBranch' ? 'delete' : 'cancel') as never;
    };
    await assert.rejects(me.use.deleteBranch(api, 'old', context()), fails('stale'));
    assert.ok(repository.branches.has('old'));
  });

  it('takes a branch of that name that comes later for another one', async () => {
    const { me, repository, api } = await open();
    await me.use.createBranch(api, 'topic', 'main', context());
    await me.use.switchBranch(api, 'main', context());
    me.ask.answers.set('deleteBranch', 'delete');
    await me.use.deleteBranch(api, 'topic', context());
    repository.moveTo('topic', repository.add([], new Map(), 'Starts again'));
    repository.push('topic', { 'openapi.yaml': root() });
    await me.use.switchBranch(api, 'topic', context());
    assert.equal(me.sync(api).standing, 'upToDate');
  });
});
