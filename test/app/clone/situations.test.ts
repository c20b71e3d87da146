import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { appendFileSync, chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ApiKey } from '../../../src/app/apiNode.ts';
import type { RepoPath } from '../../../src/core/model/repoPath.ts';
import { context as quiet } from '../person.ts';
import { CloneBench, refusal, type GitsWords } from './cloneBench.ts';
import { SituationTable } from './situationTable.ts';

const merged = 'type: object\na: 1\nb: 2\nc: 3\nd: 4\n';

/** Each situation that a person's clone may be in, with what Git says of it before and after. */
describe('a clone', function () {
  this.timeout(60_000);
  const table = new SituationTable();
  let me: CloneBench;
  let before: GitsWords;

  afterEach(() => me.close());

  after(() => table.print());

  const note = (situation: string, outcome: string): GitsWords => {
    const after = me.words();
    table.add({ situation, outcome, before, after });
    return after;
  };
  const connected = async (...clone: readonly string[]): Promise<ApiKey> => {
    me = await CloneBench.open(...clone);
    return me.connect();
  };

  it('with other changes, staged and not, keeps them as they are', async () => {
    const api = await connected();
    me.write('other.txt', 'staged\n');
    me.git('add', 'other.txt');
    me.write('other.txt', 'staged, then changed\n');
    me.write('lib/code.txt', 'changed\n');
    me.write('lib/fresh.txt', 'fresh\n');
    me.git('add', 'lib/fresh.txt');
    me.write('pet.yaml', 'type: object\nhalf: 1\n');
    me.git('add', 'pet.yaml');
    me.write('pet.yaml', 'type: object\nwhole: 1\n');
    before = me.words();
    await me.push(api);
    const after = note('staged foreign changes', 'pushes pet.yaml alone');
    assert.deepEqual(me.changed(), ['M pet.yaml']);
    assert.match(me.git('show', 'HEAD:pet.yaml'), /whole/);
    const without = (text: string): string => text.replace(/^.*pet\.yaml\n/gm, '');
    assert.equal(after.status, without(before.status));
    assert.equal(without(after.index), without(before.index));
    assert.equal(me.git('show', ':other.txt'), 'staged\n');
  });

  it('with a signing key signs', async () => {
    const api = await connected();
    const key = me.bench.sandbox.path('home', 'key');
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
    const signers = me.bench.sandbox.path('home', 'signers');
    writeFileSync(signers, `ada@example.com ${readFileSync(`${key}.pub`, 'utf8')}`);
    for (const [name, value] of [
      ['gpg.format', 'ssh'],
      ['user.signingKey', `${key}.pub`],
      ['commit.gpgSign', 'true'],
      ['gpg.ssh.allowedSignersFile', signers],
    ] as const)
      me.bench.sandbox.configure(name, value);
    me.write('pet.yaml', 'type: object\nmine: 1\n');
    before = me.words();
    await me.push(api);
    note('signing key', `signature ${me.git('log', '-1', '--format=%G? %GS')}`);
    assert.equal(me.git('log', '-1', '--format=%G? %GS').trim(), 'G ada@example.com');
  });

  for (const [what, file] of [
    ['changed', 'pet.yaml'],
    ['new', 'deep/new.yaml'],
  ] as const) {
    it(`with a hook that refuses a ${what} file says so in its words, and leaves everything as it was`, async () => {
      const api = await connected();
      hook(me, 'pre-commit', 'echo "No commits on Sundays." >&2; exit 1');
      me.write('other.txt', 'staged\n');
      me.git('add', 'other.txt');
      if (what === 'new') me.write('openapi.yaml', me.read('openapi.yaml')!.replace('deep/tag.yaml', file));
      me.write(file, 'type: object\nmine: 1\n');
      before = me.words();
      const index = readFileSync(join(me.clone, '.git', 'index'));
      const failure = await refusal(me.push(api));
      if (what === 'new') assert.ok(readFileSync(join(me.clone, '.git', 'index')).equals(index));
      const after = note(`rejecting pre-commit hook (${what} file)`, `${failure.reason}: ${failure.facts.detail}`);
      assert.equal(failure.reason, 'commitRefused');
      assert.equal(failure.facts.detail, 'No commits on Sundays.');
      assert.deepEqual(after, before);
      assert.deepEqual(me.plan(api).includes(`outgoing ${file}`), true);
    });
  }

  it('with a push that the repository refuses keeps the commit, and the next push takes it along', async () => {
    const api = await connected();
    const gate = join(me.bench.repository.path, 'hooks', 'pre-receive');
    writeFileSync(gate, '#!/bin/sh\necho "main is frozen" >&2\nexit 1\n');
    chmodSync(gate, 0o755);
    me.write('pet.yaml', 'type: object\nmine: 1\n');
    before = me.words();
    const failure = await refusal(me.push(api, 'Mine'));
    const after = note('rejected push', `${failure.reason}: ${failure.facts.detail}`);
    assert.equal(failure.reason, 'notPushed');
    assert.match(failure.facts.detail ?? '', /main is frozen/);
    assert.match(after.status, /^$/);
    assert.match(after.log, / Mine\n/);
    assert.deepEqual(me.plan(api), ['outgoing pet.yaml']);
    rmSync(gate);
    me.ask.answers.set('unpushedCommits', 'push');
    await me.push(api, 'Never used');
    assert.match(JSON.stringify(me.ask.asked), /Mine/);
    assert.equal(me.git('log', '-1', '--format=%s', 'origin/main').trim(), 'Mine');
    assert.deepEqual(me.plan(api), []);
  });

  it('with unpushed commits lists them first, and sends nothing when the person closes the question', async () => {
    const api = await connected();
    me.write('other.txt', 'mine\n');
    me.git('commit', '--quiet', '--all', '-m', 'Something else');
    me.write('pet.yaml', 'type: object\nmine: 1\n');
    before = me.words();
    const failure = await refusal(me.push(api));
    const after = note('unpushed commits, cancelled', failure.reason);
    assert.equal(failure.reason, 'cancelled');
    assert.deepEqual(after, before);
    const facts = me.ask.asked.at(-1)?.facts as { readonly commits: readonly string[] };
    assert.equal(facts.commits.length, 1);
    assert.match(facts.commits[0] ?? '', /^[0-9a-f]{7} Something else$/);
  });

  it('with autocrlf sees only what was changed, and commits line feeds', async () => {
    const api = await connected('-c', 'core.autocrlf=true');
    assert.match(me.read('pet.yaml') ?? '', /\r\n/);
    before = me.words();
    assert.deepEqual(await me.look(api), []);
    me.write('deep/tag.yaml', merged.replaceAll('\n', '\r\n').replace('a: 1', 'a: 9'));
    assert.deepEqual(await me.look(api), ['outgoing deep/tag.yaml']);
    await me.push(api);
    const after = note('autocrlf=true', 'one line of one file, LF in the commit, CRLF here');
    assert.equal(after.status, '');
    assert.equal(me.git('show', 'HEAD:deep/tag.yaml'), merged.replace('a: 1', 'a: 9'));
    assert.match(me.git('diff', '--stat', 'HEAD~1', 'HEAD'), /1 file changed, 1 insertion\(\+\), 1 deletion/);
    me.write('pet.yaml', 'type: string\r\n');
    await me.look(api);
    me.ask.answers.set('discard', 'discard');
    await me.use.discard(api, ['pet.yaml'] as never, {
      signal: new AbortController().signal,
      interactive: true,
      progress: { report: () => undefined },
    });
    assert.equal(me.words().status, '');
    assert.match(me.read('pet.yaml') ?? '', /\r\n/);
  });

  it('that is a linked worktree has its own memory, and the other one stays as it is', async () => {
    me = await CloneBench.open();
    const linked = me.bench.sandbox.path('work', 'linked');
    me.git('worktree', 'add', '--quiet', '-b', 'topic', linked, 'origin/main');
    me.bench.sandbox.git(linked, 'push', '--quiet', '--set-upstream', 'origin', 'topic');
    before = me.words(linked);
    const mainBefore = me.words().status;
    const api = await me.connect(linked, undefined, '', 'topic');
    me.write('pet.yaml', 'type: object\nmine: 1\n', linked);
    await me.push(api);
    table.add({ situation: 'linked worktree', outcome: 'pushes topic', before, after: me.words(linked) });
    assert.equal(me.words(linked).status, '');
    assert.equal(me.words().status, mainBefore);
    assert.deepEqual(me.changed('origin/topic', linked), ['M pet.yaml']);
    const failure = await refusal(me.use.switchBranch(api, 'main', quiet()));
    assert.equal(failure.reason, 'branchInUse');
  });

  it('that is shallow works from where its history begins', async () => {
    const api = await connected('--depth=1');
    me.theirs({ 'pet.yaml': 'type: object\ntheirs: 1\n' });
    before = me.words();
    assert.deepEqual(await me.look(api), ['incoming pet.yaml']);
    await me.pull(api);
    me.write('deep/tag.yaml', merged.replace('a: 1', 'a: 9'));
    await me.push(api);
    assert.equal(note('shallow', 'pulls and pushes').status, '');
  });

  it('that is sparse takes no left-out file for a deleted one, and says what connecting needs', async () => {
    me = await CloneBench.open();
    me.git('sparse-checkout', 'set', 'lib');
    before = me.words();
    const failure = await refusal(me.connect());
    const after = note('sparse, API left out', `${failure.reason}: ${failure.facts.paths?.join(' ')}`);
    assert.equal(failure.reason, 'sparseCheckout');
    assert.deepEqual(failure.facts.paths, ['deep/tag.yaml']);
    assert.deepEqual(after, before);
    me.git('sparse-checkout', 'add', 'deep');
    const api = await me.connect();
    me.git('sparse-checkout', 'set', 'lib');
    assert.deepEqual(await me.look(api), []);
    me.write('pet.yaml', 'type: object\nmine: 1\n');
    before = me.words();
    await me.push(api);
    assert.equal(note('sparse', 'pushes pet.yaml; left-out files stay').status, '');
    assert.deepEqual(me.changed(), ['M pet.yaml']);
  });

  it('with a submodule leaves it alone', async () => {
    me = await CloneBench.open();
    me.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', me.bench.repository.url, 'vendor');
    me.git('commit', '--quiet', '-m', 'Vendor');
    me.git('push', '--quiet');
    const api = await me.connect();
    appendFileSync(join(me.clone, 'vendor', 'other.txt'), 'changed below\n');
    me.write('openapi.yaml', me.read('openapi.yaml')!.replace('deep/tag.yaml', 'vendor/pet.yaml'));
    before = me.words();
    assert.deepEqual(await me.look(api), ['outgoing openapi.yaml']);
    await me.push(api);
    const after = note('submodule present', 'commits openapi.yaml; the submodule stays as it is');
    assert.deepEqual(me.changed(), ['M openapi.yaml']);
    assert.match(after.status, /^1 \.M S\.M\. .* vendor\n$/);
  });

  it('keeps copies of what is discarded where they are seen, and Git sees nothing of them', async () => {
    const api = await connected();
    me.ask.answers.set('discard', 'discard').set('restoreBackup', 'replace').set('disconnect', 'disconnect');
    before = me.words();
    me.write('pet.yaml', 'type: object\nmine: 1\n');
    const done = await me.use.discard(api, ['pet.yaml' as RepoPath], quiet());
    assert.equal(me.read(`${done?.backup?.folder ?? ''}/pet.yaml`), 'type: object\nmine: 1\n');
    assert.deepEqual(note('discarded work', 'a copy is in .api-source-control/backups'), before);
    const place = { workspaceFolder: pathToFileURL(me.clone).href, folder: '' };
    const restore = async (): Promise<string | undefined> => {
      const backup = (await me.use.backups(place)).find(({ reason }) => reason === 'discard');
      if (backup !== undefined) await me.use.restoreBackup(place, backup, backup.files, quiet());
      return me.read('pet.yaml');
    };
    assert.equal(await restore(), 'type: object\nmine: 1\n');
    assert.deepEqual(await me.look(api), ['outgoing pet.yaml']);
    await me.use.disconnect(api, 'forEveryone', 'Pets', quiet());
    me.git('restore', 'pet.yaml');
    assert.equal(await restore(), 'type: object\nmine: 1\n', 'and without a connection');
  });

  it('on no branch says what it needs', async () => {
    const api = await connected();
    me.git('checkout', '--quiet', '--detach');
    me.write('pet.yaml', 'type: object\nmine: 1\n');
    before = me.words();
    const failure = await refusal(me.push(api));
    const after = note('detached HEAD', `${failure.reason} at ${failure.facts.detail}`);
    assert.equal(failure.reason, 'detachedHead');
    assert.deepEqual(after, before);
    me.git('switch', '--quiet', 'main');
    await me.push(api);
  });

  it('is found through insteadOf', async () => {
    me = await CloneBench.open();
    me.bench.sandbox.configure('url.file://.insteadOf', 'work:');
    me.git('remote', 'set-url', 'origin', me.bench.repository.url.replace('file://', 'work:'));
    before = me.words();
    const api = await me.connect();
    me.write('pet.yaml', 'type: object\nmine: 1\n');
    await me.push(api);
    assert.equal(note('insteadOf', 'found and pushed').status, '');
    assert.equal(me.bench.repository.head('main'), me.git('rev-parse', 'HEAD').trim());
  });

  it('that lacks the repository’s commits is told to pull before anything is committed', async () => {
    const api = await connected();
    me.theirs({ 'other.txt': 'theirs\n' });
    me.write('pet.yaml', 'type: object\nmine: 1\n');
    const head = me.git('rev-parse', 'HEAD');
    before = me.words();
    assert.equal((await refusal(me.push(api))).reason, 'pullFirst');
    note('behind the upstream, push', 'pullFirst');
    assert.equal(me.git('rev-parse', 'HEAD'), head);
    assert.deepEqual(await me.pull(api), { taken: 0, merged: 0, conflicts: [] });
    await me.push(api);
    assert.equal(note('behind the upstream, pull and push', 'done').status, '');
  });

  it('merges, rebases where the person wants it, and stops before uncommitted work', async () => {
    const api = await connected();
    me.write('lib/code.txt', 'mine\n');
    me.git('commit', '--quiet', '--all', '-m', 'Mine');
    me.theirs({ 'pet.yaml': 'type: object\ntheirs: 1\n' });
    me.write('pet.yaml', 'type: object\nmine: 1\n');
    before = me.words();
    const failure = await refusal(me.pull(api));
    assert.equal(failure.reason, 'localChanges');
    assert.deepEqual(failure.facts.paths, ['pet.yaml']);
    const after = note('pull over a dirty file', `localChanges: ${failure.facts.paths?.join(' ')}`);
    assert.equal(after.status.replace(/^# .*\n/gm, ''), before.status);
    me.git('checkout', '--quiet', 'pet.yaml');
    me.git('config', 'pull.rebase', 'true');
    before = me.words();
    assert.deepEqual(await me.pull(api), { taken: 1, merged: 0, conflicts: [] });
    note('pull.rebase=true', 'rebased');
    assert.equal(me.git('log', '--format=%s', '--merges').trim(), '');
    assert.equal(me.git('log', '-1', '--format=%s').trim(), 'Mine');
    assert.deepEqual(await me.look(api), []);
  });

  it('asks before a merge that stops half way, and leaves it to Git', async () => {
    const api = await connected();
    me.write('pet.yaml', 'type: object\nmine: 1\n');
    me.git('commit', '--quiet', '--all', '-m', 'Mine');
    me.theirs({ 'pet.yaml': 'type: object\ntheirs: 1\n' });
    before = me.words();
    assert.equal((await refusal(me.pull(api))).reason, 'cancelled');
    assert.equal(me.words().status, before.status);
    me.ask.answers.set('mergeInClone', 'merge');
    assert.deepEqual(await me.pull(api), { taken: 0, merged: 0, conflicts: ['pet.yaml'] });
    assert.match(note('conflict, pull confirmed', 'Git stops at pet.yaml').status, /^u UU .* pet\.yaml\n$/);
  });

  it('switches and makes branches as Git does', async () => {
    const api = await connected();
    me.theirs({ 'pet.yaml': 'type: object\ntopic: 1\n' }, 'main');
    me.bench.repository.push(
      'topic',
      { 'pet.yaml': 'type: object\ntopic: 2\n' },
      'On topic',
      me.bench.repository.head('main'),
    );
    me.write('deep/tag.yaml', merged.replace('a: 1', 'a: 9'));
    before = me.words();
    await me.use.switchBranch(api, 'topic', quiet());
    note('switch with a dirty file', 'it comes along');
    assert.equal(me.git('branch', '--show-current').trim(), 'topic');
    assert.equal(me.git('rev-parse', '--abbrev-ref', '@{upstream}').trim(), 'origin/topic');
    assert.deepEqual(me.plan(api), ['outgoing deep/tag.yaml']);
    me.write('pet.yaml', 'type: object\nmine: 1\n');
    const failure = await refusal(me.use.switchBranch(api, 'main', quiet()));
    assert.equal(failure.reason, 'localChanges');
    await me.use.createBranch(api, 'mine', 'topic', quiet());
    await me.push(api, 'On a new branch');
    assert.equal(note('new branch, first push', 'upstream is made').status, '');
    assert.equal(me.git('rev-parse', '--abbrev-ref', '@{upstream}').trim(), 'origin/mine');
    assert.deepEqual(me.plan(api), []);
  });

  it('waits while another Git holds the index', async () => {
    const api = await connected();
    me.write('pet.yaml', 'type: object\nmine: 1\n');
    const lock = join(me.clone, '.git', 'index.lock');
    writeFileSync(lock, '');
    before = me.words();
    const pushed = me.push(api);
    // Only once Git has said that it could not have the index.
    await new Promise((resolve) => setTimeout(resolve, 300));
    rmSync(lock);
    await pushed;
    assert.equal(note('index.lock held by another Git', 'waits, then pushes').status, '');
  });
});

describe('the repository around an own folder', function () {
  this.timeout(60_000);

  it('is offered a line of its info/exclude, once', async () => {
    const me = await CloneBench.open();
    const outer = me.bench.sandbox.path('outer');
    mkdirSync(outer);
    me.bench.sandbox.git(outer, 'init', '--quiet');
    const status = (): string => me.bench.sandbox.git(outer, 'status', '--porcelain', '--untracked-files=all');
    const api = await me.connect(outer, undefined, 'my apis');
    const { signal } = new AbortController();
    assert.deepEqual(me.ask.asked, []);
    assert.deepEqual(await me.use.exclusionOffer(api, signal), { name: 'outer', pattern: '/my\\ apis/' });
    await me.use.excludeFolder(api, signal);
    assert.equal(await me.use.exclusionOffer(api, signal), undefined);
    assert.equal(status(), '');
    assert.match(readFileSync(join(outer, '.git', 'info', 'exclude'), 'utf8'), /^\/my\\ apis\/$/m);
    await me.close();
  });

  it('is offered none any more where the person said no', async () => {
    const me = await CloneBench.open();
    const outer = me.bench.sandbox.path('outer');
    mkdirSync(outer);
    me.bench.sandbox.git(outer, 'init', '--quiet');
    const api = await me.connect(outer, undefined, 'apis');
    await me.use.declineExclusion(api);
    assert.equal(await me.use.exclusionOffer(api, new AbortController().signal), undefined);
    await me.close();
  });
});

function hook(me: CloneBench, name: string, script: string): void {
  const file = join(me.clone, '.git', 'hooks', name);
  mkdirSync(join(me.clone, '.git', 'hooks'), { recursive: true });
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
}
