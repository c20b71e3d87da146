import assert from 'node:assert/strict';
import fc from 'fast-check';
import { limits } from '../../../src/core/limits.ts';
import { splitLines } from '../../../src/core/merge/lines.ts';
import { mergeText } from '../../../src/core/merge/mergeText.ts';

const many = process.env['LONG'] === '1' ? 20_000 : 500;
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The merged text, or why there is none. */
function merged(base: string, ours: string, theirs: string): string | { readonly conflict: string } {
  const result = mergeText(bytes(base), bytes(ours), bytes(theirs));
  if (result.kind === 'conflict') return { conflict: result.reason };
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(result.bytes);
}

const overlap = { conflict: 'overlap' };

describe('mergeText', function () {
  this.timeout(300_000);

  const rows: readonly (readonly [name: string, base: string, ours: string, theirs: string, expected: unknown])[] = [
    ['changes apart from each other', '1\n2\n3\n4\n5\n', 'a\n2\n3\n4\n5\n', '1\n2\n3\n4\nb\n', 'a\n2\n3\n4\nb\n'],
    ['the same change on both sides', '1\n2\n3\n', '1\nx\n3\n', '1\nx\n3\n', '1\nx\n3\n'],
    ['the same change, and another', '1\n2\n3\n4\n', '1\nx\n3\n4\n', '1\nx\n3\ny\n', '1\nx\n3\ny\n'],
    ['another change of one line', '1\n2\n3\n', '1\nx\n3\n', '1\ny\n3\n', overlap],
    ['changes that touch', '1\n2\n3\n4\n', '1\nx\n3\n4\n', '1\n2\ny\n4\n', overlap],
    ['insertions in one place', '1\n2\n', '1\nx\n2\n', '1\ny\n2\n', overlap],
    ['a deletion of what the other changed', '1\n2\n3\n', '1\n3\n', '1\nx\n3\n', overlap],
    ['a deletion of the same lines', '1\n2\n3\n', '1\n3\n', '1\n3\n', '1\n3\n'],
    ['one hunk over two of the other side', '1\n2\n3\n4\n5\n', 'a\nb\nc\n', '1\nx\n3\ny\n5\n', overlap],
    ['lines at the end, where one side added the line end', '1\n2\n3', '1\n2\n3\n', 'x\n2\n3', 'x\n2\n3\n'],
    ['no line end at the end', '1\n2\n3', 'x\n2\n3', '1\n2\n3', 'x\n2\n3'],
    ['both at an end without a line end', '1\n2', '1\n2\n3', '1\n2\n4', overlap],
    ['CRLF stays CRLF', '1\r\n2\r\n3\r\n', 'x\r\n2\r\n3\r\n', '1\r\n2\r\ny\r\n', 'x\r\n2\r\ny\r\n'],
    [
      'a mix of line ends stays as it is',
      '1\r\n2\n3\r\n4\n',
      'x\r\n2\n3\r\n4\n',
      '1\r\n2\n3\r\ny\n',
      'x\r\n2\n3\r\ny\n',
    ],
    ['a line end of the other kind is a change', '1\n2\n3\n', '1\r\n2\n3\n', '1\n2\ny\n', '1\r\n2\ny\n'],
    ['a byte order mark stays', '\ufeff1\n2\n3\n', '\ufeff1\n2\nx\n', '\ufeff1\n2\n3\n', '\ufeff1\n2\nx\n'],
    ['a byte order mark that one side takes away', '\ufeff1\n2\n3\n', '1\n2\n3\n', '\ufeff1\n2\ny\n', '1\n2\ny\n'],
    ['a carriage return alone ends no line', '1\r2\r3', '1\rx\r3', '1\r2\ry', overlap],
    ['an empty file that both fill', '', 'a\n', 'b\n', overlap],
    ['an empty file that one fills', '', 'a\n', '', 'a\n'],
  ];
  for (const [name, base, ours, theirs, expected] of rows) {
    it(name, () => {
      assert.deepEqual(merged(base, ours, theirs), expected);
      assert.deepEqual(merged(base, theirs, ours), expected);
    });
  }

  it('leaves what is no UTF-8 text to a person', () => {
    const utf16 = Uint8Array.from([0xff, 0xfe, 0x61, 0, 0x0a, 0]);
    const broken = Uint8Array.from([0x61, 0xc3, 0x28, 0x0a]);
    for (const odd of [utf16, utf16.slice(2), broken]) {
      for (const sides of [
        [odd, bytes('a'), bytes('b')],
        [bytes('a'), odd, bytes('b')],
        [bytes('a'), bytes('b'), odd],
      ]) {
        const [base, ours, theirs] = sides as [Uint8Array, Uint8Array, Uint8Array];
        assert.deepEqual(mergeText(base, ours, theirs), { kind: 'conflict', reason: 'notText', regions: [] });
      }
    }
  });

  it('leaves what is too large to a person', () => {
    const large = new Uint8Array(limits.mergeBytes + 1).fill(0x61);
    assert.equal((mergeText(large, bytes('a'), bytes('b')) as { reason?: string }).reason, 'tooLarge');
  });

  it('tells the regions of a conflict', () => {
    const result = mergeText(bytes('1\n2\n3\n'), bytes('1\nx\n3\n'), bytes('1\ny\nz\n3\n'));
    assert.deepEqual(result, {
      kind: 'conflict',
      reason: 'overlap',
      regions: [
        { kind: 'agreed', lines: ['1\n'] },
        { kind: 'conflict', base: ['2\n'], ours: ['x\n'], theirs: ['y\n', 'z\n'] },
        { kind: 'agreed', lines: ['3\n'] },
      ],
    });
  });

  const texts = fc
    .array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd', '', ' }'), fc.constantFrom('\n', '\r\n')), { maxLength: 30 })
    .chain((lines) => fc.constantFrom('', 'end').map((end) => lines.map((line) => line.join('')).join('') + end));

  it('is what one side made of it when the other did nothing', () => {
    fc.assert(
      fc.property(texts, texts, (base, side) => {
        assert.equal(merged(base, side, base), side);
        assert.equal(merged(base, base, side), side);
      }),
      { numRuns: many },
    );
  });

  it('is what both sides made of it when they did the same', () => {
    fc.assert(
      fc.property(texts, texts, (base, side) => assert.equal(merged(base, side, side), side)),
      { numRuns: many },
    );
  });

  it('does not care who is who', () => {
    fc.assert(
      fc.property(texts, texts, texts, (base, ours, theirs) =>
        assert.deepEqual(merged(base, ours, theirs), merged(base, theirs, ours)),
      ),
      { numRuns: many },
    );
  });

  /** Edits of a text of unique lines, that say who made them. */
  const edits = fc.array(fc.record({ at: fc.nat(19), kind: fc.constantFrom('insert', 'replace', 'delete') }), {
    maxLength: 4,
  });
  const original = Array.from({ length: 20 }, (_, index) => `line ${index}\n`);
  const edited = (who: string, list: readonly { at: number; kind: string }[]): string =>
    list
      .reduce((lines, { at, kind }, index) => {
        const fresh = kind === 'delete' ? [] : [`${who} ${index}\n`];
        return lines.toSpliced(at, kind === 'insert' ? 0 : 1, ...fresh);
      }, original)
      .join('');

  it('keeps every line that either side wrote, and none that either deleted', () => {
    let clean = 0;
    fc.assert(
      fc.property(edits, edits, (mine, yours) => {
        const [ours, theirs] = [edited('ours', mine), edited('theirs', yours)];
        const result = merged(original.join(''), ours, theirs);
        if (typeof result !== 'string') return;
        clean++;
        const lines = new Set(splitLines(result));
        const [here, there] = [new Set(splitLines(ours)), new Set(splitLines(theirs))];
        for (const line of [...here, ...there]) if (!original.includes(line)) assert.ok(lines.has(line), line);
        for (const line of original) assert.equal(lines.has(line), here.has(line) && there.has(line), line);
      }),
      { numRuns: many },
    );
    assert.ok(clean > many / 10);
  });
});
