import assert from 'node:assert/strict';
import fc from 'fast-check';
import { repositoryNames } from '../../../src/core/model/diskNames.ts';
import type { PathPlatform } from '../../../src/core/model/pathRules.ts';
import type { RepoPath } from '../../../src/core/model/repoPath.ts';

const composed = '\u00e4';
const decomposed = 'a\u0308';

interface Row {
  readonly what: string;
  /** Names in the base; `remote`, where it is another. */
  readonly known: readonly string[];
  readonly remote?: readonly string[];
  readonly disk: string;
  readonly mac: string;
}

const rows: readonly Row[] = [
  {
    what: 'NFD on the disk, NFC in the repository',
    known: [`${composed}.json`],
    disk: `${decomposed}.json`,
    mac: `${composed}.json`,
  },
  {
    what: 'NFC on the disk, NFD in the repository',
    known: [`${decomposed}.json`],
    disk: `${composed}.json`,
    mac: `${decomposed}.json`,
  },
  {
    what: 'the same form on both sides',
    known: [`${decomposed}.json`],
    disk: `${decomposed}.json`,
    mac: `${decomposed}.json`,
  },
  {
    what: 'both forms in the repository',
    known: [composed, decomposed],
    disk: decomposed,
    mac: decomposed,
  },
  {
    what: 'a form that only the repository has by now',
    known: [],
    remote: [`${decomposed}.json`],
    disk: `${composed}.json`,
    mac: `${decomposed}.json`,
  },
  {
    what: 'recomposed by a teammate: what was written here is not the new name yet',
    known: [`${decomposed}.json`],
    remote: [`${composed}.json`],
    disk: `${composed}.json`,
    mac: `${decomposed}.json`,
  },
  { what: 'a new file', known: ['b.json'], disk: `${decomposed}.json`, mac: `${composed}.json` },
  {
    what: 'a new file in a folder that the repository has decomposed',
    known: [`${decomposed}/a.json`],
    disk: `${composed}/${decomposed}.json`,
    mac: `${decomposed}/${composed}.json`,
  },
  {
    what: 'a new file in a folder that the repository has composed',
    known: [`x/${composed}/y/a.json`],
    disk: `x/${decomposed}/z.json`,
    mac: `x/${composed}/z.json`,
  },
  { what: 'another case is another name', known: ['\u00c4.json'], disk: `${decomposed}.json`, mac: `${composed}.json` },
  {
    what: 'Hangul, whose syllables come apart',
    known: ['\uac01.yaml'],
    disk: '\u1100\u1161\u11a8.yaml',
    mac: '\uac01.yaml',
  },
  { what: 'ASCII', known: ['a.json'], disk: 'a.json', mac: 'a.json' },
];

function asPaths(names: readonly string[]): readonly RepoPath[] {
  return names as readonly RepoPath[];
}

describe('a name on the disk', () => {
  const nameOf = (row: Row, platform: PathPlatform): string =>
    repositoryNames(asPaths(row.known), asPaths(row.remote ?? row.known), platform)(row.disk as RepoPath);

  for (const row of rows) {
    it(`on macOS: ${row.what}`, () => assert.equal(nameOf(row, 'mac'), row.mac));
    it(`elsewhere: ${row.what}`, () => {
      for (const platform of ['linux', 'windows'] as const) assert.equal(nameOf(row, platform), row.disk);
    });
  }

  it('that the repository has keeps its form, and no name changes by more than its form', () => {
    const paths = fc
      .array(fc.constantFrom('a', composed, decomposed, '\u00c5', '\u212b', '/'), { minLength: 1, maxLength: 5 })
      .map(
        (parts) =>
          parts
            .join('')
            .replace(/\/+/g, '/')
            .replace(/^\/|\/$/g, '') as RepoPath,
      )
      .filter((path) => path !== '');
    fc.assert(
      fc.property(fc.array(paths), fc.array(paths), paths, (base, remote, path) => {
        const rename = repositoryNames(base, remote, 'mac');
        for (const each of base) assert.equal(rename(each), each);
        assert.equal(rename(path).normalize('NFC'), path.normalize('NFC'));
        assert.equal(rename(rename(path)), rename(path));
      }),
    );
  });
});
