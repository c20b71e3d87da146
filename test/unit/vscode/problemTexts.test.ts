import assert from 'node:assert/strict';
import type { ApisFileProblem } from '../../../src/app/apiStore.ts';
import { parseApisFile } from '../../../src/core/model/apisFile.ts';
import { useVscodeStub } from './vscodeStub.ts';

/** A record, so that a new code does not compile until it is here too. */
const codes: Record<ApisFileProblem['code'], true> = {
  unreadable: true,
  tooLarge: true,
  tooDeep: true,
  syntax: true,
  wrongVersion: true,
  missing: true,
  wrongType: true,
  empty: true,
  duplicateKey: true,
  duplicateId: true,
  duplicateName: true,
  sharedFolder: true,
  unsafeFolder: true,
  unsafePath: true,
  unknownHost: true,
  unsafeOrigin: true,
  invalidName: true,
  secret: true,
};

describe('problems of apis.json', () => {
  let apisProblemText: (problem: ApisFileProblem) => string;
  const place = { workspaceFolder: 'file:///work', message: '', offset: 0, length: 0 };

  before(async () => {
    useVscodeStub();
    ({ apisProblemText } = await import('../../../src/vscode/problemTexts.ts'));
  });

  for (const code of Object.keys(codes) as ApisFileProblem['code'][]) {
    it(`are sentences and no codes: ${code}`, () => {
      for (const about of [{}, { property: 'folder' }]) {
        const text = apisProblemText({ ...place, code, ...about });
        assert.match(text, /^[A-Z“].*\.$/);
        assert.ok(!/[a-z][A-Z]/.test(text.replace('API', '')), text);
      }
    });
  }

  it('name the rule that a path or a branch breaks', () => {
    const entry = { id: '1', name: 'Pets', folder: '../x', rootFile: 'a/.git/b' };
    const connection = {
      host: 'git',
      origin: 'https://a.example',
      repository: { id: 'https://a.example/b', name: 'b' },
    };
    const text = JSON.stringify({ version: 1, apis: [{ ...entry, connection: { ...connection, branch: 'a..b' } }] });
    assert.deepEqual(
      parseApisFile(text).problems.map((problem) => apisProblemText({ ...place, ...problem })),
      [
        'A path cannot hold “.” or “..” as a name.',
        '“.git” and “.api-source-control” are not to be touched.',
        'A branch’s name cannot hold “..”.',
      ],
    );
  });
});
