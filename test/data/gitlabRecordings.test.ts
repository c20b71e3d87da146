import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CommitId } from '../../src/core/model/ids.ts';
import type { RepositoryHost } from '../../src/ports/repositoryHost.ts';
import { GitLabHost } from '../../src/hosts/gitlab/gitlabHost.ts';
import { forgeTools, sessionOf } from '../contract/forgeTools.ts';
import { all, bytesOf, call, fails, write } from '../contract/support.ts';
import { dataFolder } from './dataFolder.ts';

interface Reply {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Exchange {
  readonly operation: string;
  readonly response: Reply;
}

const origin = 'https://gitlab.com';
const folder = dataFolder('host-recordings/gitlab');
const file = (name: string): unknown => JSON.parse(readFileSync(join(folder!, name), 'utf8'));
const ok = (name: string, status = 200): Reply => ({ status, body: file(name) });
const commit = '1'.repeat(40) as CommitId;

/** An adapter that is answered with recordings, by method and path below `/api/v4`. */
function replaying(replies: Readonly<Record<string, Reply>>): RepositoryHost {
  const fetch: typeof globalThis.fetch = (input, init) => {
    const { method, url } = new Request(input, { ...init, signal: null });
    const key = `${method} ${new URL(url).pathname.replace('/api/v4/', '')}`;
    const { status, body, headers = {} } = replies[key] ?? assert.fail(`nothing was recorded for ${key}`);
    const text = body === null ? null : JSON.stringify(body);
    const own = Object.fromEntries(Object.entries(headers).filter(([name]) => !/content-length/i.test(name)));
    return Promise.resolve(new Response(text, { status, headers: { 'content-type': 'application/json', ...own } }));
  };
  return new GitLabHost(forgeTools({ fetch }), origin, sessionOf('owner', 'token'));
}

describe('recorded answers of GitLab', () => {
  before(function () {
    if (folder === undefined) this.skip();
  });

  /** Of the exchanges with status and headers. */
  const recorded = (operation: string): Reply => {
    const { exchanges } = file('recorded-decap-cms.json') as { readonly exchanges: readonly Exchange[] };
    return exchanges.find((one) => one.operation === operation)?.response ?? assert.fail(operation);
  };
  const project = 'projects/owner%2Frepo';

  describe('exchanges', () => {
    it('tell who is signed in', async () => {
      const host = replaying({
        'GET user': recorded('GET /api/v4/user -> 200'),
        // The token of an application tells nothing of itself.
        'GET personal_access_tokens/self': { status: 404, body: { message: '404 Not Found' } },
      });
      const avatar = 'https://avatars1.githubusercontent.com/u/7892489?v=4';
      assert.deepEqual(await host.whoAmI(call()), { id: '1', name: 'owner', avatar });
    });

    it('describe a project', async () => {
      const host = replaying({ [`GET ${project}`]: recorded('GET /api/v4/projects/owner%2Frepo -> 200') });
      assert.deepEqual(await host.repository('owner/repo', call()), {
        host: 'gitlab',
        origin,
        id: '18082511',
        name: 'owner/repo',
        defaultBranch: 'master',
        empty: false,
        canPush: true,
      });
    });

    it('list a folder', async () => {
      const reply = recorded('GET /api/v4/projects/owner%2Frepo/repository/tree ?path,recursive,ref -> 200');
      const tree = await replaying({ [`GET ${project}/repository/tree`]: reply }).tree('owner/repo', commit, call());
      assert.deepEqual(
        [...tree.values()].map(({ kind, id }) => [kind, id?.slice(0, 7)]),
        [
          ['regular', '6d51a38'],
          ['regular', 'd0582dd'],
          ['regular', '0eea554'],
          ['regular', '44f78c4'],
          ['regular', 'a532f0a'],
        ],
      );
      assert.ok(tree.has('content/posts/2016-01-09---Perfecting-the-Art-of-Perfection.md' as never));
    });

    it('list a folder with one picture', async () => {
      const reply = recorded('GET /api/v4/projects/owner%2Frepo/repository/tree ?path,per_page,recursive,ref -> 200');
      const tree = await replaying({ [`GET ${project}/repository/tree`]: reply }).tree('owner/repo', commit, call());
      const id = '13692e6574cb4bf447aefcf7e0278e2f3fad6cf3';
      assert.deepEqual([...tree.values()], [{ path: 'static/media/netlify.png', kind: 'regular', id }]);
    });

    it('list commits', async () => {
      const reply = recorded('GET /api/v4/projects/owner%2Frepo/repository/commits ?path,ref_name -> 200');
      const host = replaying({ [`GET ${project}/repository/commits`]: reply });
      assert.deepEqual(await host.commitsBetween('owner/repo', undefined, commit, 10, call()), [
        { id: '2bc3fa39d8adb9e008e52793854338399fc6e4ad', parents: [], message: 'initial commit' },
      ]);
    });

    for (const [what, id, parent] of [
      ['actions=create', '6e0d5fa8b09c6bdcaaab25aed878f912580d7887', 'ac8bcd7244d386040a77a4bdec472138547cc38a'],
      [
        'actions=create start_branch',
        '8608f9d8f1b9670783eeef2bdfcd12a6d86bf25c',
        'ac8bcd7244d386040a77a4bdec472138547cc38a',
      ],
      ['actions=delete', 'b555bb867e93ad88dbfbfa67d23437aae3023a6a', '48e1b3c5e18f82fdf873c2daad219de398f0d0ea'],
      ['actions=update', '9bfd2c1905a9dc28aab6d364935adc8f17b8e167', 'ff3d64b7c434f0ab98144cd2e7e14455fc69fde6'],
    ] as const) {
      it(`tell the commit that was made and its parent: ${what}`, async () => {
        const host = replaying({
          [`GET ${project}/repository/tree`]: { status: 200, body: [] },
          [`POST ${project}/repository/commits`]: recorded(
            `POST /api/v4/projects/owner%2Frepo/repository/commits ${what} -> 201`,
          ),
        });
        const request = { branch: 'master', expectedHead: commit, message: 'm', changes: [write('a', 'a', null)] };
        assert.deepEqual(await host.commit('owner/repo', request, call()), { commit: id, parent });
      });
    }

    it('delete a branch', async () => {
      const host = replaying({
        'GET projects/owner%2Frepo/repository/branches/cms%2Fposts': ok('go-scm-drone/branch.json'),
        'DELETE projects/owner%2Frepo/repository/branches/cms%2Fposts': recorded(
          'DELETE /api/v4/projects/owner%2Frepo/repository/branches/{branch} -> 204',
        ),
      });
      const head = '7b5c3cc8be40ee161ae89a06bba6229da1032a0c' as CommitId;
      await host.deleteBranch!('owner/repo', 'cms/posts', head, call());
    });

    it('open a merge request, and find the one that is open', async () => {
      const request = { from: 'cms/posts/1970-01-01-first-title', to: 'master', title: 't', body: '' };
      const made = recorded(
        'POST /api/v4/projects/owner%2Frepo/merge_requests ?description,labels,remove_source_branch,source_branch,squash,target_branch,title -> 201',
      );
      const { url } = await replaying({ [`POST ${project}/merge_requests`]: made }).createPullRequest!(
        'owner/repo',
        request,
        call(),
      );
      assert.equal(url, 'https://gitlab.com/owner/repo/-/merge_requests/9');
      const message = ['Another open merge request already exists for this source branch: !1'];
      const host = replaying({
        [`POST ${project}/merge_requests`]: { status: 409, body: { message } },
        [`GET ${project}/merge_requests`]: recorded(
          'GET /api/v4/projects/owner%2Frepo/merge_requests ?labels,per_page,source_branch,state,target_branch -> 200',
        ),
      });
      const failure = await fails(host.createPullRequest!('owner/repo', request, call()), 'pullRequestExists');
      assert.equal(failure.facts.link, 'https://gitlab.com/owner/repo/-/merge_requests/1');
    });
  });

  describe('bodies', () => {
    const rights = { status: 200, body: { data: { project: { userPermissions: { pushCode: false } } } } };
    const repository = (name: string) =>
      replaying({ 'GET projects/any': ok(name), 'POST /api/graphql': rights }).repository('any', call());

    it('describe projects', async () => {
      const described = { host: 'gitlab', origin, defaultBranch: 'master', empty: false };
      const own = (id: string, name: string, canPush: boolean) => ({ ...described, id, name, canPush });
      assert.deepEqual(await repository('go-scm-drone/repo.json'), own('178504', 'diaspora/diaspora', false));
      assert.deepEqual(
        await repository('go-scm-drone/subgroup.json'),
        own('14264161', 'gitlab-org/gitter/gitter-demo-app', false),
      );
      assert.deepEqual(await repository('dependabot/bump_repo.json'), own('3', 'gocardless/bump', true));
    });

    it('list owners and their projects', async () => {
      const host = replaying({
        'GET user': ok('go-scm-drone/user.json'),
        'GET groups': ok('go-scm-drone/groups.json'),
        'GET groups/twitter/projects': ok('go-scm-drone/repos.json'),
        'GET users/john_smith/projects': ok('go-scm-drone/repos_filter.json'),
      });
      assert.deepEqual(await all(host.listOwners(call())), [
        { id: 'john_smith', name: 'john_smith' },
        { id: 'twitter', name: 'Twitter' },
      ]);
      const listed = {
        host: 'gitlab',
        origin,
        id: '178504',
        name: 'diaspora/diaspora',
        defaultBranch: 'master',
        empty: false,
      };
      assert.deepEqual(await all(host.listRepositories('twitter', '', call())), [listed]);
      assert.deepEqual(await all(host.listRepositories('john_smith', 'diaspora', call())), [listed]);
    });

    it('list branches', async () => {
      const list = (name: string) =>
        all(replaying({ 'GET projects/1/repository/branches': ok(name) }).listBranches('1', '', call()));
      const branch = (name: string, head: string) => ({ name, head, isDefault: false, isProtected: true });
      const master = branch('master', '7b5c3cc8be40ee161ae89a06bba6229da1032a0c');
      assert.deepEqual(await list('go-scm-drone/branches.json'), [master]);
      assert.deepEqual(await list('go-scm-drone/branches_filter.json'), [
        master,
        branch('master-patch', '7b5c3cc8be40ee161ae89a06bba6229da1032a0d'),
      ]);
    });

    it('tell heads, and the one that is not there from the project that is not', async () => {
      const head = (reply: Reply) =>
        replaying({ 'GET projects/1/repository/branches/b': reply }).head('1', 'b', call());
      assert.equal(await head(ok('go-scm-drone/branch.json')), '7b5c3cc8be40ee161ae89a06bba6229da1032a0c');
      assert.equal(await head(ok('go-scm-drone/branch_create.json')), '0efb1bed7c6a4871cb4ddb862ecc2111e11f31ee');
      assert.equal(await head(ok('dependabot/branch.json')), 'b7dd067490fe57505f7226c3b54d3127d2f7fd41');
      assert.equal(await head(ok('dependabot/branch_not_found.json', 404)), undefined);
      await fails(head(ok('dependabot/not_found.json', 404)), 'repositoryNotFound');
    });

    it('make a branch', async () => {
      const host = replaying({ 'POST projects/1/repository/branches': ok('go-scm-drone/branch_create.json', 201) });
      await host.createBranch!('1', 'yooo', commit, call());
    });

    it('list trees: folders are left out', async () => {
      const list = (name: string) =>
        replaying({ 'GET projects/1/repository/tree': ok(name) }).tree('1', commit, call());
      const business = await list('dependabot/business_files.json');
      assert.deepEqual(
        [...business.keys()],
        ['.gitignore', '.travis.yml', 'CHANGELOG.md', 'Gemfile', 'LICENSE', 'README.md', 'business.gemspec'],
      );
      assert.equal(business.get('Gemfile' as never)?.id, 'a7c2a571018c7994b7e18e6ab67bfee11efa60c5');
      const ci = await list('go-scm-drone/content_list.json');
      assert.equal(ci.size, 10);
      assert.deepEqual([...ci.keys()].slice(0, 3), [
        'lib/gitlab/ci/ansi2html.rb',
        'lib/gitlab/ci/ansi2json.rb',
        'lib/gitlab/ci/charts.rb',
      ]);
    });

    it('list commits with their messages and parents', async () => {
      const list = (name: string) =>
        replaying({ 'GET projects/1/repository/commits': ok(name) }).commitsBetween(
          '1',
          undefined,
          commit,
          100,
          call(),
        );
      assert.deepEqual(await list('go-scm-drone/commits.json'), [
        {
          id: '6104942438c14ec7bd21c6cd5bd995272b3faff6',
          parents: ['ae1d9fb46aa2b07ee9836d49862ec4e2c46fbbba'],
          message: 'Sanitize for network graph',
        },
      ]);
      const [first, second] = await list('dependabot/commits.json');
      assert.match(first?.message ?? '', /^Add separate room assignment model\n\nResolves #690\n\nThis .* data\.$/s);
      assert.equal(first?.parents[0], second?.id);
      assert.ok((await list('dependabot/commits_with_existing.json')).length > 0);
    });

    it('tell the commit that was made', async () => {
      const host = replaying({
        'GET projects/1/repository/tree': { status: 200, body: [] },
        'POST projects/1/repository/commits': ok('dependabot/create_commit.json', 201),
      });
      const request = { branch: 'b', expectedHead: commit, message: 'm', changes: [write('a', 'a', null)] };
      assert.deepEqual(await host.commit('1', request, call()), {
        commit: '24602425d177183a0d25195bb13731a37a4c5bb4',
        parent: '0e09efdf379783fab8010cae6d50bf64f8358812',
      });
    });

    it('say that a file has changed', async () => {
      const message = file('go-scm-drone/content_update.json.fail');
      const host = replaying({
        'GET projects/1/repository/tree': { status: 200, body: [] },
        'POST projects/1/repository/commits': { status: 400, body: message },
      });
      const request = { branch: 'b', expectedHead: commit, message: 'm', changes: [write('a', 'a', null)] };
      await fails(host.commit('1', request, call()), 'stale');
    });

    it('open merge requests', async () => {
      const open = async (name: string) => {
        const host = replaying({ 'POST projects/1/merge_requests': ok(name, 201) });
        const { url } = await host.createPullRequest!('1', { from: 'a', to: 'b', title: 't', body: '' }, call());
        return url;
      };
      assert.equal(await open('go-scm-drone/merge.json'), 'https://gitlab.com/gitlab-org/testme/merge_requests/1');
      assert.match(await open('dependabot/merge_request.json'), /^https:\/\/gitlab\.com\/.*\/merge_requests\/5$/);
    });
  });

  it('have a batch of contents as it is described', async () => {
    const path = dataFolder('host-recordings')!;
    const { exchanges } = JSON.parse(readFileSync(join(path, 'HANDWRITTEN.json'), 'utf8')) as {
      readonly exchanges: readonly { readonly operation: string; readonly status: number; readonly body: unknown }[];
    };
    const batch = exchanges.find(({ operation }) => operation === 'POST repository/blobs/batch');
    const host = replaying({ 'POST projects/1/repository/blobs/batch': batch! });
    const wanted = { path: 'openapi.yaml' as never, id: 'ce013625030ba8dba906f756967f9e9ca394464a' as never };
    const read = await host.readFiles('1', commit, [wanted], call());
    assert.deepEqual([...read], [['openapi.yaml', bytesOf('hello\n')]]);
  });
});
