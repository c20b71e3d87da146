import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { nodeFs, type DiskFs } from '../../src/adapters/disk/diskFs.ts';
import type { ApiKey } from '../../src/app/apiNode.ts';
import { Failure } from '../../src/core/errors.ts';
import { MemoryRepository } from '../forge/memory/memoryRepository.ts';
import { root } from './definitions.ts';
import { diskPerson } from './diskPerson.ts';
import { context, request, type Person } from './person.ts';

const filling = ['writeFile', 'mkdir', 'mkdtemp', 'link'] as const;

/** A disk on which nothing more fits after so many writes, until there is room again. */
class FullDisk {
  left = Number.POSITIVE_INFINITY;
  refused = false;

  get fs(): Partial<DiskFs> {
    return Object.fromEntries(filling.map((name) => [name, this.refusing(nodeFs[name] as never)]));
  }

  private refusing(run: (...args: readonly unknown[]) => Promise<unknown>) {
    return async (...args: readonly unknown[]): Promise<unknown> => {
      if (this.left-- > 0) return run(...args);
      this.refused = true;
      throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    };
  }
}

describe('Promise 3: a disk that gets full in the middle', function () {
  this.timeout(60_000);
  let folder: string;
  let disk: FullDisk;
  let me: Person;
  let api: ApiKey;

  const incoming = { 'openapi.yaml': root('b.yaml', 'c.yaml'), 'a.yaml': null, 'b.yaml': 'b: theirs\n', 'c.yaml': '' };

  beforeEach(async () => {
    const repository = new MemoryRepository('repo', 'repo');
    const files = { 'openapi.yaml': root('a.yaml', 'b.yaml'), 'a.yaml': 'a: start\n', 'b.yaml': 'b: start\n' };
    repository.push('main', files);
    repository.push('develop', { ...files, ...incoming });
    folder = mkdtempSync(join(tmpdir(), 'full-'));
    disk = new FullDisk();
    me = diskPerson(repository, folder, 'linux', disk.fs);
    api = await me.connect({ workspaceFolder: pathToFileURL(folder).href });
    writeFileSync(join(folder, 'repo', 'notes.txt'), 'mine\n');
    repository.push('main', incoming);
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const texts = (): Readonly<Record<string, string>> => {
    const names = readdirSync(join(folder, 'repo')).filter((name) => name !== '.api-source-control');
    return Object.fromEntries(names.sort().map((name) => [name, readFileSync(join(folder, 'repo', name), 'utf8')]));
  };
  const operations: Readonly<Record<string, () => Promise<unknown>>> = {
    pull: () => me.pull(api),
    'switch of the branch': () => me.use.switchBranch(api, 'develop', context()),
  };

  for (const [name, operation] of Object.entries(operations)) {
    it(`leaves a ${name} done or undone, wherever it happens`, async () => {
      const before = texts();
      for (let writes = 0; ; writes++) {
        disk.left = writes;
        disk.refused = false;
        const outcome = await operation().then(
          () => 'done',
          (error: unknown) => error,
        );
        if (outcome !== 'done') assert.ok(Failure.is(outcome, 'writeFailed', 'unfinished'), String(outcome));
        const isUnfinished = Failure.is(outcome, 'unfinished');
        disk.left = Number.POSITIVE_INFINITY;
        if (isUnfinished) {
          // The next look finishes it: start over from there.
          await me.use.lookAll(context());
          assert.equal(me.news.told.at(-1)?.kind, 'recovered');
        }
        if (outcome === 'done' || isUnfinished) assert.notDeepEqual(texts(), before, `${String(writes)} writes`);
        else assert.deepEqual(texts(), before, `${String(writes)} writes`);
        assert.equal(texts()['notes.txt'], 'mine\n');
        if (!isUnfinished && outcome !== 'done') continue;
        assert.ok(writes > 5);
        return;
      }
    });
  }

  it('connects nothing, where the first byte does not fit', async () => {
    const place = { workspaceFolder: pathToFileURL(folder).href, localFolder: 'other', name: 'Other' };
    disk.left = 0;
    await assert.rejects(me.use.connect(request(place), context()), (error) => Failure.is(error, 'writeFailed'));
    assert.equal(me.store.apis.length, 1);
  });
});
