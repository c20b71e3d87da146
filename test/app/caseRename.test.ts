import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ApiKey } from '../../src/app/apiNode.ts';
import { MemoryRepository } from '../forge/memory/memoryRepository.ts';
import { foldingFs } from '../unit/adapters/foldingFs.ts';
import { root, schema } from './definitions.ts';
import { diskPerson } from './diskPerson.ts';
import type { Person } from './person.ts';

describe('a name that changes its case, on a disk that does not tell the two apart', () => {
  let folder: string;
  let repository: MemoryRepository;
  let me: Person;
  let api: ApiKey;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'case-'));
    repository = new MemoryRepository('repo', 'repo');
    repository.push('main', { 'openapi.yaml': root('schemas/pet.yaml'), 'schemas/pet.yaml': schema() });
    me = diskPerson(repository, folder, 'mac', foldingFs(folder));
    api = await me.connect({ workspaceFolder: pathToFileURL(folder).href });
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const file = (path: string): string => join(folder, 'repo', path);

  it('there: is followed here, and nothing is deleted', async () => {
    repository.push('main', {
      'openapi.yaml': root('Schemas/Pet.yaml'),
      'schemas/pet.yaml': null,
      'Schemas/Pet.yaml': schema(),
    });
    await me.pull(api);
    assert.deepEqual(readdirSync(file('Schemas')), ['Pet.yaml']);
    assert.equal(readFileSync(file('Schemas/Pet.yaml'), 'utf8'), schema());
    assert.deepEqual(me.plan(api), []);
  });

  it('here: is one name in the repository, too', async () => {
    renameSync(file('schemas/pet.yaml'), file('schemas/Pet.yaml'));
    writeFileSync(file('openapi.yaml'), root('schemas/Pet.yaml'));
    await me.push(api);
    assert.equal(repository.textOf('main', 'schemas/Pet.yaml'), schema());
    assert.equal(repository.textOf('main', 'schemas/pet.yaml'), undefined);
  });
});
