import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CommitId } from '../../src/core/model/ids.ts';
import { BitbucketDataCenterHost } from '../../src/hosts/bitbucketDataCenter/bitbucketDataCenterHost.ts';
import type { OpenGitWriter } from '../../src/ports/gitWriter.ts';
import type { RepositoryHost } from '../../src/ports/repositoryHost.ts';
import { forgeTools, sessionOf } from '../contract/forgeTools.ts';
import { all, call, fails } from '../contract/support.ts';
import { dataFolder } from './dataFolder.ts';

const origin = 'https://git.acme.example';
const folder = dataFolder('host-recordings/bitbucket-datacenter/go-scm-drone');
const id = 'PRJ/my-repo';
const [from, to] = [
  '4f4b0ef1714a5b6cafdaf2f53c7f5f5b38fb9348',
  '131cb13f4aed12e725177bc4b7c28db67839bf9f',
] as CommitId[];

interface Reply {
  readonly status: number;
  readonly body: string;
}

const recorded = (name: string, status = 200): Reply => ({ status, body: readFileSync(join(folder!, name), 'utf8') });
const empty: Reply = { status: 200, body: '{"values":[],"isLastPage":true}' };

/** A server at which commits can be made; none is. */
const writer: OpenGitWriter = () => ({ commit: () => assert.fail('nothing is committed') });

/** An adapter that is answered with recordings, by method and path below the repository, else below the API. */
function replaying(replies: Readonly<Record<string, Reply>>): RepositoryHost {
  const fetch: typeof globalThis.fetch = (input, init) => {
    const { method, url } = new Request(input, { ...init, signal: null });
    const path = new URL(url).pathname.replace('/rest/api/latest/', '').replace('projects/PRJ/repos/my-repo', '.');
    const { status, body } = replies[`${method} ${path}`] ?? assert.fail(`nothing was recorded for ${method} ${path}`);
    const headers = { 'content-type': 'application/json', 'x-ausername': 'jcitizen' };
    return Promise.resolve(new Response(body, { status, headers }));
  };
  return new BitbucketDataCenterHost(forgeTools({ fetch }), origin, sessionOf('jcitizen', 'token'), writer);
}

describe('recorded answers of Bitbucket Data Center', () => {
  before(function () {
    if (folder === undefined) this.skip();
  });

  it('describe a repository that may be pushed to', async () => {
    const host = replaying({
      'GET .': recorded('repo.json'),
      'GET ./default-branch': recorded('default_branch.json'),
      'GET repos': recorded('repos.json'),
    });
    assert.deepEqual(await host.repository(id, call()), {
      host: 'bitbucketDataCenter',
      origin,
      id,
      name: id,
      empty: false,
      defaultBranch: 'feature_branch',
      canPush: true,
    });
  });

  it('say that a repository is not there', async () => {
    const missing = recorded('error.json', 404);
    const host = replaying({ 'GET .': missing, 'GET ./default-branch': missing, 'GET ./commits': missing });
    const failure = await fails(host.repository(id, call()), 'repositoryNotFound');
    assert.equal(failure.facts.detail, 'Project dev does not exist.');
    await fails(host.head(id, 'master', call()), 'repositoryNotFound');
  });

  it('list repositories', async () => {
    const host = replaying({
      'GET projects/PRJ/repos': recorded('repos.json'),
      'GET repos': recorded('repos_filter.json'),
    });
    for (const [query, expected] of [
      ['', [id, 'PRJ/quux']],
      ['quux', ['PRJ/quux']],
    ] as const) {
      // The recordings say that there is more, and not where.
      for await (const page of host.listRepositories('PRJ', query, call())) {
        assert.deepEqual(
          page.map(({ name }) => name),
          expected,
        );
        break;
      }
    }
  });

  for (const [name, expected] of [
    ['branches.json', [['master', '11ce869211917dd65610e70fcee454943b35ac6e']]],
    ['branch.json', [['master', '11ce869211917dd65610e70fcee454943b35ac6e']]],
    [
      'branches_filter.json',
      [
        ['master', '11ce869211917dd65610e70fcee454943b35ac6e'],
        ['master-patch', '11ce869211917dd65610e70fcee454943b35ac6f'],
      ],
    ],
  ] as const) {
    it(`list branches: ${name}`, async () => {
      const host = replaying({ 'GET ./branches': recorded(name) });
      const branches = await all(host.listBranches(id, 'mast', call()));
      assert.deepEqual(
        branches.map(({ name: branch, head }) => [branch, head]),
        expected,
      );
      assert.ok(branches.every(({ isDefault }) => isDefault));
    });
  }

  it('tell heads and history', async () => {
    const host = replaying({ 'GET ./commits': recorded('commits.json') });
    assert.equal(await host.head(id, 'master', call()), to);
    const commits = [{ id: to, parents: [from], message: 'update files' }];
    assert.deepEqual(await host.commitsBetween(id, undefined, to!, 10, call()), commits);
    // The commit itself says what was before it.
    assert.equal(await host.isAncestor(id, from!, to!, call()), true);
  });

  it('tell where two commits parted', async () => {
    const host = replaying({ [`GET ./commits/${to}/merge-base`]: recorded('commit.json') });
    assert.equal(await host.isAncestor(id, from!, to!, call()), false);
  });

  it('list names', async () => {
    const first = JSON.parse(recorded('content_list.json').body) as { isLastPage: boolean; values: string[] };
    const names = { status: 200, body: JSON.stringify({ ...first, isLastPage: true }) };
    const tree = await replaying({ 'GET ./files': names }).tree(id, to!, call());
    assert.equal(tree.size, 26);
    assert.deepEqual([...tree.values()].at(-1), { path: 'testdata/default_branch.json', kind: 'regular' });
  });

  for (const name of ['compare.json', 'changes.json']) {
    it(`tell what changed: ${name}`, async () => {
      const page = { ...(JSON.parse(recorded(name).body) as object), isLastPage: true };
      const changes = { status: 200, body: JSON.stringify(page) };
      const host = replaying({ 'GET ./commits': recorded('commits.json'), 'GET ./compare/changes': changes });
      await host.head(id, 'master', call());
      assert.deepEqual(await host.changes(id, from!, to!, call()), [
        { path: '.gitignore', kind: 'deleted' },
        { path: 'COPYING', kind: 'modified', to: { kind: 'regular' } },
        { path: 'README', kind: 'deleted' },
        { path: 'README.md', kind: 'added', to: { kind: 'regular' } },
        { path: 'main.go', kind: 'added', to: { kind: 'regular' } },
      ]);
    });
  }

  it('open a pull request, and find one', async () => {
    const request = { from: 'feature/x', to: 'master', title: 'Updated Files', body: '' };
    const url = 'http://example.com:7990/projects/PRJ/repos/my-repo/pull-requests/1';
    const made = replaying({ 'POST ./pull-requests': recorded('pr.json', 201) });
    // The recorded server is another one: a page elsewhere is not offered.
    assert.deepEqual(await made.createPullRequest!(id, request, call()), {
      url: `${origin}/projects/PRJ/repos/my-repo/pull-requests`,
    });
    const exceptionName = 'com.atlassian.bitbucket.pull.DuplicatePullRequestException';
    const taken = { status: 409, body: JSON.stringify({ errors: [{ message: 'taken', exceptionName }] }) };
    const prs = recorded('prs.json').body.replaceAll(url, `${origin}/projects/PRJ/repos/my-repo/pull-requests/1`);
    for (const [list, link] of [
      [{ status: 200, body: prs }, `${origin}/projects/PRJ/repos/my-repo/pull-requests/1`],
      [empty, undefined],
    ] as const) {
      const host = replaying({ 'POST ./pull-requests': taken, 'GET ./pull-requests': list });
      const failure = await fails(host.createPullRequest!(id, request, call()), 'pullRequestExists');
      assert.equal(failure.facts.link, link);
    }
  });
});
