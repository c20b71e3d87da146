import assert from 'node:assert/strict';
import fc from 'fast-check';
import { hasMarkers, withMarkers } from '../../../src/core/merge/markers.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const labels = { ours: 'mine', theirs: 'main' };

function marked(base: string | undefined, ours: string, theirs: string): string {
  const result = withMarkers(base === undefined ? undefined : bytes(base), bytes(ours), bytes(theirs), labels);
  assert.ok(result !== undefined);
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(result);
}

describe('withMarkers', () => {
  it('marks what the sides disagree on and merges the rest', () => {
    const text = marked('1\n2\n3\n4\n5\n', '1\nx\n3\n4\n5\n', '1\ny\n3\n4\nz\n');
    assert.equal(text, '1\n<<<<<<< mine\nx\n=======\ny\n>>>>>>> main\n3\n4\nz\n');
  });

  it("uses the file's own line end", () => {
    const text = marked('1\r\n2\r\n', '1\r\nx\r\n', '1\r\ny\r\n');
    assert.equal(text, '1\r\n<<<<<<< mine\r\nx\r\n=======\r\ny\r\n>>>>>>> main\r\n');
  });

  it('gives a last line its line end before a marker', () => {
    assert.equal(marked('1', 'x', 'y'), '<<<<<<< mine\nx\n=======\ny\n>>>>>>> main\n');
  });

  it('marks only what differs when both added the file', () => {
    assert.equal(marked(undefined, 'a\nb\nc\n', 'a\nx\nc\n'), 'a\n<<<<<<< mine\nb\n=======\nx\n>>>>>>> main\nc\n');
  });

  it('marks all that differs when the lines join and the result was refused all the same', () => {
    const text = marked('a\nb\nc\n', 'a: 1\nb\nc\n', 'a\nb\na: 1\n');
    assert.equal(text, '<<<<<<< mine\na: 1\nb\nc\n=======\na\nb\na: 1\n>>>>>>> main\n');
  });

  it('has none for what is no text', () => {
    assert.equal(withMarkers(undefined, Uint8Array.from([0]), bytes('a'), labels), undefined);
  });

  it('shows markers whenever the sides differ', () => {
    const texts = fc.array(fc.constantFrom('a\n', 'b\n', 'c\r\n', 'd')).map((lines) => lines.join(''));
    fc.assert(
      fc.property(texts, texts, texts, (base, ours, theirs) => {
        fc.pre(ours !== theirs);
        assert.ok(hasMarkers(bytes(marked(base, ours, theirs))));
      }),
    );
  });
});

describe('hasMarkers', () => {
  for (const text of [
    '<<<<<<< mine\n',
    'a\n>>>>>>> main\r\nb',
    'a\n<<<<<<<\n',
    '||||||| base\n',
    '\ufeff<<<<<<< mine\n',
  ]) {
    it(`sees ${JSON.stringify(text)}`, () => assert.ok(hasMarkers(bytes(text))));
  }

  for (const text of ['Title\n=======\n', ' <<<<<<< mine\n', '<<<<<<<< mine\n', '<<<<<<<mine\n', 'a <<<<<<< b\n', '']) {
    it(`lets ${JSON.stringify(text)} pass`, () => assert.ok(!hasMarkers(bytes(text))));
  }
});
