import assert from 'node:assert/strict';
import type { ApiKey } from '../../src/app/apiNode.ts';
import { Failure } from '../../src/core/errors.ts';
import { limits } from '../../src/core/limits.ts';
import type { RepoPath } from '../../src/core/model/repoPath.ts';
import { MemoryRepository } from '../forge/memory/memoryRepository.ts';
import { collection, root, schema } from './definitions.ts';
import { context, Person } from './person.ts';

const path = (text: string): RepoPath => text as RepoPath;
const large = new Uint8Array(limits.fileBytes + 1);

function fails(reason: Failure['reason'], file: string, detail?: string): (error: unknown) => boolean {
  return (error) =>
    Failure.is(error, reason) &&
    assert.deepEqual([error.facts.paths, error.facts.detail], [[file], detail]) === undefined;
}

describe('links and submodules in the repository', () => {
  let repository: MemoryRepository;
  let me: Person;
  let api: ApiKey;

  beforeEach(async () => {
    repository = new MemoryRepository('repo', 'repo');
    repository.push('main', {
      'openapi.yaml': root('schemas/pet.yaml'),
      'schemas/pet.yaml': schema('tag.yaml'),
      'schemas/tag.yaml': schema(),
      'postman/collections/a.json': collection('A'),
    });
    me = new Person([repository]);
    api = await me.connect();
  });

  for (const kind of ['link', 'submodule'] as const) {
    it(`leave the file here where a ${kind} took its place, and refuse to be pushed over`, async () => {
      repository.push('main', {
        'schemas/tag.yaml': { kind, content: '../else' },
        'openapi.yaml': root('schemas/pet.yaml'),
      });
      await me.look(api);
      assert.deepEqual(me.plan(api), []);
      await me.pull(api);
      assert.equal(me.text('schemas/tag.yaml'), schema());
      me.edit('schemas/tag.yaml', 'type: number\n');
      await assert.rejects(me.push(api), fails('unsafePath', 'schemas/tag.yaml', 'linkThere'));
      me.files().remove(path('schemas/tag.yaml'));
      await assert.rejects(me.push(api), fails('unsafePath', 'schemas/tag.yaml', 'linkThere'));
      me.ask.answers.set('discard', 'discard');
      await me.use.discard(api, [path('schemas/tag.yaml')], context());
      assert.equal(me.text('schemas/tag.yaml'), schema());
      assert.deepEqual(me.plan(api), []);
    });
  }

  it('leave everything here below a folder that became a link', async () => {
    repository.push('main', {
      'schemas/pet.yaml': null,
      'schemas/tag.yaml': null,
      schemas: { kind: 'link', content: '/etc' },
      'openapi.yaml': `${root('schemas/pet.yaml')}x: 1\n`,
    });
    assert.equal((await me.pull(api)).taken, 1);
    assert.equal(me.text('schemas/tag.yaml'), schema());
    me.edit('schemas/tag.yaml', 'type: number\n');
    await assert.rejects(me.push(api), fails('unsafePath', 'schemas/tag.yaml', 'linkThere'));
  });

  it('leave the file here on the way to a branch that has one, and back', async () => {
    repository.moveTo('develop', repository.branches.get('main') as never);
    repository.push('develop', { 'schemas/tag.yaml': { kind: 'link', content: 'pet.yaml' } });
    await me.use.switchBranch(api, 'develop', context());
    assert.equal(me.text('schemas/tag.yaml'), schema());
    assert.deepEqual(me.plan(api), []);
    await me.use.switchBranch(api, 'main', context());
    assert.equal(me.text('schemas/tag.yaml'), schema());
    assert.deepEqual(me.plan(api), []);
  });

  it('refuse a new file of mine at their path', async () => {
    repository.push('main', { 'schemas/new.yaml': { kind: 'link', content: 'tag.yaml' } });
    await me.pull(api);
    me.edit('schemas/new.yaml', schema());
    me.edit('schemas/tag.yaml', schema('new.yaml'));
    await assert.rejects(me.push(api), fails('unsafePath', 'schemas/new.yaml', 'linkThere'));
  });

  it('are followed by the next file there', async () => {
    repository.push('main', { 'schemas/tag.yaml': { kind: 'link', content: 'pet.yaml' } });
    await me.pull(api);
    repository.push('main', { 'schemas/tag.yaml': 'type: string\n' });
    assert.equal((await me.pull(api)).taken, 1);
    assert.equal(me.text('schemas/tag.yaml'), 'type: string\n');
  });
});

describe('files of the repository that are too large', () => {
  for (const [told, options] of [
    ['with ids and sizes', {}],
    ['without sizes', { sizes: false }],
    ['without ids', { ids: false }],
    ['without either', { ids: false, sizes: false }],
  ] as const) {
    it(`are refused by name and cost no file here, ${told}`, async () => {
      const repository = new MemoryRepository('repo', 'repo');
      repository.push('main', { 'openapi.yaml': root('a.yaml'), 'a.yaml': schema() });
      const me = new Person([repository], options);
      const api = await me.connect();
      repository.push('main', { 'a.yaml': large });
      me.host.calls.length = 0;
      await assert.rejects(me.pull(api), fails('tooLarge', 'a.yaml'));
      assert.equal(me.text('a.yaml'), schema());
      me.edit('a.yaml', 'type: number\n');
      if ('ids' in options) await assert.rejects(me.push(api), fails('tooLarge', 'a.yaml'));
      assert.equal(me.text('a.yaml'), 'type: number\n');
      me.host.calls.length = 0;
      await me.look(api);
      assert.deepEqual(me.host.calls, ['head']);
      await assert.rejects(new Person([repository], options).connect({ rootFile: 'a.yaml' }));
    });
  }
});
