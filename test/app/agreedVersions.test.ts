import assert from 'node:assert/strict';
import type { ApiKey } from '../../src/app/apiNode.ts';
import { Failure } from '../../src/core/errors.ts';
import type { CommitId } from '../../src/core/model/ids.ts';
import { MemoryRepository } from '../forge/memory/memoryRepository.ts';
import { root, schema } from './definitions.ts';
import { context, Person } from './person.ts';

/** Bitbucket and Bitbucket Data Center tell no ids of contents: a file is known by reading it. */
describe('a window that is opened on a host without ids', () => {
  const names = ['a', 'b', 'c', 'd', 'e'].map((name) => `schemas/${name}.yaml`);
  let repository: MemoryRepository;
  let first: CommitId;
  let me: Person;
  let api: ApiKey;

  beforeEach(async () => {
    repository = new MemoryRepository('repo', 'repo');
    first = repository.push('main', {
      'openapi.yaml': root(...names),
      ...Object.fromEntries(names.map((name) => [name, schema()])),
    });
    me = new Person([repository], { ids: false });
    api = await me.connect();
  });

  /** Opens the window anew and looks; what was read for it. */
  async function reopened(): Promise<readonly string[]> {
    me = me.restarted();
    await me.engine.start();
    me.host.read.length = 0;
    await me.use.lookAll(context());
    return [...me.host.read].sort();
  }

  it('reads nothing where nothing has changed', async () => {
    assert.deepEqual(await reopened(), []);
    assert.deepEqual(me.plan(api), []);
  });

  it('reads only what a teammate changed', async () => {
    repository.push('main', { 'schemas/c.yaml': 'type: string\n' });
    assert.deepEqual(await reopened(), ['schemas/c.yaml']);
    assert.deepEqual(me.plan(api), ['incoming schemas/c.yaml']);
    await me.pull(api);
    assert.deepEqual(await reopened(), ['schemas/c.yaml'], 'one file by itself is read, the others are compared');
    assert.deepEqual(me.plan(api), []);
  });

  it('sees what a teammate deleted, and what came in its place', async () => {
    repository.push('main', { 'schemas/b.yaml': null, 'schemas/new.yaml': schema() });
    assert.deepEqual(await reopened(), []);
    assert.deepEqual(me.plan(api), ['incoming schemas/b.yaml']);
  });

  it('compares with the commit that was agreed on, also after a force-push', async () => {
    repository.push('main', { 'schemas/c.yaml': 'type: string\n' });
    await me.pull(api);
    repository.moveTo('main', first);
    const read = await reopened();
    assert.deepEqual(read, ['schemas/c.yaml']);
    assert.deepEqual(me.plan(api), ['incoming schemas/c.yaml']);
    me.ask.answers.set('rewrittenBranch', 'compareAgain');
    await me.pull(api);
    assert.equal(me.text('schemas/c.yaml'), schema());
  });

  it('reads every file where the host no longer knows the commit', async () => {
    repository.push('main', { 'schemas/c.yaml': 'type: string\n' });
    me.host.faults.refuse.set('changes', new Failure('hostError', { detail: 'no such commit' }));
    assert.deepEqual(await reopened(), ['openapi.yaml', ...names]);
    assert.deepEqual(me.plan(api), ['incoming schemas/c.yaml']);
  });
});
