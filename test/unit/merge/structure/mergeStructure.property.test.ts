import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { mergeStructure } from '../../../../src/core/merge/structure/mergeStructure.ts';
import { edited, edits, original } from './editedDocuments.ts';
import { inAnyOrder, referenceMerge } from './referenceMerge.ts';
import type { Data } from './referenceMerge.ts';

const isLong = process.env['LONG'] === '1';
const many = isLong ? 10_000 : 150;
// Found once, found every time: only the long run looks somewhere else each time.
const seed = Number(process.env['SEED'] ?? (isLong ? Date.now() % 2 ** 31 : 4711));
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

type Format = 'json' | 'yaml';

/** How somebody's editor writes a document. */
interface Style {
  readonly indent: number | '\t';
  readonly lineEnd: string;
  readonly mark: string;
  readonly lastLine: string;
}

const styles: fc.Arbitrary<Style> = fc.record({
  indent: fc.constantFrom<number | '\t'>(2, 4, 3, '\t'),
  lineEnd: fc.constantFrom('\n', '\r\n'),
  mark: fc.constantFrom('', '\ufeff'),
  lastLine: fc.constantFrom('', '\n'),
});
const plain: Style = { indent: 2, lineEnd: '\n', mark: '', lastLine: '\n' };

function written(data: Data, format: Format, { indent, lineEnd, mark, lastLine }: Style): string {
  const width = indent === '\t' ? 2 : indent;
  const text =
    format === 'json'
      ? JSON.stringify(data, undefined, indent)
      : stringify(data, { indent: width, lineWidth: 0 }).trimEnd();
  return mark + (text + lastLine).replaceAll('\n', lineEnd);
}

function read(text: string, format: Format): Data {
  const content = text.replace('\ufeff', '');
  return (format === 'json' ? JSON.parse(content) : parse(content)) as Data;
}

/** The merged text; `undefined` where there is none. */
function mergedText(
  format: Format,
  ...sides: readonly [base: string, mine: string, theirs: string]
): string | undefined {
  const [base, mine, theirs] = sides.map((text) => new TextEncoder().encode(text)) as [
    Uint8Array,
    Uint8Array,
    Uint8Array,
  ];
  const merged = mergeStructure(format, base, mine, theirs);
  return merged?.kind === 'clean' ? decoder.decode(merged.bytes) : undefined;
}

const sides = fc.tuple(edits, edits).map(([here, there]) => ({
  mine: edited(original, 'mine', here),
  theirs: edited(original, 'theirs', there),
}));

for (const format of ['json', 'yaml'] as const) {
  describe(`mergeStructure of ${format}, whatever was edited (SEED=${String(seed)})`, function () {
    this.timeout(600_000);

    const base = written(original, format, plain);

    it('is my bytes where they did nothing, and says what they say where I did nothing', () => {
      fc.assert(
        fc.property(sides, styles, styles, ({ mine, theirs }, here, there) => {
          const text = written(mine, format, here);
          assert.equal(mergedText(format, base, text, base), text);
          const taken = mergedText(format, base, base, written(theirs, format, there));
          if (taken !== undefined || format === 'json') assert.deepEqual(read(taken ?? '', format), theirs);
        }),
        { numRuns: many, seed },
      );
    });

    it('says what a merge of the data says, or leaves it to a person or to lines', () => {
      const counts = { clean: 0, left: 0 };
      fc.assert(
        fc.property(sides, styles, styles, ({ mine, theirs }, here, there) => {
          const text = mergedText(format, base, written(mine, format, here), written(theirs, format, there));
          const expected = referenceMerge(original, mine, theirs);
          if (typeof expected === 'string') {
            if (expected === 'conflict') assert.equal(text, undefined);
            return;
          }
          counts[text === undefined ? 'left' : 'clean']++;
          if (text !== undefined) assert.equal(inAnyOrder(read(text, format)), inAnyOrder(expected.data));
        }),
        { numRuns: many, seed },
      );
      assert.ok(counts.clean > many / 10, JSON.stringify(counts));
      assert.ok(counts.left <= (format === 'json' ? 0 : counts.clean / 50), JSON.stringify(counts));
    });

    it('keeps everything that either side wrote, and nothing that either deleted', () => {
      fc.assert(
        fc.property(sides, styles, ({ mine, theirs }, here) => {
          const text = mergedText(format, base, written(mine, format, here), written(theirs, format, plain));
          if (text === undefined) return;
          const [ours, others, now] = [mine, theirs, read(text, format)].map((data) => new Set(textsIn(data)));
          const before = textsIn(original);
          for (const each of [...(ours ?? []), ...(others ?? [])]) {
            if (!before.includes(each)) assert.ok(now?.has(each), each);
          }
          for (const each of before.filter((one) => before.indexOf(one) === before.lastIndexOf(one))) {
            assert.equal(now?.has(each), ours?.has(each) === true && others?.has(each) === true, each);
          }
        }),
        { numRuns: many, seed },
      );
    });

    it('does not care who is who, but for the order of what both added', () => {
      fc.assert(
        fc.property(sides, styles, styles, ({ mine, theirs }, here, there) => {
          const [ours, others] = [written(mine, format, here), written(theirs, format, there)];
          const [one, other] = [mergedText(format, base, ours, others), mergedText(format, base, others, ours)];
          if (format === 'json') assert.equal(one === undefined, other === undefined);
          if (one === undefined || other === undefined) return;
          assert.equal(inAnyOrder(read(one, format)), inAnyOrder(read(other, format)));
        }),
        { numRuns: many, seed },
      );
    });

    it('is written as mine is, down to the last byte', () => {
      fc.assert(
        fc.property(sides, styles, styles, ({ mine, theirs }, here, there) => {
          const [before, others] = [original, theirs].map((data) => written(data, format, there)) as [string, string];
          const text = mergedText(format, before, written(mine, format, here), others);
          if (text !== undefined) assert.equal(text, written(read(text, format), format, here));
        }),
        { numRuns: many, seed },
      );
    });
  });
}

/** Every text and key of a document. */
function textsIn(data: Data): readonly string[] {
  if (typeof data !== 'object' || data === null) return [String(data)];
  const keys = Array.isArray(data) ? [] : Object.keys(data);
  return [...keys, ...Object.values(data).flatMap((value) => textsIn(value as Data))];
}

describe('mergeStructure of anything', function () {
  this.timeout(600_000);

  const pieces = fc.constantFrom(
    ...[
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '1',
      'a: ',
      'b:',
      '- ',
      '\n',
      '\r\n',
      '  ',
      '\t',
      '&x ',
      '*x',
      '!t ',
      '<<: ',
      '# c',
    ],
    ...[
      '|',
      '>-',
      '? ',
      '---\n',
      '...\n',
      '%YAML 1.1\n',
      "'",
      '"',
      '\ufeff',
      '"__proto__": ',
      'null',
      '~',
      '\ud800',
      '\u0000',
    ],
  );
  const texts = fc.array(pieces, { maxLength: 25 }).map((list) => list.join(''));

  for (const format of ['json', 'yaml', 'unknown'] as const) {
    it(`ends, and never throws (${format})`, () => {
      const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
      fc.assert(
        fc.property(texts, texts, texts, (base, mine, theirs) => {
          mergeStructure(format, bytes(base), bytes(mine), bytes(theirs));
          const same = mergeStructure(format, bytes(base), bytes(mine), bytes(base));
          if (same?.kind === 'clean') assert.equal(decoder.decode(same.bytes), decoder.decode(bytes(mine)));
        }),
        { numRuns: many * 4 },
      );
    });
  }
});
