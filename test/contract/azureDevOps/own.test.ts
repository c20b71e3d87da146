import assert from 'node:assert/strict';
import type { FailureReason } from '../../../src/core/errors.ts';
import type { CommitId } from '../../../src/core/model/ids.ts';
import type { RepoPath } from '../../../src/core/model/repoPath.ts';
import { zipSync } from 'fflate';
import { AzureDevOpsHost } from '../../../src/hosts/azureDevOps/azureDevOpsHost.ts';
import { list } from '../../forge/azureDevOps/inRepository.ts';
import { problem } from '../../forge/azureDevOps/problems.ts';
import { zeros } from '../../forge/http/forgeGit.ts';
import { forgeTools, sessionOf } from '../forgeTools.ts';
import { call, fails, write } from '../support.ts';
import { AzureDevOpsBench } from './azureDevOpsBench.ts';

const zip = zipSync({ 'payments/some name.yaml': new Uint8Array(Buffer.from('1')) });

describe('Azure DevOps, in its own ways', function () {
  this.timeout(30_000);
  let bench: AzureDevOpsBench;
  let host: AzureDevOpsHost;
  let head: CommitId;
  beforeEach(async () => {
    bench = await AzureDevOpsBench.open();
    host = bench.host();
    head = bench.repository.push('main', { 'a.yaml': '1' }) as CommitId;
  });
  afterEach(async () => {
    await bench.close();
    assert.deepEqual(bench.forge.http.violations, []);
  });

  const changes = [write('a.yaml', '2', '1')];
  const commit = (own = host) =>
    own.commit(bench.id, { branch: 'main', expectedHead: head, message: 'm', changes }, call());
  const pushes = () => bench.forge.http.requests.filter(({ route }) => route?.endsWith('/pushes')).length;
  const faults = () => bench.forge.http.faults;
  const at =
    (path: string, method = 'GET') =>
    (request: { method: string; path: string }) =>
      request.method === method && request.path.endsWith(path);

  describe('who asks', () => {
    it('sends a personal access token with an empty user name, and one of Entra as it is', async () => {
      const sent: string[] = [];
      const fetch: typeof globalThis.fetch = (input, init) => {
        sent.push(new Headers(init?.headers).get('authorization') ?? '');
        return globalThis.fetch(input, init);
      };
      for (const token of ['token-of-ada', 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZGEifQ.c2ln']) {
        const own = new AzureDevOpsHost(forgeTools({ fetch }), bench.forge.origin, sessionOf('Ada', token));
        await own.head(bench.id, 'main', call()).catch(() => undefined);
      }
      const pat = `Basic ${Buffer.from(':token-of-ada').toString('base64')}`;
      assert.deepEqual(sent, [pat, 'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZGEifQ.c2ln']);
    });

    it('asks for an honest 401 in place of a sign-in page', async () => {
      const failure = await fails(bench.host('expired').head(bench.id, 'main', call()), 'signInNeeded');
      assert.equal(failure.facts.account, 'Old Person');
      assert.deepEqual(
        bench.forge.http.requests.map(({ status }) => status),
        [401],
      );
    });

    it('takes a sign-in page for what it is all the same', async () => {
      const location = 'https://spsprodweu1.vssps.visualstudio.com/_signin?realm=dev.azure.com';
      const page = { status: 203, headers: { 'content-type': 'text/html; charset=utf-8' }, body: '<html></html>' };
      for (const reply of [{ status: 302, headers: { location } }, page]) {
        faults().next(() => true, reply);
        await fails(host.head(bench.id, 'main', call()), 'signInNeeded');
        faults().next(at('/pushes', 'POST'), reply);
        await fails(commit(), 'signInNeeded');
      }
      assert.equal(bench.repository.head('main'), head);
    });

    it('knows nobody in an organization that everybody may see', async () => {
      await fails(bench.host('nobody').whoAmI(call()), 'signInNeeded');
    });
  });

  const words: readonly (readonly [number, string, string, FailureReason])[] = [
    [401, '', "TF400813: The user 'ada@acme.example' is not authorized to access this resource.", 'forbidden'],
    [403, 'GitNeedsPermissionException', "TF401027: You need the Git 'GenericContribute' permission.", 'forbidden'],
    [
      403,
      'GitRefUpdateRejectedByPolicyException',
      'TF402455: Pushes to this branch are not permitted.',
      'protectedBranch',
    ],
    [403, 'GitRefLockedException', 'The branch is locked.', 'protectedBranch'],
    [404, 'GitRepositoryNotFoundException', 'TF401019: The Git repository does not exist.', 'repositoryNotFound'],
    [409, 'GitReferenceStaleException', 'TF401028: The reference has already been updated.', 'stale'],
    [400, 'InvalidGitRefNameException', 'The ref name is invalid.', 'invalidName'],
    [400, 'ArgumentException', 'Something that nobody knows.', 'hostError'],
  ];
  for (const [status, typeKey, message, reason] of words) {
    it(`says ${reason} for ${status} “${message}”, in the server's words`, async () => {
      faults().next(at('/pushes', 'POST'), problem(status, typeKey, message));
      const failure = await fails(commit(), reason);
      assert.equal(failure.facts.detail, message);
      assert.equal(failure.facts.branch, 'main');
      assert.equal(pushes(), 1);
    });
  }

  const outcomes: readonly (readonly [string, FailureReason])[] = [
    ['staleOldObjectId', 'branchExists'],
    ['invalidRefName', 'invalidName'],
    ['refNameConflict', 'branchExists'],
    ['createBranchPermissionRequired', 'forbidden'],
    ['rejectedByPolicy', 'protectedBranch'],
    ['rejectedByPlugin', 'protectedBranch'],
    ['locked', 'protectedBranch'],
    ['unresolvableToCommit', 'hostError'],
    ['unprocessed', 'hostError'],
  ];
  for (const [updateStatus, reason] of outcomes) {
    it(`says ${reason} for a branch that was not made, with 200: ${updateStatus}`, async () => {
      const customMessage = `It is ${updateStatus}.`;
      faults().next(at('/refs', 'POST'), list([{ success: false, updateStatus, customMessage }]));
      const failure = await fails(host.createBranch(bench.id, 'topic', head, call()), reason);
      assert.equal(failure.facts.detail, customMessage);
    });
  }

  describe('a server of before', () => {
    beforeEach(() => (bench.forge.organization.version = '6.0'));

    it('is asked in its version, once that is known', async () => {
      assert.equal(await host.head(bench.id, 'main', call()), head);
      const statuses = () => bench.forge.http.requests.map(({ status }) => status);
      assert.deepEqual(statuses(), [400, 200]);
      const second = bench.repository.push('main', { 'a.yaml': '2' }) as CommitId;
      assert.equal(await host.isAncestor(bench.id, head, second, call()), true);
      assert.deepEqual(statuses(), [400, 200, 200]);
    });

    it('takes a commit, once', async () => {
      const { commit: made } = await commit();
      assert.equal(bench.repository.head('main'), made);
      assert.equal(bench.repository.log('main').length, 2);
    });
  });

  describe('a push', () => {
    it('is not made where the branch should be new and is not, at that very commit too', async () => {
      const request = { branch: 'main', expectedHead: undefined, startFrom: head, message: 'm', changes };
      await fails(host.commit(bench.id, request, call()), 'stale');
      assert.equal(bench.repository.head('main'), head);
    });

    it('that made a deleted branch anew is taken back, with nothing of a teammate’s', async () => {
      bench.repository.push('topic', { 'a.yaml': '1' });
      const expectedHead = bench.repository.head('topic') as CommitId;
      bench.repository.deleteBranch('topic');
      const request = { branch: 'topic', expectedHead, message: 'm', changes };
      await fails(host.commit(bench.id, request, call()), 'stale');
      assert.equal(bench.repository.head('topic'), undefined);
      // Somebody was faster than the second look: then it stays.
      faults().next(at('/refs', 'POST'), list([{ success: false, updateStatus: 'staleOldObjectId' }]));
      const { commit: made } = await host.commit(bench.id, request, call());
      assert.equal(bench.repository.head('topic'), made);
    });

    for (const [how, fault] of [
      ['is lost', 'dropBefore'],
      ['fails', problem(500, 'VssServiceException', 'TF400898: An internal error occurred.')],
      ['is not understood', { status: 200, body: { value: [] } }],
    ] as const) {
      it(`that made a deleted branch anew is in doubt where the answer to taking it back ${how}`, async () => {
        const expectedHead = bench.repository.push('topic', { 'a.yaml': '1' }) as CommitId;
        bench.repository.deleteBranch('topic');
        faults().next(at('/refs', 'POST'), fault);
        const request = { branch: 'topic', expectedHead, message: 'm', changes };
        const failure = await fails(host.commit(bench.id, request, call()), 'answerLost');
        assert.equal(failure.facts.branch, 'topic');
      });
    }

    it('that made a deleted branch anew is in doubt where taking it back is cancelled', async () => {
      const expectedHead = bench.repository.push('topic', { 'a.yaml': '1' }) as CommitId;
      bench.repository.deleteBranch('topic');
      const cancel = new AbortController();
      faults().next((request) => {
        if (at('/refs', 'POST')(request)) cancel.abort();
        return false;
      }, 'dropBefore');
      const request = { branch: 'topic', expectedHead, message: 'm', changes };
      await fails(host.commit(bench.id, request, { ...call(), signal: cancel.signal }), 'answerLost');
    });

    it('that made a deleted branch anew is stale where somebody else deleted it again', async () => {
      const expectedHead = bench.repository.push('topic', { 'a.yaml': '1' }) as CommitId;
      bench.repository.deleteBranch('topic');
      faults().next(at('/refs', 'POST'), list([{ success: true, updateStatus: 'succeededNonExistentRef' }]));
      const request = { branch: 'topic', expectedHead, message: 'm', changes };
      await fails(host.commit(bench.id, request, call()), 'stale');
    });

    it('that is too large is not sent', async () => {
      const bytes = new Uint8Array(20 * 1024 * 1024);
      const large = [{ kind: 'write', path: 'large.bin' as RepoPath, bytes, mode: 'regular', expected: null }] as const;
      const request = { branch: 'main', expectedHead: head, message: 'm', changes: [...changes, ...large] };
      const failure = await fails(host.commit(bench.id, request, call()), 'tooLarge');
      assert.equal(failure.facts.paths?.[0], 'large.bin');
      assert.equal(pushes(), 0);
    });

    it('whose answer nobody understands is in doubt', async () => {
      faults().next(at('/pushes', 'POST'), { status: 201, body: { commits: [], refUpdates: [] } });
      await fails(commit(), 'answerLost');
      faults().next(at('/pushes', 'POST'), { status: 201, body: { other: 'thing' } });
      await fails(commit(), 'answerLost');
    });

    it('leaves links and submodules alone', async () => {
      head = bench.repository.push('main', {
        link: { mode: '120000', content: 'a.yaml' },
        module: { mode: '160000', content: head },
      }) as CommitId;
      const tree = await host.tree(bench.id, head, call());
      for (const path of ['link', 'module'] as RepoPath[]) {
        const { id } = tree.get(path)!;
        const change = { kind: 'delete', path, expected: id! } as const;
        const request = { branch: 'main', expectedHead: head, message: 'm', changes: [change] };
        await fails(host.commit(bench.id, request, call()), 'unsupported');
      }
      assert.equal(pushes(), 0);
    });

    it('needs no look at the tree that it made', async () => {
      const { commit: made } = await commit();
      const { requests } = await bench.forge.http.count(() => host.tree(bench.id, made, call()));
      assert.equal(requests, 1);
    });
  });

  describe('files', () => {
    const files = [{ path: 'a.yaml' as RepoPath }];

    it('are known by what they hold, whatever the archive calls them', async () => {
      faults().next(at('/blobs', 'POST'), { status: 200, headers: { 'content-type': 'application/zip' }, body: zip });
      const read = await host.readFiles(bench.id, head, files, call());
      assert.deepEqual(read.get('a.yaml' as RepoPath), new Uint8Array(Buffer.from('1')));
    });

    it('that are not what was asked for are missing', async () => {
      head = bench.repository.push('main', { 'a.yaml': 'other' }) as CommitId;
      faults().next(at('/blobs', 'POST'), { status: 200, headers: { 'content-type': 'application/zip' }, body: zip });
      const failure = await fails(host.readFiles(bench.id, head, files, call()), 'hostError');
      assert.deepEqual(failure.facts.paths, ['a.yaml']);
    });

    it('in no archive are an answer that nobody understands', async () => {
      const body = new Uint8Array([80, 75, 3, 4, 9, 9]);
      faults().next(at('/blobs', 'POST'), { status: 200, headers: { 'content-type': 'application/zip' }, body });
      await fails(host.readFiles(bench.id, head, files, call()), 'unexpectedAnswer');
    });
  });

  it('finds a branch on a later page of those that begin alike', async () => {
    const names = ['a-b', 'a/b-c', 'ab', 'abc'];
    for (const name of names) bench.repository.push(name, { 'a.yaml': name });
    bench.forge.organization.pageSize = 1;
    for (const name of names) assert.equal(await host.head(bench.id, name, call()), bench.repository.head(name));
    assert.equal(await host.head(bench.id, 'a', call()), undefined);
  });

  it('does not follow pages in circles', async () => {
    const reply = { ...list([]), headers: { 'x-ms-continuationtoken': 'again' } };
    faults().always(at('/refs'), reply);
    await fails(host.head(bench.id, 'main', call()), 'unexpectedAnswer');
  });

  it('goes slower where a 200 says when to come back', async () => {
    faults().next(at('/refs'), { ...list([]), headers: { 'retry-after': '7' } });
    await host.head(bench.id, 'main', call());
    assert.deepEqual(bench.tools.time.waited, []);
    assert.equal(await host.head(bench.id, 'main', call()), head);
    const [waited = 0] = bench.tools.time.waited;
    assert.ok(waited > 5_000 && waited <= 7_000, `${waited}`);
  });

  it('lists a disabled repository, and says so when it is opened', async () => {
    bench.served.disabled = true;
    for await (const [found] of host.listRepositories(bench.project.id, '', call())) {
      assert.deepEqual([found?.name, found?.canPush], [bench.fullName, false]);
    }
    const failure = await fails(host.repository(bench.id, call()), 'forbidden');
    assert.equal(failure.facts.repository, bench.fullName);
    assert.match(failure.facts.detail ?? '', /disabled/);
    await fails(host.head(bench.id, 'main', call()), 'repositoryNotFound');
  });

  it('tells whether pushing is allowed where it may ask', async () => {
    assert.equal((await host.repository(bench.id, call())).canPush, true);
    assert.equal((await bench.host('read').repository(bench.id, call())).canPush, false);
    bench.forge.organization.tellsRights = false;
    assert.equal('canPush' in (await host.repository(bench.id, call())), false);
  });

  it('has no tree for a commit that is not there', async () => {
    await fails(host.tree(bench.id, '1'.repeat(40) as CommitId, call()), 'hostError');
    await fails(host.createBranch(bench.id, 'topic', '1'.repeat(40) as CommitId, call()), 'hostError');
    assert.equal(await host.isAncestor(bench.id, zeros as CommitId, head, call()), false);
  });

  it('goes back to the root where the other commit is not there any more', async () => {
    const found = await host.commitsBetween(bench.id, '1'.repeat(40) as CommitId, head, 10, call());
    assert.deepEqual(
      found.map(({ id }) => id),
      [head],
    );
  });

  it('reads histories longer than a page', async () => {
    for (let n = 0; n < 130; n++) bench.repository.push('main', { 'a.yaml': `${n}` }, `Commit ${n}`);
    const now = bench.repository.head('main') as CommitId;
    const found = await host.commitsBetween(bench.id, head, now, 120, call());
    assert.deepEqual([found.length, found[0]?.message, found[119]?.message], [120, 'Commit 129', 'Commit 10']);
  });

  it('names pages by names where it has heard them, and by ids before', async () => {
    const path = 'dir/ä #1.yaml' as RepoPath;
    const query = '?version=GBissue%2342%2Fx&path=%2Fdir%2F%C3%A4%20%231.yaml';
    const { origin } = bench.forge;
    const before = host.webUrl(bench.id, 'issue#42/x', path);
    assert.equal(before, `${origin}/${bench.project.id}/_git/${bench.served.id}${query}`);
    await host.repository(bench.id, call());
    assert.equal(
      host.webUrl(bench.id, 'issue#42/x', path),
      `${origin}/Gr%C3%B6%C3%9Fe%20Project/_git/payments${query}`,
    );
  });

  it('names the page of a pull request that is there', async () => {
    bench.repository.push('topic', { 'a.yaml': '2' });
    const request = { from: 'topic', to: 'main', title: 't', body: 'x'.repeat(5_000) };
    const { url } = await host.createPullRequest(bench.id, request, call());
    assert.equal(url, `${bench.forge.origin}/Gr%C3%B6%C3%9Fe%20Project/_git/payments/pullrequest/22`);
    const failure = await fails(host.createPullRequest(bench.id, request, call()), 'pullRequestExists');
    assert.equal(failure.facts.link, url);
  });
});
