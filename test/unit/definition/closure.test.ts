import assert from 'node:assert/strict';
import { closure } from '../../../src/core/definition/closure.ts';
import type { Closure } from '../../../src/core/definition/definition.ts';
import { ScanCache } from '../../../src/core/definition/scanCache.ts';
import { Failure } from '../../../src/core/errors.ts';
import { limits } from '../../../src/core/limits.ts';
import { asBlobId } from '../../../src/core/model/ids.ts';
import { asRepoPath } from '../../../src/core/model/repoPath.ts';
import { MemorySource } from './memorySource.ts';

const never = new AbortController().signal;

async function of(source: MemorySource, root = 'openapi.yaml', scans = new ScanCache()): Promise<Closure> {
  return closure(asRepoPath(root), source, scans, never);
}

const id = (digit: string) => asBlobId(digit.repeat(40));

function utf16(text: string, littleEndian: boolean): Uint8Array {
  const bytes = new Uint8Array(2 + 2 * text.length);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 0xfeff, littleEndian);
  for (let index = 0; index < text.length; index += 1)
    view.setUint16(2 + 2 * index, text.charCodeAt(index), littleEndian);
  return bytes;
}

describe('closure', function () {
  this.timeout(60_000);

  it('is everything reachable, breadth first, with one read a level', async () => {
    const source = new MemorySource({
      'openapi.yaml': 'a: {$ref: a.yaml}\nb: {$ref: sub/b.yaml}\n',
      'a.yaml': '$ref: sub/c.json',
      'sub/b.yaml': '$ref: c.json#/x\nmore: {$ref: "../a.yaml"}',
      'sub/c.json': '{"$ref":"../openapi.yaml"}',
      'unreferenced.yaml': '',
    });
    const found = await of(source);
    assert.deepEqual(found.files, ['openapi.yaml', 'a.yaml', 'sub/b.yaml', 'sub/c.json']);
    assert.deepEqual(source.reads, [['openapi.yaml'], ['a.yaml', 'sub/b.yaml'], ['sub/c.json']]);
    assert.deepEqual(
      [...found.references],
      [
        ['openapi.yaml', ['a.yaml', 'sub/b.yaml']],
        ['a.yaml', ['sub/c.json']],
        ['sub/b.yaml', ['sub/c.json', 'a.yaml']],
        ['sub/c.json', ['openapi.yaml']],
      ],
    );
    assert.deepEqual(found.problems, []);
    assert.equal(source.listings, 0, 'suggestions were not needed');
  });

  it('takes any file as a leaf, and reads only what may hold references', async () => {
    const source = new MemorySource({
      'openapi.yaml':
        '[{$ref: a.sh}, {$ref: b.md}, {$ref: c.avsc}, {$ref: d.txt}, {$ref: e}, {$ref: F.YAML}, {$ref: g.png}]',
      'a.sh': '$ref: x.yaml',
      'b.md': '$ref: x.yaml',
      'c.avsc': '{"$ref": "x.yaml"}',
      'd.txt': '# text\n$ref: x.yaml',
      e: '{"$ref": "y.yaml"}',
      'F.YAML': '$ref: z.yaml',
      'g.png': new Uint8Array([0x89, 0x50, 0, 1]),
      'x.yaml': '',
      'y.yaml': '',
      'z.yaml': '',
    });
    const { files } = await of(source);
    const leaves = ['a.sh', 'b.md', 'c.avsc', 'd.txt', 'e', 'F.YAML', 'g.png'];
    assert.deepEqual(files, ['openapi.yaml', ...leaves, 'x.yaml', 'y.yaml', 'z.yaml']);
    assert.deepEqual(source.reads[1], ['d.txt', 'e', 'F.YAML']);
  });

  it('says what is missing and what is outside, once a place, and not where nothing is meant', async () => {
    const { problems } = await of(
      new MemorySource({
        'openapi.yaml':
          'a:\n  $ref: no.yaml\nb:\n  $ref: Pet.yaml\nc: [{$ref: no.yaml}, {$ref: "http://x/y"}]\nexample: {$ref: no.yaml}\n',
        'pet.yaml': '',
      }),
    );
    const told = problems.map(({ kind, from, target, range, suggestion }) => [
      kind,
      from,
      target,
      range.line,
      suggestion,
    ]);
    assert.deepEqual(told, [
      ['unresolved', 'openapi.yaml', 'no.yaml', 1, undefined],
      ['unresolved', 'openapi.yaml', 'Pet.yaml', 3, 'pet.yaml'],
      ['unresolved', 'openapi.yaml', 'no.yaml', 4, undefined],
      ['outside', 'openapi.yaml', 'http://x/y', 4, undefined],
    ]);
    assert.ok(!('suggestion' in (problems[0] ?? {})));
  });

  it('of a root that is not there has no files and says so', async () => {
    const source = new MemorySource({ 'OpenAPI.yaml': '' });
    const found = await of(source);
    assert.deepEqual(found.files, []);
    assert.deepEqual(
      found.problems.map(({ kind, from, target, suggestion }) => [kind, from, target, suggestion]),
      [['unresolved', 'openapi.yaml', 'openapi.yaml', 'OpenAPI.yaml']],
    );
    assert.deepEqual(source.reads, []);
  });

  it('reads UTF-16 and UTF-8 with a byte order mark', async () => {
    const source = new MemorySource({
      'openapi.yaml': '\ufeff$ref: le.yaml',
      'le.yaml': utf16('$ref: "größe.json"', true),
      'größe.json': utf16('{"$ref": "last.yaml"}', false),
      'last.yaml': '',
    });
    const { files, documents } = await of(source);
    assert.deepEqual(files, ['openapi.yaml', 'le.yaml', 'größe.json', 'last.yaml']);
    assert.deepEqual(documents, []);
  });

  it('tells which documents are broken, and follows them all the same', async () => {
    const { files, documents } = await of(
      new MemorySource({ 'openapi.yaml': 'a: [1\nb: {$ref: a.json}\n', 'a.json': '{"a":1,"a":{"$ref":"b"}}', b: '' }),
    );
    assert.deepEqual(files, ['openapi.yaml', 'a.json', 'b']);
    assert.deepEqual(
      documents.map(({ path, message }) => [path, message]),
      [
        ['openapi.yaml', 'doesNotParse'],
        ['a.json', 'duplicateKey'],
      ],
    );
  });

  it('ends for cycles, chains, fans and alias bombs', async () => {
    const chain = new Map<string, string>([['openapi.yaml', '$ref: c/0.yaml']]);
    for (let index = 0; index < 3000; index += 1) chain.set(`c/${index}.yaml`, `$ref: ${index + 1}.yaml`);
    chain.set('c/3000.yaml', '$ref: ../openapi.yaml\nx: {$ref: 3000.yaml}');
    assert.equal((await of(new MemorySource(chain))).files.length, 3002);

    const fan = new MemorySource({ 'openapi.yaml': '- $ref: a.yaml#/x\n'.repeat(20_000), 'a.yaml': '' });
    assert.equal((await of(fan)).files.length, 2);

    const levels = 'abcdefghij';
    const bomb = [...levels].map(
      (name, index) =>
        `${name}: &${name} [${Array(9)
          .fill(index === 0 ? '"l"' : `*${levels[index - 1]}`)
          .join()}]`,
    );
    const { files } = await of(
      new MemorySource({ 'openapi.yaml': `${bomb.join('\n')}\nz: {$ref: a.yaml}`, 'a.yaml': '' }),
    );
    assert.deepEqual(files, ['openapi.yaml', 'a.yaml']);
  });

  it('counts levels past the limit instead of nesting them, and says so', async () => {
    const depth = limits.nesting * 10;
    const nested = new MemorySource({
      'openapi.yaml': `${'['.repeat(depth)}{$ref: a.yaml}${']'.repeat(depth)}`,
      'a.yaml': '',
    });
    const found = await of(nested);
    assert.deepEqual(found.files, ['openapi.yaml', 'a.yaml']);
    assert.deepEqual(
      found.documents.map(({ message }) => message),
      ['tooDeep'],
    );
    const dashes = new MemorySource({ 'openapi.yaml': '- '.repeat(depth) });
    assert.deepEqual(
      (await of(dashes)).documents.map(({ message }) => message),
      ['tooDeep'],
    );
  });

  it('does not scan again what it knows by id, nor read it', async () => {
    const files = { 'openapi.yaml': '$ref: a.yaml', 'a.yaml': '$ref: b.yaml', 'b.yaml': '' };
    const ids = new Map([...Object.keys(files)].map((path, index) => [path, id(String(index))]));
    const scans = new ScanCache();
    const first = await of(new MemorySource(files, ids), 'openapi.yaml', scans);
    const again = new MemorySource(files, ids);
    assert.deepEqual(await of(again, 'openapi.yaml', scans), first);
    assert.deepEqual(again.reads, []);
    const changed = new MemorySource({ ...files, 'a.yaml': 'x: 1' }, new Map(ids).set('a.yaml', id('f')));
    assert.deepEqual((await of(changed, 'openapi.yaml', scans)).files, ['openapi.yaml', 'a.yaml']);
    assert.deepEqual(changed.reads, [['a.yaml']]);
  });

  it('is right when the cache holds next to nothing, and when one blob has two names', async () => {
    const content = '$ref: b';
    const files = { 'openapi.yaml': '[{$ref: a.yaml}, {$ref: a.md}]', 'a.yaml': content, 'a.md': content, b: '' };
    const ids = new Map([
      ['openapi.yaml', id('0')],
      ['a.yaml', id('1')],
      ['a.md', id('1')],
      ['b', id('2')],
    ]);
    const scans = new ScanCache(1);
    for (let round = 0; round < 2; round += 1) {
      assert.deepEqual((await of(new MemorySource(files, ids), 'openapi.yaml', scans)).files, [
        'openapi.yaml',
        'a.yaml',
        'a.md',
        'b',
      ]);
    }
  });

  it('keeps a file in the list that goes away while it is read', async () => {
    const source = new MemorySource({ 'openapi.yaml': '$ref: a.yaml', 'a.yaml': '' });
    source.read = async (paths) =>
      new Map(paths[0] === 'openapi.yaml' ? [[paths[0], new TextEncoder().encode('$ref: a.yaml')]] : []);
    assert.deepEqual((await of(source)).files, ['openapi.yaml', 'a.yaml']);
  });

  it('stops when cancelled, between files too', async () => {
    const isCancelled = (error: unknown): boolean => Failure.is(error, 'cancelled');
    await assert.rejects(
      closure(asRepoPath('a.yaml'), new MemorySource({ 'a.yaml': '' }), new ScanCache(), AbortSignal.abort()),
      isCancelled,
    );
    const aborter = new AbortController();
    const big = 'x: 1\n'.repeat(100_000);
    const source = new MemorySource({ 'r.yaml': '[{$ref: a.yaml}, {$ref: b.yaml}]', 'a.yaml': big, 'b.yaml': big });
    let pauses = 0;
    const pause = async (): Promise<void> => {
      pauses += 1;
      aborter.abort();
    };
    await assert.rejects(closure(asRepoPath('r.yaml'), source, new ScanCache(), aborter.signal, pause), isCancelled);
    assert.equal(pauses, 1);
  });

  it('lists a file that is too large, says so, and does not scan it', async () => {
    const huge = new Uint8Array(limits.fileBytes + 1).fill(0x20);
    huge.set(new TextEncoder().encode('$ref: no.yaml\n'));
    const source = new MemorySource({ 'openapi.yaml': '$ref: huge.yaml', 'huge.yaml': huge });
    const { files, documents, problems } = await of(source);
    assert.deepEqual(files, ['openapi.yaml', 'huge.yaml']);
    assert.deepEqual(documents, [{ path: 'huge.yaml', message: 'tooLarge' }]);
    assert.deepEqual(problems, []);
  });

  it('refuses more files than an API may have', async () => {
    const names = Array.from({ length: limits.apiFiles }, (_, index) => `f${index}.md`);
    const files = new Map<string, string>(names.map((name) => [name, '']));
    files.set('openapi.yaml', names.map((name) => `- $ref: ${name}\n`).join(''));
    await assert.rejects(of(new MemorySource(files)), (error) => Failure.is(error, 'tooLarge'));
  });
});

describe('ScanCache', () => {
  const scan = (count: number) => ({
    references: Array.from({ length: count }, () => ({
      target: 'a',
      range: { line: 0, character: 0, endLine: 0, endCharacter: 0 },
      alarm: true,
    })),
    problems: [],
  });

  it('forgets the least recently used first', () => {
    const cache = new ScanCache(6);
    cache.set(id('a'), 'document', scan(1));
    cache.set(id('b'), 'document', scan(1));
    cache.set(id('c'), 'document', scan(1));
    assert.ok(cache.get(id('a'), 'document'));
    cache.set(id('d'), 'document', scan(1));
    assert.equal(cache.get(id('b'), 'document'), undefined);
    assert.ok(cache.get(id('a'), 'document'));
  });

  it('keeps apart what a name makes of the same content', () => {
    const cache = new ScanCache();
    cache.set(id('a'), 'document', scan(1));
    assert.equal(cache.get(id('a'), 'askContent'), undefined);
  });
});
