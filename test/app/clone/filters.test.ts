import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ApiKey } from '../../../src/app/apiNode.ts';
import type { Side } from '../../../src/app/useCases.ts';
import type { RepoPath } from '../../../src/core/model/repoPath.ts';
import { root, schema } from '../definitions.ts';
import { context } from '../person.ts';
import { CloneBench, type GitsWords } from './cloneBench.ts';
import { ContentStore } from './contentStore.ts';
import { SituationTable } from './situationTable.ts';

const pet = 'pet.yaml' as RepoPath;
const mine = 'type: object\nmine: 1\n';
const theirs = 'type: object\ntheirs: 1\n';
const pointer = /^pointer v1\nid [0-9a-f]{40}\n$/;

describe('a clone with a filter driver', function () {
  this.timeout(60_000);
  const table = new SituationTable();
  let me: CloneBench;
  let store: ContentStore;
  let api: ApiKey;
  let before: GitsWords;

  afterEach(() => me.close());
  after(() => table.print());

  const note = (situation: string, outcome: string): void =>
    table.add({ situation, outcome, before, after: me.words() });
  const text = async (path: RepoPath, side: Side): Promise<string | undefined> => {
    const bytes = await me.use.contents(api, path, side);
    return bytes && Buffer.from(bytes).toString();
  };

  /** Every definition file is a pointer in the repository, the root included. */
  beforeEach(async () => {
    me = await CloneBench.open();
    store = new ContentStore(me.bench.sandbox);
    me.write('.gitattributes', '*.yaml filter=store\n');
    me.git('add', '--renormalize', '.');
    me.git('add', '.gitattributes');
    me.git('commit', '--quiet', '-m', 'Keep definitions in the store');
    me.git('push', '--quiet');
    assert.match(me.git('show', `HEAD:${pet}`), pointer);
    api = await me.connect();
    before = me.words();
  });

  it('shows no change where nobody made one, and finds what the root file references', async () => {
    assert.deepEqual(await me.look(api), []);
    assert.deepEqual(
      me.store.get(api)?.definition?.files.map(({ path, role, presence }) => `${path} ${role} ${presence}`),
      ['openapi.yaml root here', 'deep/tag.yaml dependent here', 'pet.yaml dependent here'],
    );
    assert.deepEqual(me.store.get(api)?.definition?.documents, []);
    assert.equal(me.words().status, '');
    note('filter driver', 'no change');
  });

  it('compares contents with contents, not with pointers', async () => {
    assert.equal(await text(pet, 'base'), schema());
    assert.equal(await text(pet, 'remote'), schema());
    me.theirs({ [pet]: store.pointerTo(theirs) });
    assert.deepEqual(await me.look(api), [`incoming ${pet}`]);
    assert.equal(await text(pet, 'base'), schema());
    assert.equal(await text(pet, 'remote'), theirs);
  });

  it('pushes a pointer, and leaves the content here', async () => {
    me.write(pet, mine);
    assert.deepEqual(await me.look(api), [`outgoing ${pet}`]);
    await me.push(api);
    assert.equal(me.bench.sandbox.git(me.bench.repository.path, 'show', `main:${pet}`), store.pointerTo(mine));
    assert.equal(me.read(pet), mine);
    assert.deepEqual(me.plan(api), []);
    assert.deepEqual(me.changed(), [`M ${pet}`]);
    assert.equal(me.words().status, '');
    note('filter driver, push', 'a pointer is pushed');
  });

  it('pulls a pointer as its content, and what the content references', async () => {
    me.theirs({
      'openapi.yaml': store.pointerTo(root('pet.yaml', 'deep/tag.yaml', 'fresh.yaml')),
      'fresh.yaml': store.pointerTo(theirs),
    });
    assert.deepEqual(await me.look(api), ['incoming fresh.yaml', 'incoming openapi.yaml']);
    assert.equal((await me.pull(api)).taken, 2);
    assert.equal(me.read('fresh.yaml'), theirs);
    assert.deepEqual(me.plan(api), []);
    assert.equal(me.words().status, '');
    note('filter driver, pull', 'contents come');
  });

  it('discards to the content, copies the content, and has the change again on Undo', async () => {
    me.write(pet, mine);
    await me.look(api);
    me.ask.answers.set('discard', 'discard');
    const done = await me.use.discard(api, [pet], context());
    assert.equal(me.read(pet), schema());
    assert.equal(me.words().status, '');
    assert.equal(readFileSync(join(me.clone, done?.backup?.folder ?? '', pet), 'utf8'), mine);
    await done?.undo(context());
    assert.equal(me.read(pet), mine);
    assert.deepEqual(me.plan(api), [`outgoing ${pet}`]);
    note('filter driver, discard and undo', 'as changed');
  });

  it('takes a side of a conflict as its content', async () => {
    me.write(pet, mine);
    me.git('commit', '--quiet', '--all', '-m', 'Mine');
    me.theirs({ [pet]: store.pointerTo(theirs) });
    me.ask.answers.set('mergeInClone', 'merge');
    me.ask.answers.set('acceptTheirs', 'acceptTheirs');
    assert.deepEqual(await me.pull(api), { taken: 0, merged: 0, conflicts: [pet] });
    assert.equal(await text(pet, 'unmergedMine'), mine);
    assert.equal(await text(pet, 'unmergedTheirs'), theirs);
    await me.use.acceptTheirs(api, [pet], context());
    assert.equal(me.read(pet), theirs);
    assert.equal(me.git('show', `:${pet}`), store.pointerTo(theirs));
    note('filter driver, conflict, Accept Theirs', 'the content');
  });

  it('goes on where a content is not here, and shows the rest', async () => {
    me.theirs({ [pet]: store.pointerTo(theirs) });
    store.lose();
    assert.deepEqual(await me.look(api), [`incoming ${pet}`]);
    assert.equal(me.store.get(api)?.failure, undefined);
    assert.equal(await text(pet, 'remote'), undefined);
  });
});
