import assert from 'node:assert/strict';
import { NearMisses } from '../../../src/core/definition/nearMisses.ts';
import { resolve, type Resolution } from '../../../src/core/definition/resolve.ts';
import { asRepoPath } from '../../../src/core/model/repoPath.ts';
import { MemorySource } from './memorySource.ts';

function resolved(target: string, files: readonly string[], from = 'api/openapi.yaml'): Resolution {
  const source = new MemorySource(new Map([from, ...files].map((path) => [path, ''])));
  return resolve(target, asRepoPath(from), source, new NearMisses(source));
}

/** `expected`: the file, `outside`, `unresolved`, `itself`, or `?name` for unresolved with a suggestion. */
function leads(title: string, target: string, files: readonly string[], expected: string, from?: string): void {
  it(`${title}: ${JSON.stringify(target)}`, () => {
    const found = resolved(target, files, from);
    const suggestion = 'suggestion' in found ? found.suggestion : undefined;
    const told = found.kind === 'file' ? found.path : suggestion === undefined ? found.kind : `?${suggestion}`;
    assert.equal(told, expected);
  });
}

describe('resolve', () => {
  leads('beside', 'a.yaml', ['api/a.yaml', 'a.yaml'], 'api/a.yaml');
  leads('dot', './a.yaml', ['api/a.yaml'], 'api/a.yaml');
  leads('above', '../a.yaml', ['a.yaml'], 'a.yaml');
  leads('through a folder that is not there', 'no/../a.yaml', ['api/a.yaml'], 'api/a.yaml');
  leads('two slashes inside', 'sub//a.yaml', ['api/sub/a.yaml'], 'api/sub/a.yaml');
  leads('fragment', 'a.yaml#/x/y.json', ['api/a.yaml'], 'api/a.yaml');
  leads('fragment that is no pointer', 'a.yaml#foo', ['api/a.yaml', 'api/a.yaml#foo'], 'api/a.yaml');
  leads('second hash', 'a.yaml#b#c', ['api/a.yaml'], 'api/a.yaml');
  leads('fragment alone', '#/a', [], 'itself');
  leads('nothing', '', [], 'itself');
  leads('its own file', './openapi.yaml#/a', [], 'itself');
  leads('raw blank', 'my file.yaml', ['api/my file.yaml'], 'api/my file.yaml');
  leads('braces', './users_{id}.yaml', ['api/users_{id}.yaml'], 'api/users_{id}.yaml');
  leads('no extension', 'owl', ['api/owl'], 'api/owl');
  leads('names of prototypes', '__proto__', ['api/__proto__'], 'api/__proto__');
  leads('colon after a dot', './a:b.yaml', ['api/a:b.yaml'], 'api/a:b.yaml');
});

describe('resolve: order of spellings', () => {
  leads(
    'as written before decoded',
    'my%20file.yaml',
    ['api/my%20file.yaml', 'api/my file.yaml'],
    'api/my%20file.yaml',
  );
  leads('decoded', 'my%20file.yaml', ['api/my file.yaml'], 'api/my file.yaml');
  leads('decoded once only', 'a%2525.yaml', ['api/a%.yaml'], 'unresolved');
  leads('decoded hash is part of the name', 'a%23b.yaml#/x', ['api/a#b.yaml'], 'api/a#b.yaml');
  leads('percent that is no escape', './50%.yaml', ['api/50%.yaml'], 'api/50%.yaml');
  leads('percent that is no UTF-8', 'a%ff.yaml', [], 'unresolved');
  leads('backslash', '.\\sub\\a.yaml', ['api/sub/a.yaml'], 'api/sub/a.yaml');
  leads('backslash in a name', 'a\\b.yaml', ['api/a\\b.yaml', 'api/a/b.yaml'], 'api/a\\b.yaml');
  leads('query', 'a.yaml?v=1#/x', ['api/a.yaml'], 'api/a.yaml');
  leads('query that is part of a name', 'a.yaml?v=1', ['api/a.yaml', 'api/a.yaml?v=1'], 'api/a.yaml?v=1');
  leads('query after escapes', 'my%20a.yaml?v', ['api/my a.yaml'], 'api/my a.yaml');
  leads('leading slash is the top of the repository', '/sub/a.yaml', ['sub/a.yaml', 'api/sub/a.yaml'], 'sub/a.yaml');
  leads('leading slash and nothing else', '/sub/a.yaml', ['api/sub/a.yaml'], 'outside');
  leads('leading backslash', '\\sub\\a.yaml', ['sub/a.yaml'], 'sub/a.yaml');
});

describe('resolve: never guesses', () => {
  leads('extension', 'a', ['api/a.yaml'], 'unresolved');
  leads('blanks around', ' a.yaml ', ['api/a.yaml'], 'unresolved');
  leads('folder', './dir', ['api/dir/index.yaml'], 'unresolved');
  leads('folder with a slash', 'a.yaml/', ['api/a.yaml'], 'unresolved');
  leads('folder as a dot', '.', ['api/a.yaml'], 'unresolved');
  leads('folder above', '..', ['a.yaml'], 'unresolved');
  leads('NUL', 'a.yaml\0', ['api/a.yaml'], 'unresolved');
  leads('case', './Pet.yaml', ['api/pet.yaml'], '?api/pet.yaml');
  leads('case of a folder', '../Schemas/pet.yaml', ['schemas/pet.yaml'], '?schemas/pet.yaml');
  leads('case after the top', '/Pet.yaml', ['pet.yaml'], '?pet.yaml');
  leads('decomposed for composed', './cafe\u0301.yaml', ['api/caf\u00e9.yaml'], '?api/caf\u00e9.yaml');
  leads('of several near misses the first by name', 'PET.yaml', ['api/pet.yaml', 'api/Pet.yaml'], '?api/Pet.yaml');
});

describe('resolve: never leaves the repository', () => {
  for (const target of [
    ...[
      'http://127.0.0.1/a.yaml',
      'HTTPS://x/a',
      'file:///etc/passwd',
      'urn:a:b',
      'data:text/plain,x',
      '//host/a.yaml',
    ],
    ...[
      'C:/a.yaml',
      'c:\\a.yaml',
      'C:a.yaml',
      '\\\\host\\share\\a.yaml',
      '/etc/hostname',
      '../../a.yaml',
      '..\\..\\a.yaml',
    ],
    ...['%2e%2e/%2e%2e/a.yaml', '..%2f..%2fa.yaml', '%2E%2E%5c..%5ca.yaml', 'a/../../../a.yaml', '%2Fetc%2Fhostname'],
    ...[
      'file%3A///etc/passwd',
      '%2F%2Fhost/a.yaml',
      '../..',
      '../../api/openapi.yaml',
      '../../api/a.yaml?x',
      '%5c%5chost%5ca',
    ],
  ]) {
    leads('outside', target, ['api/a.yaml', 'a.yaml', 'etc/x'], 'outside');
  }
  leads('a scheme wins over a folder of its name', 'C:/a.yaml', ['api/C:/a.yaml'], 'outside');
  leads('encoded dots that stay inside', '%2e%2e/a.yaml', ['a.yaml'], 'a.yaml');
});

describe('NearMisses', () => {
  it('lists the tree once, and only when asked', () => {
    const source = new MemorySource({ 'a.yaml': '', 'b.yaml': '' });
    const misses = new NearMisses(source);
    assert.equal(misses.of([]), undefined);
    assert.equal(source.listings, 0);
    assert.equal(misses.of([asRepoPath('A.yaml')]), 'a.yaml');
    assert.equal(misses.of([asRepoPath('x'), asRepoPath('B.YAML')]), 'b.yaml');
    assert.equal(source.listings, 1);
  });
});
