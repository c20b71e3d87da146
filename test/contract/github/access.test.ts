import assert from 'node:assert/strict';
import type { CommitId } from '../../../src/core/model/ids.ts';
import { all, call, fails, write } from '../support.ts';
import { GitHubBench } from './githubBench.ts';

describe('GitHub: who may do what', function () {
  this.timeout(30_000);
  let bench: GitHubBench;
  let head: CommitId;
  beforeEach(async () => {
    bench = await GitHubBench.open();
    head = bench.repository.push('main', { a: 'a' }) as CommitId;
  });
  afterEach(async () => {
    await bench.close();
    assert.deepEqual(bench.forge.http.violations, []);
  });

  const commit = (who: 'ada' | 'read') => {
    const request = { branch: 'main', expectedHead: head, message: 'm', changes: [write('a', 'b', 'a')] };
    return bench.host(who).commit(bench.id, request, call());
  };

  it('names a token that ran out', async () => {
    const { facts } = await fails(bench.host('expired').repository(bench.id, call()), 'signInNeeded');
    assert.equal(facts.account, 'old');
  });

  it('lists organizations that want their single sign-on first, with the page for it', async () => {
    const locked = bench.forge.addOwner('locked-inc');
    locked.locked = true;
    const owners = await all(bench.host().listOwners(call()));
    assert.deepEqual(
      owners.find(({ name }) => name === 'locked-inc'),
      {
        id: 'locked-inc',
        name: 'locked-inc',
        locked: { reason: 'singleSignOn', link: `${bench.forge.http.origin}/orgs/locked-inc/sso` },
      },
    );
  });

  it('says so of their repositories', async () => {
    bench.owner.locked = true;
    const { facts } = await fails(bench.host().repository(bench.id, call()), 'singleSignOn');
    assert.ok(facts.link?.startsWith(`${bench.forge.http.origin}/orgs/acme/sso`), facts.link);
  });

  it('lists people who share a repository, and what they share', async () => {
    const tea = bench.forge.state.owners.find(({ login }) => login === 'tea')!;
    bench.addRepository('shared', tea);
    const host = bench.host('ada');
    assert.ok((await all(host.listOwners(call()))).some(({ name }) => name === 'tea'));
    const found = await all(host.listRepositories('tea', '', call()));
    assert.deepEqual(
      found.map(({ name }) => name),
      ['tea/shared'],
    );
  });

  it('searches at GitHub where the repositories of an owner fill more than a page', async () => {
    for (const name of ['inventory', 'orders', 'other-inventory', 'reinventory']) bench.addRepository(name);
    bench.forge.state.pageSize = 2;
    const found = await all(bench.host().listRepositories('acme', 'inv', call()));
    assert.deepEqual(
      found.map(({ name }) => name),
      ['acme/inventory', 'acme/other-inventory'],
    );
  });

  it('says to those who may only read that they may not write, though GitHub finds nothing', async () => {
    await fails(commit('read'), 'forbidden');
    await fails(bench.host('read').createBranch(bench.id, 'topic', head, call()), 'forbidden');
    await fails(bench.host('read').deleteBranch(bench.id, 'main', head, call()), 'forbidden');
  });

  it('takes no push to an archive, and says so at once', async () => {
    bench.served.archived = true;
    assert.equal((await bench.host().repository(bench.id, call())).canPush, false);
    await fails(commit('ada'), 'forbidden');
  });

  it('finds a repository that got another name, though its old one is somebody else’s now', async () => {
    const host = bench.host();
    await host.head(bench.id, 'main', call());
    bench.forge.rename(bench.served, 'renamed');
    bench.addRepository('payments');
    const request = { branch: 'main', expectedHead: head, message: 'm', changes: [write('a', 'b', 'a')] };
    const { commit: made } = await host.commit(bench.id, request, call());
    assert.equal(bench.repository.head('main'), made);
  });

  it('names pages once the repository was looked at', async () => {
    const host = bench.host();
    assert.throws(() => host.webUrl(bench.id, 'main'), { reason: 'repositoryNotFound' });
    await host.head(bench.id, 'main', call());
    const { origin } = bench.forge.http;
    assert.equal(host.webUrl(bench.id, 'a/b#c'), `${origin}/acme/payments/tree/a/b%23c`);
  });
});
