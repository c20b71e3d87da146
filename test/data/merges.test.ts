import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dataFormat } from '../../src/core/merge/dataFormat.ts';
import { findDefect } from '../../src/core/merge/findDefect.ts';
import { mergeFile } from '../../src/core/merge/mergeFile.ts';
import { mergeText } from '../../src/core/merge/mergeText.ts';
import { asRepoPath, type RepoPath } from '../../src/core/model/repoPath.ts';
import { dataFolder } from './dataFolder.ts';
import { DiskSource } from './diskSource.ts';
import { FileVersions } from './fileVersions.ts';

type Sides = readonly [base: Uint8Array, mine: Uint8Array, theirs: Uint8Array];

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (content: Uint8Array): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(content);

/** The merge that there was before there was one by structure. */
function byLine(path: string, [base, mine, theirs]: Sides): Uint8Array | undefined {
  const merged = mergeText(base, mine, theirs);
  const isSound = merged.kind === 'clean' && findDefect(asRepoPath(path), merged.bytes, [mine, theirs]) === undefined;
  return isSound ? merged.bytes : undefined;
}

async function joined(path: string, sides: Sides): Promise<Uint8Array | undefined> {
  const merged = await mergeFile(asRepoPath(path), ...sides);
  return merged.kind === 'clean' ? merged.bytes : undefined;
}

describe('merges, whether the real files are here or not', () => {
  const [openapi, paths] = ['openapi: 3.0.0\n', 'paths:\n  /a:\n    get: {}\n'];
  const rows: readonly (readonly [
    name: string,
    path: string,
    base: string,
    mine: string,
    theirs: string,
    expected: string,
  ])[] = [
    ['two paths', 'a.yaml', paths, `${paths}  /m: {}\n`, `${paths}  /t: {}\n`, `${paths}  /m: {}\n  /t: {}\n`],
    ['two keys', 'a.yml', openapi, `${openapi}m: 1\n`, `${openapi}t: 1\n`, `${openapi}m: 1\nt: 1\n`],
    ['two tags', 'a.json', '{"tags":[]}', '{"tags":["m"]}', '{"tags":["t"]}', '{"tags":["m","t"]}'],
    ['a line and a key', 'a.yaml', 'a: 1\nb: 1\n', 'a: 2\nb: 1\n', 'a: 1\nb: 2\n', 'a: 2\nb: 2\n'],
    ['a description', 'a.json', '{"a":1,"b":1}', '{"a":2,"b":1}', '{"a":1,"b":2}', '{"a":2,"b":2}'],
  ];
  for (const [name, path, base, mine, theirs, expected] of rows) {
    it(name, async () => {
      const sides = [bytes(base), bytes(mine), bytes(theirs)] as const;
      assert.equal(byLine(path, sides), undefined);
      assert.equal(text((await joined(path, sides)) ?? bytes('')), expected);
    });
  }
});

describe('merges of real files', function () {
  this.timeout(600_000);

  const bundles = dataFolder('postman-repos/bundles');
  const trees = dataFolder('definitions/trees');
  if (bundles === undefined || trees === undefined) {
    it('histories and trees of DATA_DIR', function () {
      this.skip();
    });
    return;
  }

  /**
   * Of each version of each file: somebody takes the edits back that led to it, up to three of them, while somebody
   * else makes the next ones. What lines can join stays byte for byte what it was.
   */
  it('ask less often than lines do, and give the same bytes where lines ask nobody', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'merges-'));
    const counts = { merges: 0, byLine: 0, byStructure: 0 };
    try {
      for (const bundle of readdirSync(bundles)) {
        const repository = join(folder, bundle);
        execFileSync('git', ['clone', '--quiet', '--bare', join(bundles, bundle), repository]);
        for (const [path, sides] of undoneAndGoneOn(new FileVersions(repository))) {
          const [lines, structure] = [byLine(path, sides), await joined(path, sides)];
          counts.merges++;
          if (lines === undefined) counts.byLine++;
          if (structure === undefined) counts.byStructure++;
          if (lines !== undefined) assert.equal(text(structure ?? bytes('')), text(lines), path);
        }
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
    console.log(
      `      conflicts in ${counts.merges} merges: ${counts.byLine} by line, ${counts.byStructure} by structure`,
    );
    assert.ok(counts.merges > 500);
    assert.ok(counts.byStructure < counts.byLine * 0.7);
  });

  it('take a key from each side at the end, in files of every tree', async () => {
    const counts = { files: 0, joined: 0 };
    for (const repository of readdirSync(trees)) {
      const source: DiskSource = new DiskSource(join(trees, repository));
      const fitting = [...source.paths()]
        .map((path) => [path, text(source.bytes(path)).trimEnd()] as const)
        .filter(isMapping);
      for (const [path, base] of fitting.slice(0, 40)) {
        const [mine, theirs] = ['mine', 'theirs'].map((who) => bytes(`${base}\nx-${who}: {by: ${who}}\n`));
        const merged = await joined(path, [bytes(base), mine ?? bytes(''), theirs ?? bytes('')]);
        counts.files++;
        if (merged === undefined) continue;
        counts.joined++;
        assert.equal(text(merged), `${base}\nx-mine: {by: mine}\nx-theirs: {by: theirs}\n`, path);
      }
    }
    console.log(`      a key from each at the end of ${counts.files} files: ${counts.joined} joined`);
    assert.ok(counts.files > 100);
    assert.ok(counts.joined > counts.files * 0.95);
  });
});

/** One YAML mapping of moderate size, which a line at its end adds a key to. */
function isMapping([path, content]: readonly [path: RepoPath, content: string]): boolean {
  if (dataFormat(path) !== 'yaml' || content.length > 100_000 || content.includes('\r')) return false;
  const lastLine = content.slice(content.lastIndexOf('\n') + 1);
  const isPlain = /^[\w-]+:/u.test(content) && !/^(?:---|\.\.\.)/mu.test(content) && !/^\s*[#}\]]/u.test(lastLine);
  return isPlain && findDefect(path, bytes(`${content}\nx-mine: {}\n`), []) === undefined;
}

function* undoneAndGoneOn(files: FileVersions): Generator<readonly [path: string, sides: Sides]> {
  for (const { path, versions } of files.histories()) {
    if (!['json', 'yaml'].includes(dataFormat(asRepoPath(path)))) continue;
    for (const [index, base] of versions.entries()) {
      for (const mine of versions.slice(Math.max(0, index - 3), index)) {
        for (const theirs of versions.slice(index + 1, index + 4)) {
          const sides: Sides = [files.read(base), files.read(mine), files.read(theirs)];
          if (sides.every(({ length }) => length > 0)) yield [path, sides];
        }
      }
    }
  }
}
