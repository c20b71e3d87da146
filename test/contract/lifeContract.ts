import assert from 'node:assert/strict';
import { Failure } from '../../src/core/errors.ts';
import type { CommitId } from '../../src/core/model/ids.ts';
import type { RepoPath } from '../../src/core/model/repoPath.ts';
import type { RepositoryHost } from '../../src/ports/repositoryHost.ts';
import type { HostUnderTest, World } from './hostUnderTest.ts';
import { all, call, commitId, commitOn, fails, isLong, readText, until, write } from './support.ts';

/** What every host promises about calls that are cancelled or run at the same time. */
export function lifeContract(subject: HostUnderTest): void {
  let world: World;
  beforeEach(async () => {
    world = await subject.open();
  });
  afterEach(() => world.close());

  it('does nothing for a signal that has fired', async () => {
    const commit = commitId(world.push('main', { 'a.yaml': '1' }));
    const { host, repository } = world;
    const cancelled = call(AbortSignal.abort());
    await fails(host.repository(repository, cancelled), 'cancelled');
    await fails(all(host.listBranches(repository, '', cancelled)), 'cancelled');
    await fails(host.head(repository, 'main', cancelled), 'cancelled');
    await fails(host.tree(repository, commit, cancelled), 'cancelled');
    await fails(host.readFiles(repository, commit, [{ path: 'a.yaml' as RepoPath }], cancelled), 'cancelled');
    await fails(host.changes(repository, commit, commit, cancelled), 'cancelled');
    await fails(host.commitsBetween(repository, undefined, commit, 1, cancelled), 'cancelled');
    await fails(host.isAncestor(repository, commit, commit, cancelled), 'cancelled');
    if (subject.commits === false) return;
    const request = { branch: 'main', expectedHead: commit, message: 'm', changes: [write('a.yaml', '2', '1')] };
    await fails(host.commit(repository, request, cancelled), 'cancelled');
    assert.equal(world.headOf('main'), commit);
  });

  it('stops in the middle, leaves no process behind, and works again', async function () {
    if (!subject.faults) this.skip();
    const commit = world.push('main', { 'a.yaml': '1' });
    const calls: readonly ((signal: AbortSignal) => Promise<unknown>)[] = [
      (signal) => world.host.head(world.repository, 'main', call(signal)),
      (signal) => world.host.repository(world.repository, call(signal)),
      (signal) => readCancelled(world.host, world.repository, commit, signal),
    ];
    for (const start of calls) {
      const controller = new AbortController();
      const held = world.hold();
      const running = fails(start(controller.signal), 'cancelled');
      await held.reached;
      controller.abort();
      await running;
      held.release();
      await until(() => world.processes().length === 0);
    }
    assert.equal(await world.host.head(world.repository, 'main', call()), commit);
    assert.equal(await readText(world.host, world.repository, commit, 'a.yaml'), '1');
  });

  it('lets a waiting call be cancelled alone', async function () {
    if (!subject.faults) this.skip();
    const commit = world.push('main', { 'a.yaml': '1' });
    const held = world.hold();
    const first = world.host.head(world.repository, 'main', call());
    await held.reached;
    const controller = new AbortController();
    const second = fails(world.host.head(world.repository, 'main', call(controller.signal)), 'cancelled');
    const third = world.host.head(world.repository, 'main', call());
    controller.abort();
    await second;
    held.release();
    assert.deepEqual(await Promise.all([first, third]), [commit, commit]);
  });

  it('answers many calls at once', async () => {
    const commit = commitId(world.push('main', { 'a.yaml': '1', 'b.yaml': '2' }));
    const { host, repository } = world;
    const answers = await Promise.all([
      host.head(repository, 'main', call()),
      readText(host, repository, commit, 'a.yaml'),
      world.teammate.head(repository, 'main', call()),
      readText(host, repository, commit, 'b.yaml'),
      readText(world.teammate, repository, commit, 'a.yaml'),
    ]);
    assert.deepEqual(answers, [commit, '1', commit, '2', '1']);
  });

  it('loses no commit of two people who push to one branch at once', async function () {
    if (subject.commits === false) this.skip();
    this.timeout(isLong ? 600_000 : 60_000);
    const rounds = isLong ? 100 : 10;
    world.push('main', { 'mine.txt': '0', 'theirs.txt': '0' });
    const person = async (host: RepositoryHost, path: string) => {
      for (let round = 1; round <= rounds; round++) await pushUntilTaken(host, world.repository, path, round);
    };
    await Promise.all([person(world.host, 'mine.txt'), person(world.teammate, 'theirs.txt')]);
    const messages = world.historyOf('main').map(({ message }) => message);
    assert.equal(messages.length, 2 * rounds + 1);
    for (const path of ['mine.txt', 'theirs.txt']) {
      const own = messages.filter((message) => message.startsWith(path));
      assert.deepEqual(
        own,
        Array.from({ length: rounds }, (_, index) => `${path} ${rounds - index}`),
      );
      assert.equal(await readText(world.host, world.repository, commitId(world.headOf('main')), path), `${rounds}`);
    }
  });

  it('commits what it is given after a failed one', async function () {
    if (subject.commits === false) this.skip();
    const first = commitId(world.push('main', { 'a.yaml': '0' }));
    world.push('main', { 'a.yaml': '1', 'b.yaml': 'b' });
    await fails(commitOn(world, [write('a.yaml', '2', '0')], { expectedHead: first }), 'stale');
    const { commit } = await commitOn(world, [write('a.yaml', '2', '1')]);
    assert.deepEqual([...world.filesOf(commit).keys()], ['a.yaml', 'b.yaml']);
  });
}

/** A fresh mirror is made on the way, so the call is held at its first request. */
async function readCancelled(
  host: RepositoryHost,
  repository: string,
  commit: string,
  signal: AbortSignal,
): Promise<void> {
  await host.head(repository, 'main', call(signal));
  await host.readFiles(repository, commit as CommitId, [{ path: 'a.yaml' as RepoPath }], call(signal));
}

async function pushUntilTaken(host: RepositoryHost, repository: string, path: string, round: number): Promise<void> {
  for (;;) {
    const expectedHead = commitId(await host.head(repository, 'main', call()));
    const changes = [write(path, `${round}`, `${round - 1}`)];
    try {
      await host.commit(repository, { branch: 'main', expectedHead, message: `${path} ${round}`, changes }, call());
      return;
    } catch (error) {
      if (!Failure.is(error, 'stale')) throw error;
    }
  }
}
