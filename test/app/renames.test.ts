import assert from 'node:assert/strict';
import type { ApiKey } from '../../src/app/apiNode.ts';
import { Failure } from '../../src/core/errors.ts';
import type { RepoPath } from '../../src/core/model/repoPath.ts';
import { MemoryRepository } from '../forge/memory/memoryRepository.ts';
import { root, schema } from './definitions.ts';
import { Life, mortalStorages } from './model/life.ts';
import { context, Person } from './person.ts';

const pet = 'schemas/pet.yaml' as RepoPath;
const animal = 'schemas/animal.yaml' as RepoPath;
const beast = 'schemas/beast.yaml' as RepoPath;
const edited = `${schema()}description: edited\n`;

describe('renames', () => {
  let repository: MemoryRepository;
  let me: Person;
  let api: ApiKey;

  beforeEach(async () => {
    repository = new MemoryRepository('repo', 'repo');
    repository.push('main', { 'openapi.yaml': root(pet), [pet]: schema() });
    me = new Person([repository]);
    api = await me.connect();
  });

  const there = (path: string): string | undefined => repository.textOf('main', path);

  /** A teammate's rename, with the reference that leads to the file. */
  function renameThere(to: RepoPath, text = schema()): void {
    repository.push('main', { 'openapi.yaml': root(to), [pet]: null, [to]: text });
  }

  function renameHere(to: RepoPath): void {
    const text = me.text(pet) ?? '';
    me.edit('openapi.yaml', root(to));
    me.edit(to, text);
    me.files().remove(pet);
  }

  it('here are one commit that deletes and adds, and ask nobody', async () => {
    renameHere(animal);
    await me.push(api);
    assert.equal(there(pet), undefined);
    assert.equal(there(animal), schema());
    assert.deepEqual(me.ask.asked, []);
    assert.equal(repository.history(repository.branches.get('main')!).length, 2);
  });

  it('there: the edit that was made here follows, and goes out under the new name', async () => {
    me.edit(pet, edited);
    renameThere(animal);
    const result = await me.pull(api);
    assert.deepEqual(result, { taken: 1, merged: 1, conflicts: [] });
    assert.equal(me.text(pet), undefined);
    assert.equal(me.text(animal), edited);
    assert.deepEqual(me.plan(api), [`outgoing ${animal}`]);
    await me.push(api);
    assert.equal(there(animal), edited);
    assert.equal(there(pet), undefined);
  });

  it('here: the edit that was made there follows', async () => {
    renameHere(animal);
    repository.push('main', { [pet]: edited });
    await me.look(api);
    await assert.rejects(me.push(api), (error) => Failure.is(error, 'incomingOverlap'));
    await me.pull(api);
    assert.equal(me.text(animal), edited);
    assert.equal(me.text(pet), undefined);
    await me.push(api);
    assert.equal(there(animal), edited);
    assert.equal(there(pet), undefined);
    assert.deepEqual(me.plan(api), []);
  });

  it('keep the mode that the other side gave', async () => {
    renameHere(animal);
    repository.push('main', { [pet]: { kind: 'executable', content: schema() } });
    await me.pull(api);
    assert.equal(me.files().modeOf(animal), 'executable');
  });

  it('stop a pull while the file is being edited, under whichever of its names', async () => {
    renameHere(animal);
    repository.push('main', { [pet]: edited });
    me.editors.dirty.set(animal, 'typed');
    await assert.rejects(me.pull(api), (error) => Failure.is(error, 'unsavedEditors'));
    assert.equal(me.text(animal), schema());
  });

  it('leave a file alone that was changed as well', async () => {
    me.edit(pet, edited);
    renameThere(animal, `${schema()}title: Animal\n`);
    const { conflicts } = await me.pull(api);
    assert.deepEqual(conflicts, [pet]);
    assert.equal(me.text(pet), edited);
  });

  it('are discarded as a whole', async () => {
    renameHere(animal);
    me.ask.answers.set('discard', 'discard');
    await me.look(api);
    await me.use.discard(api, [animal], context());
    assert.equal(me.text(pet), schema());
    assert.equal(me.text(animal), undefined);
  });

  describe('when the pull is cut off and the person writes at the new name', () => {
    async function dieAfter(changes: number, meanwhile: () => void): Promise<void> {
      const life = new Life();
      const { storages } = me;
      const open = storages.open.bind(storages);
      storages.open = mortalStorages({ open }, life).open;
      me = me.restarted();
      await me.engine.start();
      life.leftInFolder = changes;
      await assert.rejects(me.pull(api));
      meanwhile();
      storages.open = open;
      me = me.restarted();
      await me.engine.start();
      await me.use.lookAll(context());
    }

    for (const changes of [0, 1]) {
      it(`there: the edit that was to follow is where it was (dead after ${String(changes)})`, async () => {
        me.edit(pet, edited);
        renameThere(animal);
        await dieAfter(changes, () => me.edit(animal, 'title: by hand\n'));
        assert.equal(me.text(pet), edited);
        assert.equal(me.text(animal), 'title: by hand\n');
        assert.deepEqual(
          me.plan(api).filter((item) => item.startsWith('conflict')),
          [`conflict ${animal}`, `conflict ${pet}`],
        );
      });
    }

    it('here: the edit that was to follow is not deleted with the old name', async () => {
      renameHere(animal);
      repository.push('main', { [pet]: edited });
      await dieAfter(0, () => me.edit(animal, `${schema()}title: by hand\n`));
      assert.ok(me.plan(api).includes(`conflict ${pet}`), me.plan(api).join());
      await assert.rejects(me.push(api), (error) => Failure.is(error, 'conflicts'));
      assert.equal(there(pet), edited);
    });
  });

  describe('by both, differently', () => {
    beforeEach(async () => {
      renameHere(animal);
      renameThere(beast);
      // The root file names one of them only.
      me.edit('openapi.yaml', root(animal, beast));
      repository.push('main', { 'openapi.yaml': root(animal, beast) });
      await me.pull(api);
    });

    it('wait for a person', async () => {
      assert.equal(me.sync(api).conflicts, 1);
      assert.equal(me.text(animal), schema());
      assert.equal(me.text(beast), undefined);
      await assert.rejects(me.push(api), (error) => Failure.is(error, 'conflicts'));
    });

    it('end with mine', async () => {
      await me.use.acceptMine(api, [animal], context());
      await me.push(api);
      assert.equal(there(animal), schema());
      assert.equal(there(beast), undefined);
      assert.deepEqual(me.plan(api), []);
    });

    it('end with theirs', async () => {
      me.ask.answers.set('acceptTheirs', 'acceptTheirs');
      await me.use.acceptTheirs(api, [animal], context());
      assert.equal(me.text(animal), undefined);
      assert.equal(me.text(beast), schema());
      assert.deepEqual(me.plan(api), []);
    });
  });

  describe('of what the other side deleted', () => {
    it('here: come back by name only', async () => {
      renameHere(animal);
      repository.push('main', { [pet]: null });
      await me.pull(api);
      await assert.rejects(me.push(api), (error) => Failure.is(error, 'conflicts'));
      assert.equal(me.text(animal), schema());
      await me.use.acceptMine(api, [animal], context());
      await me.push(api);
      assert.equal(there(animal), schema());
      assert.deepEqual(me.plan(api), []);
    });

    it('here: go by name only', async () => {
      renameHere(animal);
      repository.push('main', { [pet]: null });
      await me.pull(api);
      me.ask.answers.set('acceptTheirs', 'acceptTheirs');
      await me.use.acceptTheirs(api, [animal], context());
      assert.equal(me.text(animal), undefined);
    });

    it('there: are taken by name only', async () => {
      me.files().remove(pet);
      renameThere(animal);
      await me.pull(api);
      assert.equal(me.text(animal), undefined);
      assert.equal(me.sync(api).conflicts, 1);
      me.ask.answers.set('acceptTheirs', 'acceptTheirs');
      await me.use.acceptTheirs(api, [animal], context());
      assert.equal(me.text(animal), schema());
      assert.deepEqual(me.plan(api), []);
    });
  });

  it('of every dependent file ask nobody, of the root file do', async () => {
    renameHere(animal);
    await me.push(api);
    me.edit('api.yaml', me.text('openapi.yaml') ?? '');
    me.files().remove('openapi.yaml' as RepoPath);
    await me.look(api);
    await assert.rejects(me.push(api), (error) => Failure.is(error, 'cancelled'));
    assert.deepEqual(
      me.ask.asked.map(({ kind }) => kind),
      ['pushDeletes'],
    );
  });
});
