import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ApiKey } from '../../src/app/apiNode.ts';
import { MemoryRepository } from '../forge/memory/memoryRepository.ts';
import { foldingFs } from '../unit/adapters/foldingFs.ts';
import { collection, root, schema } from './definitions.ts';
import { diskPerson } from './diskPerson.ts';
import type { Person } from './person.ts';

const composed = '\u00e4';
const decomposed = 'a\u0308';
const folder = 'postman/collections';

describe('a name with an accent, on a disk that keeps it decomposed', () => {
  let place: string;
  let repository: MemoryRepository;
  let me: Person;
  let api: ApiKey;

  async function connect(files: Readonly<Record<string, string>>): Promise<void> {
    repository.push('main', files);
    me = diskPerson(repository, place, 'mac', foldingFs(place, { decomposes: true }));
    api = await me.connect({ workspaceFolder: pathToFileURL(place).href });
  }

  beforeEach(() => {
    place = mkdtempSync(join(tmpdir(), 'names-'));
    repository = new MemoryRepository('repo', 'repo');
  });
  afterEach(() => rmSync(place, { recursive: true, force: true }));

  const file = (path: string): string => join(place, 'repo', path);

  for (const [form, name] of [
    ['composed', composed],
    ['decomposed', decomposed],
  ] as const) {
    it(`is the file that the repository has ${form}: nothing is added, nothing deleted`, async () => {
      await connect({
        'openapi.yaml': root(`schemas/${name}.yaml`),
        [`schemas/${name}.yaml`]: schema(),
        [`${folder}/${name}.json`]: collection('Pets'),
      });
      assert.deepEqual(readdirSync(file(folder)), [`${decomposed}.json`]);
      await me.look(api);
      assert.deepEqual(me.plan(api), []);
      writeFileSync(file(`${folder}/${decomposed}.json`), collection('Animals'));
      await me.push(api);
      assert.equal(repository.textOf('main', `${folder}/${name}.json`), collection('Animals'));
      assert.deepEqual(me.plan(api), []);
    });
  }

  it('is composed in the repository when it is new, as Git would have it', async () => {
    await connect({ 'openapi.yaml': root() });
    mkdirSync(file(folder), { recursive: true });
    writeFileSync(file(`${folder}/${decomposed}.json`), collection('Pets'));
    await me.push(api);
    assert.equal(repository.textOf('main', `${folder}/${composed}.json`), collection('Pets'));
    assert.equal(repository.textOf('main', `${folder}/${decomposed}.json`), undefined);
    assert.deepEqual(me.plan(api), []);
  });

  it('stays on the disk when a teammate composes it', async () => {
    await connect({ 'openapi.yaml': root(), [`${folder}/${decomposed}.json`]: collection('Pets') });
    repository.push('main', {
      [`${folder}/${decomposed}.json`]: null,
      [`${folder}/${composed}.json`]: collection('Pets'),
    });
    await me.pull(api);
    assert.deepEqual(me.plan(api), []);
    assert.equal(readFileSync(file(`${folder}/${decomposed}.json`), 'utf8'), collection('Pets'));
    writeFileSync(file(`${folder}/${decomposed}.json`), collection('Animals'));
    await me.push(api);
    assert.equal(repository.textOf('main', `${folder}/${composed}.json`), collection('Animals'));
  });
});
