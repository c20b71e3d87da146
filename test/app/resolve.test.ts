import assert from 'node:assert/strict';
import type { ApiKey } from '../../src/app/apiNode.ts';
import type { MergeResult } from '../../src/app/useCases.ts';
import { Failure } from '../../src/core/errors.ts';
import type { RepoPath } from '../../src/core/model/repoPath.ts';
import { MemoryRepository } from '../forge/memory/memoryRepository.ts';
import { root, schema } from './definitions.ts';
import { context, Person } from './person.ts';

const path = (text: string): RepoPath => text as RepoPath;
const fails =
  (...reasons: readonly Failure['reason'][]) =>
  (error: unknown): boolean =>
    Failure.is(error, ...reasons);

describe('conflicts', () => {
  let repository: MemoryRepository;
  let me: Person;
  let api: ApiKey;

  beforeEach(async () => {
    repository = new MemoryRepository('repo', 'repo');
    repository.push('main', {
      'openapi.yaml': root('a.yaml', 'b.yaml', 'c.yaml'),
      'a.yaml': schema(),
      'b.yaml': schema(),
      'c.yaml': schema(),
    });
    me = new Person([repository]);
    api = await me.connect();
    repository.push('main', { 'a.yaml': 'theirs: 1\n', 'b.yaml': null, 'c.yaml': 'theirs: 3\n' });
    me.edit('a.yaml', 'mine: 1\n');
    me.edit('b.yaml', 'mine: 2\n');
    me.files().remove(path('c.yaml'));
    await me.look(api);
    assert.deepEqual(me.plan(api), ['conflict a.yaml', 'conflict b.yaml', 'conflict c.yaml']);
  });

  const all = ['a.yaml', 'b.yaml', 'c.yaml'].map(path);

  it('go out as they are here', async () => {
    await me.use.acceptMine(api, all, context());
    assert.deepEqual(me.plan(api), ['outgoing a.yaml', 'outgoing b.yaml', 'outgoing c.yaml']);
    me.ask.answers.set('pushDeletes', 'push');
    await me.push(api);
    assert.equal(repository.textOf('main', 'a.yaml'), 'mine: 1\n');
    assert.equal(repository.textOf('main', 'b.yaml'), 'mine: 2\n');
    assert.equal(repository.textOf('main', 'c.yaml'), undefined);
  });

  it('become what is there, once the person says so', async () => {
    await assert.rejects(me.use.acceptTheirs(api, all, context()), fails('cancelled'));
    assert.equal(me.text('a.yaml'), 'mine: 1\n');
    me.ask.answers.set('acceptTheirs', 'acceptTheirs');
    await me.use.acceptTheirs(api, all, context());
    assert.equal(me.text('a.yaml'), 'theirs: 1\n');
    assert.equal(me.text('b.yaml'), undefined);
    assert.equal(me.text('c.yaml'), 'theirs: 3\n');
    assert.deepEqual(me.plan(api), []);
  });

  it('are resolved when the markers are gone', async () => {
    me.edit('a.yaml', '<<<<<<< mine\nmine: 1\n=======\ntheirs: 1\n>>>>>>> theirs\n');
    await assert.rejects(me.use.markResolved(api, [path('a.yaml')], context()), fails('markersLeft'));
    me.edit('a.yaml', 'both: 1\n');
    await me.use.markResolved(api, [path('a.yaml')], context());
    assert.deepEqual(me.plan(api), ['outgoing a.yaml', 'conflict b.yaml', 'conflict c.yaml']);
  });

  it('are resolved with what was made of them elsewhere, and the file waits for that', async () => {
    const markers = Buffer.from('<<<<<<< mine\nmine: 1\n=======\ntheirs: 1\n>>>>>>> theirs\n');
    const resolve = (bytes: Uint8Array): Promise<unknown> =>
      me.use.markResolved(api, [path('a.yaml')], context(), new Map([[path('a.yaml'), merged(bytes)]]));
    await assert.rejects(resolve(markers), fails('markersLeft'));
    assert.equal(me.text('a.yaml'), 'mine: 1\n');
    await resolve(Buffer.from('both: 1\n'));
    assert.equal(me.text('a.yaml'), 'both: 1\n');
    assert.deepEqual(me.plan(api), ['outgoing a.yaml', 'conflict b.yaml', 'conflict c.yaml']);
  });

  it('are not resolved with what was made of an older version, here or there', async () => {
    const result = new Map([[path('a.yaml'), merged(Buffer.from('both: 1\n'))]]);
    const resolve = (): Promise<unknown> => me.use.markResolved(api, [path('a.yaml')], context(), result);
    me.edit('a.yaml', 'mine: 1\nnewer: 2\n');
    await assert.rejects(resolve(), fails('changedMeanwhile'));
    assert.equal(me.text('a.yaml'), 'mine: 1\nnewer: 2\n');
    me.edit('a.yaml', 'mine: 1\n');
    repository.push('main', { 'a.yaml': 'theirs: 1\nnewer: 2\n' });
    await me.look(api);
    await assert.rejects(resolve(), fails('changedMeanwhile'));
    assert.equal(me.text('a.yaml'), 'mine: 1\n');
    assert.deepEqual(me.plan(api), ['conflict a.yaml', 'conflict b.yaml', 'conflict c.yaml']);
    repository.push('main', { 'a.yaml': 'mine: 1\n' });
    await me.look(api);
    await assert.rejects(resolve(), fails('changedMeanwhile'));
  });

  it('are not resolved with a result that takes back both sides, unless the person says so', async () => {
    const untouched = new Map([[path('a.yaml'), merged(Buffer.from(schema()))]]);
    const resolve = (): ReturnType<typeof me.use.markResolved> =>
      me.use.markResolved(api, [path('a.yaml')], context(), untouched);
    await assert.rejects(resolve(), fails('cancelled'));
    assert.equal(me.text('a.yaml'), 'mine: 1\n');
    assert.deepEqual(me.plan(api), ['conflict a.yaml', 'conflict b.yaml', 'conflict c.yaml']);
    assert.deepEqual(me.ask.asked.at(-1), { kind: 'undecided', facts: { paths: ['a.yaml'], places: 1 } });
    me.ask.answers.set('undecided', 'takeResult');
    await resolve();
    assert.equal(me.text('a.yaml'), schema());
  });

  it('keep a copy of what a result takes the place of, and have it back by Undo', async () => {
    const result = new Map([[path('a.yaml'), merged(Buffer.from('both: 1\n'))]]);
    const done = await me.use.markResolved(api, [path('a.yaml'), path('b.yaml')], context(), result);
    assert.deepEqual(me.ask.asked, [], 'nothing to ask about what was decided');
    assert.equal(me.text('a.yaml'), 'both: 1\n');
    assert.match(done?.backup?.folder ?? '', /accept-result$/);
    await done?.undo(context());
    assert.equal(me.text('a.yaml'), 'mine: 1\n');
    assert.equal(me.text('b.yaml'), 'mine: 2\n');
    assert.deepEqual(me.plan(api), ['conflict a.yaml', 'conflict b.yaml', 'conflict c.yaml']);
  });

  /** What a person made of `a.yaml` as both sides of it are shown now. */
  function merged(bytes: Uint8Array): MergeResult {
    const item = me.sync(api).plan.find((each) => each.path === 'a.yaml');
    assert.ok(item?.local && item.remote);
    return { bytes, mine: item.local.id, theirs: item.remote.id };
  }

  it('show all sides', async () => {
    const side = async (name: 'base' | 'remote'): Promise<string> =>
      Buffer.from((await me.use.contents(api, path('a.yaml'), name)) ?? []).toString();
    assert.equal(await side('base'), schema());
    assert.equal(await side('remote'), 'theirs: 1\n');
    assert.equal(await me.use.contents(api, path('b.yaml'), 'remote'), undefined);
  });

  it('are discarded by name only', async () => {
    me.ask.answers.set('discard', 'discard');
    await me.use.discard(api, [path('a.yaml')], context());
    assert.equal(me.text('a.yaml'), schema());
    assert.deepEqual(me.plan(api), ['incoming a.yaml', 'conflict b.yaml', 'conflict c.yaml']);
  });

  it('an added file goes when it is discarded, a deleted one comes back', async () => {
    me.ask.answers.set('discard', 'discard');
    await me.use.acceptMine(api, all, context());
    await me.pull(api);
    await me.use.discard(api, [path('c.yaml'), path('b.yaml')], context());
    assert.equal(me.text('c.yaml'), 'theirs: 3\n');
    assert.equal(me.text('b.yaml'), undefined);
  });
});
