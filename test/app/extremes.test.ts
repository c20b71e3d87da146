import assert from 'node:assert/strict';
import { Failure } from '../../src/core/errors.ts';
import type { RepoPath } from '../../src/core/model/repoPath.ts';
import type { FileVersion } from '../../src/core/model/snapshot.ts';
import { MemoryRepository, type Edits } from '../forge/memory/memoryRepository.ts';
import { root, schema } from './definitions.ts';
import { Person } from './person.ts';

const isLong = process.env['LONG'] !== undefined;

describe('extreme repositories', () => {
  it('refuse a path of 5,000 levels by name when it is one of ours, and ignore it when it is not', async () => {
    const deep = `${'d/'.repeat(5_000)}x.yaml`;
    const repository = new MemoryRepository('repo', 'repo');
    repository.push('main', { 'openapi.yaml': root(), [deep]: schema() });
    const me = new Person([repository]);
    const api = await me.connect();
    assert.deepEqual(me.plan(api), []);
    repository.push('main', { 'openapi.yaml': root(deep) });
    await assert.rejects(
      me.pull(api),
      (error) =>
        Failure.is(error, 'unsafePath') &&
        assert.deepEqual([error.facts.paths, error.facts.detail], [[deep], 'tooLong']) === undefined,
    );
    assert.equal(me.text('openapi.yaml'), root());
  });

  it('follow a chain of references to its end, at the host and here', async function () {
    this.timeout(120_000);
    const length = isLong ? 5_000 : 500;
    const files: Record<string, Edits[string]> = { 'openapi.yaml': root('c/0.yaml') };
    const chain = (from: number): void => {
      for (let link = from; link < from + length; link++)
        files[`c/${String(link)}.yaml`] = schema(`${String(link + 1)}.yaml`);
    };
    chain(0);
    files[`c/${String(length)}.yaml`] = schema();
    const repository = new MemoryRepository('repo', 'repo');
    repository.push('main', files);
    const me = new Person([repository]);
    const api = await me.connect();
    assert.equal(me.node(api).definition?.files.length, length + 2);
    me.edit(`c/${String(length)}.yaml`, 'title: the end\n');
    assert.equal((await me.push(api)).files, 1);
    assert.equal(repository.textOf('main', `c/${String(length)}.yaml`), 'title: the end\n');
  });
});

describe('a folder whose file system has no modes', () => {
  it('keeps the modes of the repository through pull and push', async () => {
    const repository = new MemoryRepository('repo', 'repo');
    const script = { kind: 'executable', content: schema() } as const;
    repository.push('main', { 'openapi.yaml': root('a.yaml', 'b.yaml'), 'a.yaml': script, 'b.yaml': schema() });
    const me = new Person([repository]);
    const files = me.files();
    const snapshot = files.snapshot.bind(files);
    const regular = ([path, { id }]: readonly [RepoPath, FileVersion]): [RepoPath, FileVersion] => [
      path,
      { id, mode: 'regular' },
    ];
    files.snapshot = async (paths, signal) => new Map([...(await snapshot(paths, signal))].map(regular));
    Object.assign(files, { modeless: true });
    const api = await me.connect();
    assert.deepEqual(me.plan(api), []);
    me.edit('a.yaml', 'type: number\n');
    me.edit('new.yaml', schema());
    me.edit('b.yaml', schema('new.yaml'));
    await me.push(api);
    const kinds = (): readonly (string | undefined)[] => {
      const commit = repository.commitAt(repository.branches.get('main') as never);
      return ['a.yaml', 'b.yaml', 'new.yaml'].map((path) => commit?.files.get(path as RepoPath)?.kind);
    };
    assert.deepEqual(kinds(), ['executable', 'regular', 'regular']);
    repository.push('main', { 'b.yaml': { kind: 'executable', content: schema('new.yaml') } });
    await me.pull(api);
    assert.deepEqual(me.plan(api), []);
    me.edit('b.yaml', 'type: number\n');
    await me.push(api);
    assert.deepEqual(kinds(), ['executable', 'executable', 'regular']);
  });
});
