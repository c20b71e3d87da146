import assert from 'node:assert/strict';
import { detectDefinition } from '../../../src/core/definition/detectDefinition.ts';
import { scanReferences } from '../../../src/core/definition/referenceScan.ts';
import { asRepoPath } from '../../../src/core/model/repoPath.ts';

const size = process.env['LONG'] === '1' ? 20_000_000 : 300_000;
const fill = (piece: string): string => piece.repeat(Math.ceil(size / piece.length));

/**
 * Some hundred kilobytes each of what makes a scanner look back or look ahead again and again. There is no bound on time but the
 * suite's: a pass whose cost is the square of the length takes minutes where a linear one takes part of a second.
 */
describe('hostile text', function () {
  this.timeout(60_000);

  const shapes: Readonly<Record<string, string>> = {
    'JSON on one line': `[${fill('{"$ref":"a.json#/x","d":"y"},')}0]`,
    'a string of escapes': `a: "${fill('\\n')}"`,
    'a string of escaped quotes': `["${fill('\\"')}"]`,
    'a string of doubled quotes': `a: '${fill("''")}'`,
    'one scalar': `a: ${fill('x')}`,
    'quotes never closed': fill('a: "x\n'),
    'quotes of both kinds never closed': fill('a: "x\nb: \'y\n'),
    'a staircase of quotes never closed': Array.from(
      { length: Math.floor(Math.sqrt(size)) },
      (_, index) => `${' '.repeat(index)}a: ${index % 2 === 0 ? '"' : "'"}\n`,
    ).join(''),
    'brackets never closed': fill('['),
    'braces never closed': fill('{"a":'),
    'brackets never opened': fill(']'),
    'braces in a name': `{$ref: a${fill('{b')}}`,
    dashes: fill('- '),
    'question marks': fill('? '),
    colons: fill(': '),
    'keys on a line': fill('a: '),
    tags: fill('!a '),
    anchors: fill('&a '),
    aliases: fill('- *a\n'),
    blanks: fill(' '),
    'blank lines': `a: b\n${fill('\n')}c`,
    'blank lines after a key': `{"a"${fill('\n')}: 1}`,
    'lines of a plain scalar': `a: b\n${fill('  c\n')}`,
    'lines of a plain scalar in brackets': `[a${fill('\n a')}]`,
    'keys without commas': `[a${fill('\n a: b')}]`,
    'block scalars': fill('a: |\n  x\n'),
    comments: fill('# $ref: a\n'),
    'comments in JSON': `{${fill('//\n')}}`,
    'a comment in JSON never closed': `{${fill('/*')}`,
    'conflict markers': fill('<<<<<<< a\n'),
    'document markers': fill('---\n'),
  };
  for (const [title, text] of Object.entries(shapes)) {
    it(`is passed over once: ${title}`, () => {
      const found = scanReferences(`$ref: first.yaml\n---\n${text}`).references.map(({ target }) => target);
      assert.equal(found[0], 'first.yaml');
    });
    it(`has its type found in one pass: ${title}`, () => {
      const bytes = new TextEncoder().encode(`{"info":{},"components":\n${text}`);
      assert.equal(detectDefinition(asRepoPath('a.json'), bytes), undefined);
    });
  }
});
