import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BitbucketHost } from '../../src/hosts/bitbucket/bitbucketHost.ts';
import type { BlobId, CommitId } from '../../src/core/model/ids.ts';
import type { RepoPath } from '../../src/core/model/repoPath.ts';
import type { CommitRequest } from '../../src/ports/repositoryHost.ts';
import { forgeTools, sessionOf } from '../contract/forgeTools.ts';
import { all, call, fails, write } from '../contract/support.ts';
import { dataFolder } from './dataFolder.ts';

interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

interface Exchange {
  readonly operation: string;
  readonly response: Reply;
}

const origin = 'https://bitbucket.org';
const folder = dataFolder('host-recordings/bitbucket');
const one = '1'.repeat(40) as CommitId;
const two = '2'.repeat(40) as CommitId;

/** What was parsed so far: every file of the folder is, or is told why not. */
const parsed = new Set<string>();

/** Recordings that answer none of our calls. */
const others: Readonly<Record<string, string>> = {
  'content.json': 'a file’s facts (?format=meta)',
  'tag.json': 'tags',
  'tags.json': 'tags',
  'business_tags.json': 'tags',
  'team.json': 'a workspace',
  'userEmail.json': 'e-mail addresses',
  'pr_diffstat.json': 'what a pull request changes',
  'pr_file_diff.text': 'what a pull request changes',
  'status.json': 'builds',
  'default_reviewers_no_data.json': 'reviewers',
  'default_reviewers_with_data.json': 'reviewers',
  'pull_requests_no_match.json': 'cut down to what a client used: no link',
  'pull_requests_with_match.json': 'cut down to what a client used: no link',
};

function recorded(name: string, status = 200): Reply {
  const source = name.slice(0, name.indexOf('/'));
  parsed.add(name.slice(source.length + 1));
  const text = readFileSync(join(folder!, name), 'utf8');
  const isJson = /\.json(?:\.fail)?$/.test(name);
  return { status, headers: { 'content-type': isJson ? 'application/json' : 'text/plain' }, body: text };
}

/** An adapter that gets these answers, in this order. */
function replaying(...replies: readonly Reply[]): BitbucketHost {
  const left = [...replies];
  const fetch: typeof globalThis.fetch = (_input, init) => {
    const { status, headers = {}, body } = left.shift() ?? assert.fail(`no answer left for ${init?.method ?? 'GET'}`);
    const own = Object.entries(headers).filter(([name]) => !/content-length|content-encoding/i.test(name));
    const text = body === null || typeof body === 'string' ? body : JSON.stringify(body);
    return Promise.resolve(new Response(status === 204 ? null : text, { status, headers: Object.fromEntries(own) }));
  };
  return new BitbucketHost(forgeTools({ fetch }), origin, sessionOf('Ada', 'token'));
}

describe('recorded answers of Bitbucket', () => {
  before(function () {
    if (folder === undefined) this.skip();
  });

  /** Of the exchanges with status and headers. */
  const exchange = (operation: string): Reply => {
    const { exchanges } = JSON.parse(recorded('./recorded-decap-cms.json').body as string) as {
      readonly exchanges: readonly Exchange[];
    };
    parsed.add('recorded-decap-cms.json');
    return exchanges.find((known) => known.operation === operation)?.response ?? assert.fail(operation);
  };
  const base = '/2.0/repositories/owner/repo';
  const ok = (body: object): Reply => ({ status: 200, headers: { 'content-type': 'application/json' }, body });
  const emptyPage = () => recorded('dependabot/no_files.json');
  const pathsOf = (...paths: readonly string[]) => paths.map((path) => ({ path: path as RepoPath }));

  it('say who is signed in', async () => {
    const id = '{87bb15eb-47c1-49b3-9f16-ca824a2979a4}';
    assert.deepEqual(await replaying(recorded('go-scm-drone/user.json')).whoAmI(call()), {
      id,
      name: 'Brad Rydzewski',
    });
    assert.deepEqual(await replaying(exchange('GET /2.0/user -> 200')).whoAmI(call()), {
      id: '',
      name: 'owner',
      scopes: ['pullrequest:write', 'repository:delete', 'repository:admin', 'account'],
    });
    const cut = await replaying(recorded('dependabot/current_user.json')).whoAmI(call());
    assert.deepEqual(cut, { id: '{11111111-6349-0000-aea6-111111111111}', name: 'Ada' });
    const refused = replaying(recorded('dependabot/current_user_no_access.json', 401));
    assert.deepEqual(await refused.whoAmI(call()), { id: '', name: 'Ada' });
  });

  it('list workspaces', async () => {
    assert.deepEqual(await all(replaying(recorded('go-scm-drone/user_workspaces.json')).listOwners(call())), [
      { id: '{123e4567-e89b-12d3-a456-426614174000}', name: 'My Workspace' },
      { id: '{987fcdeb-51a2-43f7-9c8b-123456789abc}', name: 'Team Workspace' },
    ]);
  });

  it('describe repositories', async () => {
    const described = async (reply: Reply, permission: Reply) => {
      const { id, name, defaultBranch, empty, canPush } = await replaying(reply, permission).repository('a/b', call());
      return [id, name, defaultBranch, empty, canPush];
    };
    const permission = (which: string) => recorded(`go-scm-drone/user_repo_perm_${which}.json`);
    const plugin = '{02b941e3-cfaa-40f9-9a58-cec53e20bdc3}/{7dd600e6-0d9c-4801-b967-cb4cc17359ff}';
    const named = [plugin, 'atlassian/stash-example-plugin', 'master', false] as const;
    const repo = () => recorded('go-scm-drone/repo.json');
    assert.deepEqual(await described(repo(), permission('admin')), [...named, true]);
    assert.deepEqual(await described(repo(), permission('write')), [...named, true]);
    assert.deepEqual(await described(repo(), permission('read')), [...named, false]);
    assert.deepEqual(await described(repo(), permission('empty')), [...named, false]);
    assert.deepEqual(await described(exchange(`GET ${base} -> 200`), permission('empty')), [
      '{0344b5bd-000e-47ad-80d1-b0a91b92bb53}/{97c5226e-9ffb-42c4-948d-3d785a9d0c46}',
      'owner/repo',
      'master',
      false,
      false,
    ]);
    const [, name, branch] = await described(recorded('dependabot/bump_repo.json'), permission('empty'));
    assert.deepEqual([name, branch], ['gocardless/bump', 'default']);
    const { facts } = await fails(
      replaying(recorded('go-scm-drone/error.json', 404)).repository('dev/null', call()),
      'repositoryNotFound',
    );
    assert.equal(facts.detail, 'Repository dev/null not found');
  });

  it('list repositories', async () => {
    const listed = await all(
      replaying(recorded('go-scm-drone/repos-2.json')).listRepositories('atlassian', '', call()),
    );
    assert.deepEqual(
      listed.map(({ name, empty }) => [name, empty]),
      [['atlassian/stash-example-plugin', false]],
    );
    const two = replaying(recorded('go-scm-drone/repos_filter.json'), recorded('go-scm-drone/repos-2.json'));
    const paged = await all(two.listRepositories('atlassian', '', call()));
    assert.deepEqual(
      paged.map(({ name }) => name),
      ['atlassian/stash-example-plugin1', 'atlassian/stash-example-plugin'],
    );
  });

  it('have heads of branches', async () => {
    const head = (reply: Reply) => replaying(reply).head('a/b', 'x', call());
    assert.equal(await head(recorded('go-scm-drone/branch.json')), 'a6e5e7d797edf751cbd839d6bd4aef86c941eec9');
    assert.equal(await head(recorded('dependabot/default_branch.json')), '0fd7bb2494e8cc11c71c05f8f12deafa6b41fb37');
    assert.equal(await head(recorded('dependabot/other_branch.json')), '4c2ea65f2eb932c438557cb6ec29b984794c6108');
    const master = exchange(`GET ${base}/refs/branches/master -> 200`);
    assert.equal(await head(master), 'b782b50eefc7d6f6482ac989eb5c9142d5abfa37');
    const other = exchange(`GET ${base}/refs/branches/{branch} -> 200`);
    assert.equal(await head(other), '032c0a2fcec6e77cd946f09cc11c1758c239dd49');
  });

  it('list branches, and lead to no other origin', async () => {
    for (const [name, expected] of [
      ['branches', [['master', true]]],
      [
        'branches_filter',
        [
          ['master', true],
          ['master-patch', false],
        ],
      ],
    ] as const) {
      const host = replaying(recorded('go-scm-drone/repo.json'), recorded(`go-scm-drone/${name}.json`));
      const pages = host.listBranches('a/b', '', call())[Symbol.asyncIterator]();
      const { value } = await pages.next();
      const found = value as Awaited<ReturnType<typeof all>> as readonly { name: string; isDefault: boolean }[];
      assert.deepEqual(
        found.map((branch) => [branch.name, branch.isDefault]),
        expected,
      );
      // The client's author wrote the website in place of the API.
      await fails(pages.next(), 'unexpectedAnswer');
    }
  });

  it('make and delete branches', async () => {
    await replaying(recorded('go-scm-drone/branch_create.json', 201)).createBranch('a/b', 'yooo', one, call());
    const head = 'b782b50eefc7d6f6482ac989eb5c9142d5abfa37' as CommitId;
    const gone = exchange(`DELETE ${base}/refs/branches/{branch} -> 204`);
    const master = exchange(`GET ${base}/refs/branches/master -> 200`);
    await replaying(master, gone).deleteBranch('owner/repo', 'master', head, call());
  });

  it('list files and folders', async () => {
    const kinds = async (...replies: readonly Reply[]) => {
      const tree = await replaying(...replies).tree('a/b', one, call());
      return [...tree.values()].map(({ path, kind, size }) => `${kind} ${String(size)} ${path}`);
    };
    assert.deepEqual(await kinds(recorded('go-scm-drone/content_list.json'), emptyPage()), [
      'regular 10 packages/activity/.npmignore',
      'regular 558 packages/activity/LICENSE',
      'regular 494 packages/activity/index.ts',
      'regular 1914 packages/activity/package.json',
      'regular 61 packages/activity/package.json.d.ts',
    ]);
    const business = await kinds(recorded('dependabot/business_files.json'));
    assert.deepEqual(
      [business.length, business[0], business.at(-1)],
      [25, 'regular 226 .gems', 'regular 7040 pg.gemspec'],
    );
    const posts = await kinds(exchange(`GET ${base}/src/{sha}/{path} ?max_depth,pagelen -> 200`));
    assert.deepEqual(
      posts.map((text) => text.replace(/---.*/, '')),
      [
        'regular 1707 content/posts/2016-01-09',
        'regular 2565 content/posts/2016-01-12',
        'regular 2786 content/posts/2016-02-02',
        'regular 16071 content/posts/2017-18-08',
        'regular 7465 content/posts/2017-19-08',
      ],
    );
    const absent = exchange(`GET ${base}/src/{sha}/{path} ?max_depth,pagelen -> 404`);
    await fails(replaying(absent).tree('a/b', one, call()), 'repositoryNotFound');
  });

  it('have contents', async () => {
    const listing = (path: string) => ok({ values: [{ path, type: 'commit_file', attributes: [], size: 3 }] });
    const read = async (reply: Reply) => {
      const files = await replaying(listing('a.txt'), reply).readFiles('a/b', one, pathsOf('a.txt'), call());
      const bytes = files.get('a.txt' as RepoPath);
      return bytes && Buffer.from(bytes).toString();
    };
    assert.equal(await read(recorded('go-scm-drone/content.txt')), 'HELLO WORLD\n');
    assert.match((await read(recorded('dependabot/gemspec_content'))) ?? '', /^# -\*- encoding: utf-8/);
    assert.match(
      (await read(exchange(`GET ${base}/src/{sha}/.gitattributes -> 200`))) ?? '',
      /^\/\.github export-ignore/,
    );
    assert.match((await read(exchange(`GET ${base}/src/{sha}/{path} -> 200`))) ?? '', /^---\ntitle: The Origins/);
    assert.equal(await read(recorded('go-scm-drone/content_fail.json', 404)), undefined);
    assert.equal(await read(recorded('dependabot/file_not_found.json', 404)), undefined);
    assert.equal(await read(exchange(`GET ${base}/src/{sha}/{path} -> 404`)), undefined);
  });

  it('send on to where large files are, which are left out', async () => {
    const listing = ok({ values: [{ path: 'a.png', type: 'commit_file', attributes: [] }] });
    const away = exchange(`GET ${base}/src/{sha}/{path} -> 302`);
    const content: Reply = { status: 200, body: 'the large file' };
    const files = await replaying(listing, away, content).readFiles('a/b', one, pathsOf('a.png'), call());
    assert.deepEqual([...files], []);
  });

  it('tell what differs', async () => {
    const listing = ok({
      values: ['CONTRIBUTING.md', 'new-folder/CONTRIBUTING.md'].map((path) => ({ path, type: 'commit_file' })),
    });
    const changes = await replaying(recorded('go-scm-drone/diffstat.json'), listing).changes('a/b', one, two, call());
    assert.deepEqual(changes, [
      { path: 'CONTRIBUTING.md', kind: 'modified', to: { kind: 'regular' } },
      { path: 'old-folder/CONTRIBUTING.md', kind: 'deleted' },
      { path: 'new-folder/CONTRIBUTING.md', kind: 'added', to: { kind: 'regular' } },
    ]);
  });

  it('have the history', async () => {
    const history = (reply: Reply, limit: number) =>
      replaying(reply).commitsBetween('a/b', undefined, one, limit, call());
    assert.deepEqual(await history(recorded('go-scm-drone/commits.json'), 1), [
      {
        id: 'a6e5e7d797edf751cbd839d6bd4aef86c941eec9',
        parents: ['5be6855032e171280a1acb860d7265c29f40487c'],
        message: 'Add Apache 2.0 License',
      },
    ]);
    const business = await history(recorded('dependabot/business_compare_commits.json'), 10);
    assert.deepEqual(
      business.map(({ id, message }) => [id.slice(0, 7), message]),
      [
        ['deae742', 'Added signature for changeset f275e318641f'],
        ['f275e31', 'Eliminate use of deprecated PGError constant from specs'],
      ],
    );
    assert.deepEqual(await history(exchange(`GET ${base}/commits ?include,path -> 200`), 10), [
      { id: '2bc3fa39d8adb9e008e52793854338399fc6e4ad', parents: [], message: 'initial commit' },
    ]);
    const base1 = replaying(recorded('go-scm-drone/commit.json'));
    assert.equal(
      await base1.isAncestor('a/b', 'a6e5e7d797edf751cbd839d6bd4aef86c941eec9' as CommitId, two, call()),
      true,
    );
    assert.equal(await replaying(recorded('go-scm-drone/commit.json')).isAncestor('a/b', one, two, call()), false);
  });

  describe('to a commit', () => {
    const head = 'b782b50eefc7d6f6482ac989eb5c9142d5abfa37' as CommitId;
    const send = (changes: CommitRequest['changes'], ...replies: readonly Reply[]) => {
      const listing = ok({ values: [{ path: 'a.yaml', type: 'commit_file', attributes: [], size: 1 }] });
      const contents: Reply = { status: 200, body: '1' };
      const known = exchange(`GET ${base}/refs/branches/master -> 200`);
      const host = replaying(known, listing, contents, ...replies);
      return host.commit('owner/repo', { branch: 'master', expectedHead: head, message: 'm', changes }, call());
    };

    it('name it in their header', async () => {
      const edit = [write('a.yaml', '2', '1')];
      const removal = [{ kind: 'delete', path: 'a.yaml' as RepoPath, expected: edit[0]!.expected as BlobId }] as const;
      for (const [operation, changes, id] of [
        ['branch -> 201', edit, 'a1597ec448e37b0b075367dceb58a5a129d5282b'],
        ['parents branch -> 201', edit, '09ad99ca898ddd5faca69308e429aaec101b5302'],
        ['delete branch -> 201', removal, '8cb4be3acf9360e8c5ad2796ca2fe2bc169cb178'],
      ] as const) {
        const space = operation.startsWith('delete') ? ' ' : '  ';
        const reply = exchange(`POST ${base}/src${space}${operation}`);
        assert.deepEqual(await send(changes, reply), { commit: id, parent: head });
      }
    });

    it('refuse a parent that is not there', async () => {
      await fails(send([write('a.yaml', '2', '1')], recorded('go-scm-drone/content_update.json.fail', 400)), 'stale');
    });
  });

  it('open pull requests', async () => {
    const request = { from: 'a', to: 'b', title: 't', body: '' };
    const opened = (made: Reply) => replaying(emptyPage(), made).createPullRequest('a/b', request, call());
    assert.deepEqual(await opened(recorded('go-scm-drone/pr.json', 201)), {
      url: 'https://bitbucket.org/atlassian/atlaskit/pull-requests/4982',
    });
    assert.deepEqual(await opened(exchange(`POST ${base}/pullrequests -> 201`)), {
      url: 'https://bitbucket.org/owner/repo/pull-requests/1',
    });
    const known = (reply: Reply) =>
      fails(replaying(reply).createPullRequest('a/b', request, call()), 'pullRequestExists');
    const { facts } = await known(exchange(`GET ${base}/pullrequests ?pagelen,q -> 200`));
    assert.equal(facts.link, 'https://bitbucket.org/owner/repo/pull-requests/4');
    assert.match((await known(recorded('go-scm-drone/prs.json'))).facts.link ?? '', /^https:\/\/bitbucket\.org\//);
  });

  describe('all of them', () => {
    it('are parsed, or answer no call of ours', () => {
      const files = readdirSync(folder!, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
      const names = files.map(({ name }) => name).filter((name) => name !== 'go-scm.index.json');
      assert.deepEqual(names.filter((name) => !parsed.has(name) && !Object.hasOwn(others, name)).toSorted(), []);
    });
  });
});
