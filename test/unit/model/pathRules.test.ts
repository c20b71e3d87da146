import assert from 'node:assert/strict';
import fc from 'fast-check';
import { limits } from '../../../src/core/limits.ts';
import { checkPath, checkPaths } from '../../../src/core/model/pathRules.ts';
import type { PathPlatform, PathRule } from '../../../src/core/model/pathRules.ts';
import { isRepoPath } from '../../../src/core/model/repoPath.ts';

const platforms: readonly PathPlatform[] = ['linux', 'mac', 'windows'];

describe('checkPath', () => {
  const everywhere: Readonly<Record<PathRule, readonly string[]>> = {
    empty: ['', 'a//b', 'a/', 'a/b/'],
    absolute: ['/', '/etc/passwd', '//server/share'],
    traversal: ['..', '../a', 'a/../b', 'a/..', '.', './a', 'a/./b'],
    drive: ['C:/Windows/a', 'c:/a', 'C:'],
    backslash: ['a\\b', '..\\a', '\\\\server\\share', 'C:\\a'],
    nul: ['a\0b', '\0', '../a\0'],
    notUnicode: ['a\ud800', '\udc00/b', 'caf\ufffd.yaml', '\ufffd/b'],
    reserved: [
      '.git',
      '.git/config',
      'a/.git/hooks/pre-commit',
      '.GIT/config',
      '.Git',
      '.git ',
      '.git.',
      '.git . .',
      '.git::$INDEX_ALLOCATION/config',
      '.git:stream',
      'git~1',
      'GIT~1/config',
      'git~2',
      '.g\u200cit/config',
      '\u200e.git',
      '.gi\ufefft',
      '.git\u206f/a',
      '.api-source-control',
      '.api-source-control/state.json',
      'a/.API-Source-Control/state.json',
      '.api-source-control.',
      '.api-\u200dsource-control',
      '.api-\u017fource-control/a',
      'API-SO~1/state.json',
    ],
    tooLong: [`${'a/'.repeat(limits.pathLength / 2)}b`, 'a'.repeat(256)],
    control: [],
    device: [],
    trailing: [],
    character: [],
    sameName: [],
  };
  for (const [rule, paths] of Object.entries(everywhere)) {
    for (const path of paths) {
      it(`refuses ${JSON.stringify(path.slice(0, 60))} everywhere: ${rule}`, () => {
        for (const platform of platforms) assert.deepEqual(checkPath(path, platform), { path, rule });
      });
    }
  }

  const onWindows: readonly (readonly [string, PathRule])[] = [
    ['CON', 'device'],
    ['con.yaml', 'device'],
    ['a/NUL.txt', 'device'],
    ['nul .txt', 'device'],
    ['aux/b.yaml', 'device'],
    ['PRN', 'device'],
    ['COM1.json', 'device'],
    ['com9', 'device'],
    ['COM\u00b9', 'device'],
    ['lpt\u00b3.yaml', 'device'],
    ['LPT0', 'device'],
    ['CONIN$', 'device'],
    ['conout$.yaml', 'device'],
    ['a.', 'trailing'],
    ['a ', 'trailing'],
    ['a /b', 'trailing'],
    ['a.../b', 'trailing'],
    ['a<b', 'character'],
    ['a>b', 'character'],
    ['a"b', 'character'],
    ['a|b', 'character'],
    ['what?.yaml', 'character'],
    ['*.yaml', 'character'],
    ['a.yaml:stream', 'character'],
    ['a.yaml::$DATA', 'character'],
    ['a\nb', 'control'],
    ['a\u0001', 'control'],
    ['a\u001f/b', 'control'],
  ];
  for (const [path, rule] of onWindows) {
    it(`refuses ${JSON.stringify(path)} on Windows only: ${rule}`, () => {
      assert.deepEqual(checkPath(path, 'windows'), { path, rule });
      assert.equal(checkPath(path, 'linux'), undefined);
      assert.equal(checkPath(path, 'mac'), undefined);
    });
  }

  it('counts the bytes of a name on Linux, and its UTF-16 units elsewhere', () => {
    const name = 'ä'.repeat(200);
    assert.equal(checkPath(name, 'linux')?.rule, 'tooLong');
    assert.equal(checkPath(name, 'mac'), undefined);
    assert.equal(checkPath(name, 'windows'), undefined);
  });

  const fine = [
    'openapi.yaml',
    'a/b/c.json',
    '.gitignore',
    '.github/workflows/a.yml',
    '.gitattributes',
    'git',
    'a.git',
    '.git2',
    'git~a',
    '.vscode/settings.json',
    'console.yaml',
    'communication.yaml',
    'com10.yaml',
    'nullable.yaml',
    'a b.yaml',
    '...a',
    '..a/b..c',
    'ä/\u{1f600}.yaml',
    'a{id}.yaml',
    'api-source-control/a',
  ];
  for (const path of fine) {
    it(`takes ${path} everywhere`, () => {
      for (const platform of platforms) assert.equal(checkPath(path, platform), undefined);
    });
  }

  it('takes nothing that is no repository path, and on Windows nothing that another platform refuses', () => {
    const characters = fc.constantFrom(
      'a',
      '.',
      '/',
      '\\',
      ':',
      ' ',
      '~',
      '1',
      'git',
      '.git',
      'C',
      '\0',
      '\u200c',
      'con',
    );
    fc.assert(
      fc.property(fc.array(characters, { maxLength: 8 }), (parts) => {
        const path = parts.join('');
        const [linux, mac, windows] = platforms.map((platform) => checkPath(path, platform) === undefined);
        if (linux === true || mac === true) assert.ok(isRepoPath(path));
        if (windows === true) assert.ok(linux === true && mac === true);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('checkPaths', () => {
  const same: readonly (readonly [string, string])[] = [
    ['README.md', 'readme.md'],
    ['a/\u00e4.yaml', 'a/a\u0308.yaml'],
    ['A/b.yaml', 'a/B.yaml'],
    ['\u03c3', '\u03c2'],
    ['a', 'A/b'],
    ['A/b/c', 'a'],
  ];
  for (const [first, second] of same) {
    it(`refuses ${first} beside ${second} where a disk takes them for one`, () => {
      for (const platform of ['mac', 'windows'] as const) {
        assert.deepEqual(
          checkPaths([first, second], platform).map(({ rule }) => rule),
          ['sameName'],
        );
      }
      assert.deepEqual(checkPaths([first, second], 'linux'), []);
    });
  }

  it('names both', () => {
    assert.deepEqual(checkPaths(['b', 'a.md', 'A.md'], 'windows'), [{ path: 'A.md', rule: 'sameName', other: 'a.md' }]);
  });

  it('refuses a path twice, and a file above another, everywhere', () => {
    assert.deepEqual(checkPaths(['a', 'a'], 'linux'), [{ path: 'a', rule: 'sameName', other: 'a' }]);
    assert.deepEqual(checkPaths(['a/b', 'a'], 'linux'), [{ path: 'a/b', rule: 'sameName', other: 'a' }]);
  });

  it('refuses each path that breaks a rule by itself', () => {
    const refusals = checkPaths(['ok', '../a', '.git/b', 'nul'], 'windows');
    assert.deepEqual(
      refusals.map(({ rule }) => rule),
      ['traversal', 'reserved', 'device'],
    );
  });

  it('takes files of folders whose names differ by case only: they share a folder there', () => {
    assert.deepEqual(checkPaths(['Foo/a', 'foo/b'], 'mac'), []);
  });
});
