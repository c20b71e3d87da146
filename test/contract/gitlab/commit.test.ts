import assert from 'node:assert/strict';
import type { CommitId } from '../../../src/core/model/ids.ts';
import type { FileChange } from '../../../src/core/model/change.ts';
import type { CommitRequest } from '../../../src/ports/repositoryHost.ts';
import { call, commitId, fails, isLong, remove, write } from '../support.ts';
import { GitLabBench } from './gitlabBench.ts';

describe('a commit on GitLab', function () {
  this.timeout(30_000);
  let bench: GitLabBench;
  beforeEach(async () => {
    bench = await GitLabBench.open();
  });
  afterEach(async () => {
    await bench.close();
    assert.deepEqual(bench.forge.http.violations, []);
  });

  const commit = (changes: readonly FileChange[], more: Partial<CommitRequest> = {}) => {
    const expectedHead = bench.repository.head('main') as CommitId | undefined;
    const request = { branch: 'main', expectedHead, message: 'Mine', changes, ...more };
    return bench.host().commit(bench.id, request, call());
  };
  const text = (path: string) => Buffer.from(bench.repository.show('main', path)).toString();

  it('is stale for every kind of change to a file that changed meanwhile', async () => {
    const head = commitId(bench.repository.push('main', { 'a.yaml': '1', 'run.sh': 'r', 'b.yaml': 'b' }));
    const kinds: readonly FileChange[] = [
      write('a.yaml', '2', '1'),
      remove('a.yaml', '1'),
      write('a.yaml', '1', '1', 'executable'),
    ];
    const now = bench.repository.push('main', { 'a.yaml': 'theirs' });
    for (const change of kinds) await fails(commit([change], { expectedHead: head }), 'stale');
    const { facts } = await fails(commit([write('a.yaml', '2', 'never')], { expectedHead: head }), 'stale');
    assert.deepEqual([facts.paths, facts.branch, facts.account], [['a.yaml'], 'main', 'ada']);
    assert.equal(bench.repository.head('main'), now);
  });

  it('is made where only other files changed meanwhile, and tells on what', async () => {
    const expectedHead = commitId(bench.repository.push('main', { 'a.yaml': '1', 'b.yaml': 'b' }));
    const theirs = bench.repository.push('main', { 'b.yaml': 'theirs' });
    const made = await commit([write('a.yaml', '2', '1')], { expectedHead });
    assert.deepEqual(made, { commit: bench.repository.head('main'), parent: theirs });
    assert.deepEqual([text('a.yaml'), text('b.yaml')], ['2', 'theirs']);
  });

  it('tells the newer head when somebody is faster between GitLab’s own check and its writing', async () => {
    bench.repository.push('main', { 'a.yaml': '1', 'b.yaml': 'b' });
    let theirs: string | undefined;
    bench.forge.instance.inRaceWindow = () => (theirs = bench.repository.push('main', { 'b.yaml': 'theirs' }));
    const { commit: mine, parent } = await commit([write('a.yaml', '2', '1')]);
    assert.equal(parent, theirs);
    assert.deepEqual([text('a.yaml'), text('b.yaml')], ['2', 'theirs']);
    assert.deepEqual(
      bench.repository
        .log('main')
        .map((line) => line.slice(0, 40))
        .slice(0, 2),
      [mine, theirs],
    );
  });

  it('loses nothing of two people whose every commit meets in that moment', async () => {
    const rounds = isLong ? 100 : 10;
    bench.repository.push('main', { 'mine.txt': '0', 'theirs.txt': '0' });
    for (let round = 1; round <= rounds; round++) {
      const seen = bench.repository.head('main');
      bench.forge.instance.inRaceWindow = () => bench.repository.push('main', { 'theirs.txt': String(round) });
      const { parent } = await commit([write('mine.txt', String(round), String(round - 1))]);
      assert.notEqual(parent, seen);
    }
    assert.deepEqual([text('mine.txt'), text('theirs.txt')], [String(rounds), String(rounds)]);
    assert.equal(bench.repository.log('main').length, 1 + 2 * rounds);
  });

  it('keeps the commit in the history that it overwrote in that moment, and tells it as its parent', async () => {
    bench.repository.push('main', { 'a.yaml': '1' });
    let theirs: string | undefined;
    bench.forge.instance.inRaceWindow = () => (theirs = bench.repository.push('main', { 'a.yaml': 'theirs' }));
    assert.equal((await commit([write('a.yaml', '2', '1')])).parent, theirs);
    assert.equal(Buffer.from(bench.repository.show(theirs!, 'a.yaml')).toString(), 'theirs');
  });

  it('begins a new branch at its commit although the default branch has moved on', async () => {
    const startFrom = commitId(bench.repository.push('main', { 'a.yaml': '1' }));
    bench.repository.push('main', { 'a.yaml': 'moved on' });
    const request = { branch: 'topic', expectedHead: undefined, startFrom };
    const { parent } = await commit([write('a.yaml', '2', '1')], request);
    assert.equal(parent, startFrom);
    await fails(commit([write('a.yaml', '3', '1')], request), 'stale');
  });

  it('changes a mode alone without sending the contents', async () => {
    bench.repository.push('main', { 'run.sh': 'r'.repeat(100_000) });
    await commit([write('run.sh', 'r'.repeat(100_000), 'r'.repeat(100_000), 'executable')]);
    assert.equal(bench.repository.entries('main').get('run.sh')?.mode, '100755');
    assert.equal(text('run.sh').length, 100_000);
  });

  it('puts a file in the place of a link', async () => {
    bench.repository.push('main', { 'a.yaml': '1', link: { mode: '120000', content: 'a.yaml' } });
    await commit([write('link', 'now a file', 'a.yaml')]);
    assert.equal(bench.repository.entries('main').get('link')?.mode, '100644');
    assert.equal(text('link'), 'now a file');
  });

  it('is refused on a root where there are branches of other names', async () => {
    bench.repository.push('develop', { 'a.yaml': '1' });
    const { facts } = await fails(commit([write('a.yaml', '1', null)]), 'stale');
    assert.deepEqual([facts.branch, facts.account, facts.origin], ['main', 'ada', bench.forge.origin]);
  });

  it('says in GitLab’s words why a hook took it not', async () => {
    bench.repository.push('main', { 'a.yaml': '1' });
    const words = "Commit message does not follow the pattern '^JIRA-'";
    const isCommit = ({ method }: { readonly method: string }) => method === 'POST';
    bench.forge.http.faults.next(isCommit, { status: 400, body: { message: words } });
    assert.equal((await fails(commit([write('a.yaml', '2', '1')]), 'hostError')).facts.detail, words);
  });

  it('shows no page of a merge request that is not the server’s own', async () => {
    bench.repository.push('main', { 'a.yaml': '1' });
    bench.repository.push('topic', { 'a.yaml': '2' });
    const isMade = ({ method, path }: { readonly method: string; readonly path: string }) =>
      method === 'POST' && path.endsWith('/merge_requests');
    bench.forge.http.faults.next(isMade, { status: 201, body: { iid: 1, web_url: 'file://evil.example/run.exe' } });
    const request = { from: 'topic', to: 'main', title: 't', body: '' };
    const { url } = await bench.host().createPullRequest(bench.id, request, call());
    assert.match(url, /^http:\/\/127\.0\.0\.1:\d+\/projects\/\d+$/);
  });
});
