import assert from 'node:assert/strict';
import { findFileDefects } from '../../../src/core/definition/fileDefects.ts';
import { asRepoPath } from '../../../src/core/model/repoPath.ts';

describe('findFileDefects', () => {
  const finds = (title: string, path: string, text: string, expected: readonly string[]): void => {
    it(title, () => {
      const defects = findFileDefects(asRepoPath(path), new TextEncoder().encode(text));
      assert.deepEqual(
        defects.map(({ message, range, detail }) =>
          [message, range && range.line + 1, detail].filter(Boolean).join(' '),
        ),
        expected,
      );
    });
  };
  finds('nothing in good JSON', 'a.json', '{"a": [1, {"b": null}]}', []);
  finds('nothing in good YAML', 'a.yaml', 'a: &x 1\nb: *x\n', []);
  finds('a comma that is missing', 'a.json', '{\n"a": 1\n"b": 2}', ['doesNotParse 3 comma expected']);
  finds('a comma too many', 'a.json', '{"a": 1,}', ['doesNotParse 1 property name expected']);
  finds('a comment in JSON', 'a.json', '{\n// no\n"a": 1}', ['doesNotParse 2 invalid comment token']);
  finds('an empty JSON file', 'a.json', '', ['doesNotParse 1 value expected']);
  finds('a key that is twice in one object', 'a.json', '{"a": {"b": 1},\n"c": {"b": 1,\n"b": 2}}', [
    'duplicateKey 3 b',
  ]);
  finds('a key that is twice in one mapping', 'a.yml', 'a:\n  b: 1\nc: 1\na: 2\n', ['duplicateKey 4']);
  finds(
    'conflict markers, and nothing that follows from them',
    'a.yaml',
    'a: 1\n<<<<<<< mine\nb: 1\n=======\nb: 2\n>>>>>>> theirs\n',
    ['conflictMarkers 2'],
  );
  finds('half of them', 'a.md', '# Title\n=======\n\n>>>>>>> theirs\n', ['conflictMarkers 4']);
  finds('no markers in an underlined heading', 'a.md', 'Title\n=======\n', []);
  finds('what our own scan reads over', 'a.yaml', 'a: "x"#b\n', [
    'doesNotParse 1 Comments must be separated from other tokens by white space characters',
  ]);
  finds('nothing in a file of another kind', 'a.proto', 'message {', []);
  finds('nesting that no parser is given', 'a.json', '['.repeat(100_000), ['tooDeep 1']);
  finds('nesting of YAML that no parser is given', 'a.yaml', '['.repeat(100_000), ['tooDeep 1', 'doesNotParse 1']);
});
