import assert from 'node:assert/strict';
import type { FileChange } from '../../src/core/model/change.ts';
import type { CommitId } from '../../src/core/model/ids.ts';
import type { RepoPath } from '../../src/core/model/repoPath.ts';
import type { FileRequest } from '../../src/ports/repositoryHost.ts';
import type { HostCosts, HostUnderTest, World, WorldEdits } from './hostUnderTest.ts';
import { bytesOf, call, commitId, commitOn, isLong, readText, remove, write } from './support.ts';

/** A repository and the API in it: `levels` is how many files the references lead to, step by step. */
const size = isLong
  ? { files: 2_000, folders: 20, levels: [1, 60, 239], changed: 250, pushed: 100 }
  : { files: 400, folders: 10, levels: [1, 14, 45], changed: 23, pushed: 24 };

/** How many requests things take, counted by the forge. */
export function costContract(subject: HostUnderTest, costs: HostCosts): void {
  let world: World;
  beforeEach(async () => {
    world = await subject.open();
    world.push('main', { 'readme.md': 'r' });
    await world.host.repository(world.repository, call());
  });
  afterEach(() => world.close());

  const count = async <T>(work: () => Promise<T>): Promise<{ requests: number; answer: T }> => {
    const { requests, answer } = await world.forge!.count(work);
    return { requests, answer };
  };
  const asked = () => world.forge!.requests.map(({ method, path }) => `${method} ${path}`).join('\n');
  const head = async () => commitId(await world.host.head(world.repository, 'main', call()));

  it('looks for news', async () => {
    const first = await count(head);
    assert.equal(first.requests, costs.poll, asked());
    assert.equal((await count(head)).requests, costs.poll);
    world.push('main', { 'readme.md': 'new' });
    assert.equal((await count(head)).requests, costs.poll);
  });

  it(`reads ${size.files} files, ${size.levels.join(' + ')} of them in levels of references`, async function () {
    this.timeout(120_000);
    const contents = files(size.files - 1, size.folders);
    world.push('main', contents);
    const { requests } = await count(async () => {
      const tree = await world.host.tree(world.repository, await head(), call());
      assert.equal(tree.size, size.files);
      const wanted = Array.from(tree.values(), ({ path, id }): FileRequest => ({ path, ...(id ? { id } : {}) }));
      let at = 0;
      for (const level of size.levels) {
        const batch = wanted.filter(({ path }) => path !== 'readme.md').slice(at, (at += level));
        const read = await world.host.readFiles(world.repository, await knownHead(), batch, call());
        for (const { path } of batch) assert.deepEqual(read.get(path), bytesOf(contents[path] as string));
      }
    });
    const expected = costs.connect({ files: size.files, folders: size.folders }, size.levels);
    assert.equal(requests, expected, asked());
  });

  it(`pulls ${size.changed} changed texts`, async function () {
    this.timeout(120_000);
    const before = files(size.files, size.folders);
    const from = commitId(world.push('main', before));
    await world.host.tree(world.repository, await head(), call());
    const changed = Object.fromEntries(
      Object.entries(before)
        .slice(0, size.changed)
        .map(([path, text]) => [path, `${text as string}changed: true\n`]),
    );
    const to = commitId(world.push('main', changed));
    assert.equal(await head(), to);
    const { requests, answer } = await count(async () => {
      const wanted = await changedFiles(from, to, new Set(Object.keys(changed)));
      return world.host.readFiles(world.repository, to, wanted, call());
    });
    assert.equal(answer.size, size.changed);
    for (const [path, text] of Object.entries(changed)) assert.deepEqual(answer.get(path as RepoPath), bytesOf(text));
    assert.equal(requests, costs.pull(size.changed), asked());
  });

  for (const what of ['texts', 'binaries', 'modes'] as const) {
    it(`pushes ${size.pushed} files: ${what}`, async function () {
      if (subject.commits === false || (what === 'modes' && subject.modes !== true)) this.skip();
      const quarter = size.pushed / 4;
      const made = (prefix: string, version: number) =>
        Array.from({ length: quarter }, (_, index) => [`${prefix}/${index}`, content(what, index, version)] as const);
      world.push('main', Object.fromEntries([...made('edit', 1), ...made('gone', 1), ...made('from', 1)]));
      const expectedHead = await head();
      await world.host.tree(world.repository, expectedHead, call());
      const mode = what === 'modes' ? 'executable' : 'regular';
      const changes: FileChange[] = [
        ...made('add', 1).map(([path, bytes]) => write(path, bytes, null, mode)),
        ...made('edit', 2).map(([path, bytes], index) => write(path, bytes, content(what, index, 1), mode)),
        ...made('gone', 1).map(([path, bytes]) => remove(path, bytes)),
        ...made('from', 1).map(([path, bytes]) => remove(path, bytes)),
        ...made('to', 1).map(([path], index) => write(path, content(what, index, 1), null, mode)),
      ];
      const { requests, answer } = await count(() => commitOn(world, changes, { expectedHead }));
      assert.equal(answer.commit, world.headOf('main'));
      assert.equal(requests, costs.push(size.pushed, what), asked());
    });
  }

  it('asks for nothing again that cannot have changed', async () => {
    const commit = await head();
    await world.host.tree(world.repository, commit, call());
    const again = await count(() => world.host.tree(world.repository, commit, call()));
    assert.equal(again.requests, 0, asked());
    assert.equal(await readText(world.host, world.repository, commit, 'readme.md'), 'r');
  });

  async function knownHead(): Promise<CommitId> {
    return Promise.resolve(commitId(world.headOf('main')));
  }

  /** As the engine finds them: by ids where the host tells them, else by what differs. */
  async function changedFiles(from: CommitId, to: CommitId, changed: ReadonlySet<string>): Promise<FileRequest[]> {
    if (!subject.ids) {
      const changes = await world.host.changes(world.repository, from, to, call());
      return changes.map(({ path }) => ({ path }));
    }
    const tree = await world.host.tree(world.repository, to, call());
    const found = [...tree.values()].filter(({ path }) => changed.has(path));
    return found.map(({ path, id }) => ({ path, ...(id ? { id } : {}) }));
  }
}

function files(count: number, folders: number): WorldEdits {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`dir${index % folders}/${index}.yaml`, `n: ${index}\n`]),
  );
}

function content(what: 'texts' | 'binaries' | 'modes', index: number, version: number): Uint8Array {
  if (what !== 'binaries') return bytesOf(`n: ${index}\nversion: ${version}\n`);
  return Uint8Array.from({ length: 300 }, (_, at) => (at * 7 + index * 31 + version) % 256);
}
