import assert from 'node:assert/strict';
import type { CommitId } from '../../src/core/model/ids.ts';
import type { RepoPath } from '../../src/core/model/repoPath.ts';
import type { RepositoryHost } from '../../src/ports/repositoryHost.ts';
import type { HostUnderTest, World, WorldAccess } from './hostUnderTest.ts';
import { all, call, commitId, commitOn, fails, write } from './support.ts';

/** What every host with accounts promises about who is shown what, and who may do what. */
export function accessContract(subject: HostUnderTest): void {
  let world: World;
  let access: WorldAccess;
  beforeEach(async () => {
    world = await subject.open();
    access = world.access!;
  });
  afterEach(() => world.close());

  const repositories = async (query = '', host: RepositoryHost = world.host) =>
    (await all(host.listRepositories(access.owner.id, query, call()))).map(({ name }) => name).toSorted();

  describe('accounts', () => {
    it('are named', async () => {
      const { id, name } = await world.host.whoAmI(call());
      assert.equal(name, access.me);
      assert.notEqual(id, '');
    });

    it('are missing where nobody is signed in', async () => {
      world.push('main', { 'a.yaml': '1' });
      const host = access.as('nobody');
      await fails(host.whoAmI(call()), 'signInNeeded');
      await fails(host.repository(world.repository, call()), 'signInNeeded');
      await fails(all(host.listOwners(call())), 'signInNeeded');
    });
  });

  describe('lists', () => {
    it('have every owner, page by page', async () => {
      const names = ['Umbrella', 'Größe & Co', 'Initech'];
      for (const name of names) access.addOwner(name);
      const whole = (await all(world.host.listOwners(call()))).map(({ name }) => name);
      for (const name of [...names, access.owner.name]) assert.ok(whole.includes(name), `${name} in ${whole.join()}`);
      access.pageSize(1);
      const pages: string[][] = [];
      for await (const page of world.host.listOwners(call())) pages.push(page.map(({ name }) => name));
      assert.deepEqual(pages.flat().toSorted(), whole.toSorted());
    });

    it('have every repository of an owner, and the name that opens it', async () => {
      for (const name of ['inventory', 'invoices', 'orders']) access.addRepository(name);
      const whole = await repositories();
      assert.equal(whole.length, 4);
      access.pageSize(1);
      assert.deepEqual(await repositories(), whole);
      for await (const page of world.host.listRepositories(access.owner.id, '', call())) {
        for (const { id, name, origin, host } of page) {
          assert.deepEqual([origin, host], [world.host.origin, world.host.id]);
          assert.equal((await world.host.repository(name, call())).id, id);
        }
      }
    });

    it('are searched by a part of the name', async () => {
      for (const name of ['inventory', 'invoices', 'orders']) access.addRepository(name);
      const found = await repositories('INV');
      assert.deepEqual(
        found.map((name) => name.slice(name.lastIndexOf('/') + 1)),
        ['inventory', 'invoices'],
      );
      assert.deepEqual(await repositories('nothing-has-this-name'), []);
    });

    it('have branches page by page', async () => {
      const heads = new Map(['main', 'a', 'b/c', 'd'].map((name) => [name, world.push(name, { 'a.yaml': name })]));
      access.pageSize(1);
      const listed = await all(world.host.listBranches(world.repository, '', call()));
      assert.deepEqual(new Map(listed.map(({ name, head }) => [name, head])), heads);
    });
  });

  describe('a repository', () => {
    it('has one id by its full name and by its id', async () => {
      world.push('main', { 'a.yaml': '1' });
      const byName = await world.host.repository(access.fullName, call());
      const byId = await world.host.repository(byName.id, call());
      assert.equal(byName.id, world.repository);
      assert.deepEqual(byId, byName);
      assert.equal(byName.name, access.fullName);
      assert.equal(byName.canPush ?? true, subject.commits !== false);
    });

    it('is found by its id after it got another name', async function () {
      if (!access.rename) this.skip();
      const commit = commitId(world.push('main', { 'a.yaml': '1' }));
      await world.host.repository(world.repository, call());
      const renamed = access.rename('renamed');
      // Ours has heard of the old name, the teammate's of none.
      for (const host of [world.host, world.teammate]) {
        assert.equal(await host.head(world.repository, 'main', call()), commit);
        assert.equal((await host.tree(world.repository, commit, call())).size, 1);
        assert.equal((await host.repository(world.repository, call())).name, renamed);
      }
      if (subject.commits === false) return;
      const made = await commitOn(world, [write('a.yaml', '2', '1')]);
      assert.equal(world.headOf('main'), made.commit);
    });

    it('has a default branch of any name', async () => {
      world.push('main', { 'a.yaml': '1' });
      world.push('größe/trunk#1', { 'a.yaml': '2' });
      access.setDefaultBranch('größe/trunk#1');
      assert.equal((await world.host.repository(world.repository, call())).defaultBranch, 'größe/trunk#1');
      const branches = await all(world.host.listBranches(world.repository, '', call()));
      assert.deepEqual(
        branches.filter(({ isDefault }) => isDefault).map(({ name }) => name),
        ['größe/trunk#1'],
      );
    });

    it('is not there by a name that nobody has', async () => {
      await fails(world.host.repository(`${access.fullName}-that-is-not-there`, call()), 'repositoryNotFound');
    });

    it('is not there, or forbidden, for an account without a right to it', async () => {
      world.push('main', { 'a.yaml': '1' });
      const host = access.as('none');
      await fails(host.repository(access.fullName, call()), 'repositoryNotFound', 'forbidden');
      await fails(host.head(world.repository, 'main', call()), 'repositoryNotFound', 'forbidden');
      assert.deepEqual(await repositories('', host), []);
    });

    it('tells an account that may only read, and takes no push of it', async () => {
      const head = commitId(world.push('main', { 'a.yaml': '1' }));
      const host = access.as('read');
      const { canPush } = await host.repository(world.repository, call());
      // Where the host does not tell in advance, the push does.
      assert.notEqual(canPush, true);
      assert.equal((await host.tree(world.repository, head, call())).size, 1);
      if (subject.commits === false) return;
      const changes = [write('a.yaml', '2', '1')];
      const request = { branch: 'main', expectedHead: head, message: 'm', changes };
      await fails(host.commit(world.repository, request, call()), 'forbidden', 'missingScope');
      assert.equal(world.headOf('main'), head);
      if (!host.createBranch) return;
      await fails(host.createBranch(world.repository, 'topic', head, call()), 'forbidden', 'missingScope');
    });
  });

  describe('a protected branch', () => {
    it('takes a push on another branch, and none itself', async function () {
      if (subject.commits === false) this.skip();
      const head = commitId(world.push('main', { 'a.yaml': '1' }));
      access.protect('main');
      await fails(commitOn(world, [write('a.yaml', '2', '1')]), 'protectedBranch');
      assert.equal(world.headOf('main'), head);
      const request = { branch: 'topic', expectedHead: undefined, startFrom: head };
      const { commit } = await commitOn(world, [write('a.yaml', '2', '1')], request);
      assert.equal(world.headOf('topic'), commit);
    });
  });

  describe('a pull request', () => {
    it('is opened once, and found again', async function () {
      const { host, repository } = world;
      if (!host.createPullRequest) this.skip();
      world.push('main', { 'a.yaml': '1' });
      world.push('feature/ä#1', { 'a.yaml': '2' });
      const request = { from: 'feature/ä#1', to: 'main', title: 'Größer ✅', body: 'With *words*' };
      const { url } = await host.createPullRequest(repository, request, call());
      assert.ok(URL.canParse(url), url);
      const again = await fails(host.createPullRequest(repository, request, call()), 'pullRequestExists');
      if (again.facts.link !== undefined) assert.equal(again.facts.link, url);
    });

    it('needs both branches', async function () {
      const { host, repository } = world;
      if (!host.createPullRequest) this.skip();
      world.push('main', { 'a.yaml': '1' });
      const request = { from: 'absent', to: 'main', title: 't', body: '' };
      await fails(host.createPullRequest(repository, request, call()), 'branchNotFound', 'hostError');
    });
  });

  describe('pages for people', () => {
    it('name the branch and the file', async function () {
      const { host, repository } = world;
      if (!host.webUrl) this.skip();
      world.push('main', { 'a.yaml': '1' });
      await host.repository(repository, call());
      const url = new URL(host.webUrl(repository, 'issue#42/x', 'dir/a b#c?.yaml' as RepoPath));
      assert.ok(url.href.startsWith(host.origin), url.href);
      const target = decodeURIComponent(url.pathname + url.search);
      assert.ok(target.includes('issue#42/x') && target.includes('dir/a b#c?.yaml'), target);
      assert.equal(url.hash, '');
      assert.ok(new URL(host.webUrl(repository, 'main')).href.includes('main'));
    });
  });

  it('asks the host about no repository but the one that is meant', async () => {
    const head: CommitId = commitId(world.push('main', { 'a.yaml': '1' }));
    for (const strange of ['..', '../..', 'a/../b', 'x?y=z', 'x#y', '%2e%2e']) {
      await fails(world.host.tree(strange, head, call()), 'repositoryNotFound', 'unsafeUrl', 'forbidden', 'hostError');
    }
  });
}
