import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { isScalar, parse, parseDocument, stringify, visit } from 'yaml';
import { scanReferences } from '../../../src/core/definition/referenceScan.ts';
import { asData, asYaml, documentNode, planted } from './documentText.ts';

const numRuns = process.env['LONG'] === '1' ? 20_000 : 500;

const targets = (text: string): string[] => scanReferences(text).references.map(({ target }) => target);

/** What a real parser finds: every `$ref` whose value is a string. */
function parsed(text: string): string[] {
  const found: string[] = [];
  const document = parseDocument(text);
  assert.deepEqual(document.errors, [], 'the writer of this test writes proper YAML');
  visit(document, {
    Map(_key, map) {
      for (const { key, value } of map.items) {
        if (isScalar(key) && key.value === '$ref' && isScalar(value) && typeof value.value === 'string')
          found.push(value.value);
      }
    },
  });
  return found;
}

describe('scanReferences, for any document', function () {
  this.timeout(process.env['LONG'] === '1' ? 600_000 : 60_000);

  it('finds in hand-written YAML exactly what was planted, as a parser does, and sees no defect', () => {
    fc.assert(
      fc.property(documentNode, fc.infiniteStream(fc.nat({ max: 59 })), (node, numbers) => {
        const text = asYaml(node, (count) => (numbers.next().value ?? 0) % count);
        const scan = scanReferences(text);
        const found = scan.references.map(({ target }) => target);
        assert.deepEqual(found, planted(node), text);
        assert.deepEqual([...found].sort(), parsed(text).sort(), text);
        assert.deepEqual(scan.problems, [], text);
      }),
      { numRuns },
    );
  });

  it('finds in what a library writes exactly what was planted', () => {
    fc.assert(
      fc.property(documentNode, fc.constantFrom(2, 3, 4), fc.constantFrom(0, 20, 80), (node, indent, lineWidth) => {
        const text = stringify(asData(node), { indent, lineWidth, aliasDuplicateObjects: false });
        // Deep in a narrow document the library writes what it cannot read back.
        fc.pre(isDeepStrictEqual(parse(text), asData(node)));
        assert.deepEqual([...targets(text)].sort(), [...planted(node)].sort(), text);
      }),
      { numRuns },
    );
  });

  it('finds in JSON exactly what was planted', () => {
    fc.assert(
      fc.property(documentNode, fc.constantFrom(undefined, 2, '\t'), (node, space) => {
        const text = JSON.stringify(asData(node), undefined, space);
        assert.deepEqual([...targets(text)].sort(), [...planted(node)].sort(), text);
      }),
      { numRuns },
    );
  });

  it('never throws, and ranges hold what was found', () => {
    const piece = fc.constantFrom(
      ...[
        '$ref',
        ': ',
        '\n',
        '\n  ',
        '- ',
        '? ',
        '{',
        '}',
        '[',
        ']',
        ',',
        '"',
        "'",
        '\\',
        '#',
        '|',
        '>',
        '&a ',
        '*a',
        '!t ',
      ],
      ...[
        'x.yaml',
        '$ref: f.yaml',
        '"$ref": "g"',
        '\r',
        '\t',
        '\0',
        '---',
        '...',
        '%',
        '<<<<<<<',
        '=======',
        '//',
        '/*',
        '\ud800',
      ],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join('');
        const lines = text.split(/\r\n?|\n/);
        for (const { range } of scanReferences(text).references) {
          assert.ok(range.line < range.endLine || range.character <= range.endCharacter);
          assert.ok(range.endCharacter <= (lines[range.endLine]?.length ?? -1), JSON.stringify(text));
        }
      }),
      { numRuns: numRuns * 10 },
    );
  });
});
