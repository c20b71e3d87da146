import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readlinkSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ApiKey } from '../../src/app/apiNode.ts';
import { Failure } from '../../src/core/errors.ts';
import { MemoryRepository } from '../forge/memory/memoryRepository.ts';
import { root, schema } from './definitions.ts';
import { diskPerson } from './diskPerson.ts';
import type { Person } from './person.ts';

describe('links in the folder', () => {
  let folder: string;
  let repository: MemoryRepository;
  let me: Person;
  let api: ApiKey;
  const file = (path: string): string => join(folder, 'repo', path);

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'links-'));
    repository = new MemoryRepository('repo', 'repo');
    repository.push('main', {
      'openapi.yaml': root('schemas/pet.yaml', 'a.yaml'),
      'schemas/pet.yaml': schema(),
      'a.yaml': schema(),
    });
    me = diskPerson(repository, folder);
    api = await me.connect({ workspaceFolder: pathToFileURL(folder).href });
    mkdirSync(join(folder, 'elsewhere'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('delete nothing in the repository, in the place of a file or above it', async () => {
    renameSync(file('schemas'), join(folder, 'elsewhere/schemas'));
    symlinkSync('../elsewhere/schemas', file('schemas'));
    renameSync(file('a.yaml'), join(folder, 'elsewhere/a.yaml'));
    symlinkSync('../elsewhere/a.yaml', file('a.yaml'));
    await me.look(api);
    assert.deepEqual(me.plan(api), []);
    await assert.rejects(me.push(api), (error) => Failure.is(error, 'nothingToPush'));
  });

  it('are not written through or over, and the pull says why', async () => {
    renameSync(file('a.yaml'), join(folder, 'elsewhere/a.yaml'));
    symlinkSync('../elsewhere/a.yaml', file('a.yaml'));
    repository.push('main', { 'a.yaml': 'type: string\n' });
    await assert.rejects(
      me.pull(api),
      (error) =>
        Failure.is(error, 'unsafePath') && error.facts.detail === 'link' && error.facts.paths?.[0] === 'a.yaml',
    );
    assert.equal(readlinkSync(file('a.yaml')), '../elsewhere/a.yaml');
  });
});
