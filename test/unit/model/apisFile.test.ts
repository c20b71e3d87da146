import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { parse as parseJsonc } from 'jsonc-parser';
import { Failure } from '../../../src/core/errors.ts';
import { limits } from '../../../src/core/limits.ts';
import { defaultCollectionFolder } from '../../../src/core/model/api.ts';
import type { Api } from '../../../src/core/model/api.ts';
import { parseApisFile, type ApisFile } from '../../../src/core/model/apisFile.ts';
import { withApi, withoutApi } from '../../../src/core/model/apisFileEdit.ts';
import type { ApisProblem } from '../../../src/core/model/apisProblem.ts';
import type { ApiId } from '../../../src/core/model/ids.ts';
import type { RepoPath } from '../../../src/core/model/repoPath.ts';

const schema = JSON.parse(readFileSync(new URL('../../../media/apis.schema.json', import.meta.url), 'utf8')) as object;
const validate = new Ajv({ strict: false }).compile(schema);

const connection = {
  host: 'git',
  origin: 'https://git.example.com',
  repository: { id: 'https://git.example.com/acme/payments.git', name: 'payments' },
  branch: 'main',
};
const entry = { id: 'one', name: 'Payments', folder: 'payments', rootFile: 'openapi.yaml', connection };

/** A file with one entry: the usual one, with changes. */
function fileWith(changes: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ version: 1, apis: [{ ...entry, ...changes }] });
}

function codes(text: string): readonly string[] {
  return parseApisFile(text).problems.map(({ code, property }) =>
    property === undefined ? code : `${code} ${property}`,
  );
}

const payments: Api = {
  id: 'one' as ApiId,
  name: 'Payments',
  folder: 'payments',
  rootFile: 'openapi.yaml' as RepoPath,
  addedFiles: [],
  collectionFolder: defaultCollectionFolder,
  connection: {
    repository: { host: 'git', origin: connection.origin, ...connection.repository },
    branch: 'main',
  },
};

describe('parseApisFile', () => {
  it('reads an API', () => assert.deepEqual(parseApisFile(fileWith({})), { apis: [payments], problems: [] }));

  it('reads an API that has a name only', () => {
    const text = '{"version":1,"apis":[{"id":"x","name":"X","folder":""}]}';
    const [api] = parseApisFile(text).apis;
    assert.deepEqual(api, { id: 'x', name: 'X', folder: '', addedFiles: [], collectionFolder: 'postman/collections' });
  });

  it('reads comments, trailing commas, a byte order mark and unknown keys', () => {
    const text = `\ufeff// ours\n{"version": 1, /* x */ "apis": [${JSON.stringify({ ...entry, later: [{}] })},],}`;
    assert.deepEqual(parseApisFile(text), { apis: [payments], problems: [] });
  });

  it('takes a blank file for an empty one', () => {
    for (const text of ['', ' \n', '// nothing yet\n'])
      assert.deepEqual(parseApisFile(text), { apis: [], problems: [] });
  });

  it('tells where the problem is, a byte order mark counted', () => {
    for (const mark of ['', '\ufeff']) {
      const text = mark + fileWith({ folder: '../x' });
      const [problem] = parseApisFile(text).problems;
      assert.ok(problem !== undefined);
      assert.equal(text.slice(problem.offset, problem.offset + problem.length), '"../x"');
    }
  });

  it('leaves the others alone when an entry is broken', () => {
    const broken = [{ ...entry, id: '' }, 5, null, [], {}, { ...entry, id: 'bad', folder: '/' }];
    for (const each of broken) {
      const text = JSON.stringify({ version: 1, apis: [each, entry] });
      assert.deepEqual(parseApisFile(text).apis, [payments]);
      assert.notDeepEqual(codes(text), []);
    }
  });

  it('takes the first of two entries with one id', () => {
    const text = JSON.stringify({ version: 1, apis: [entry, { ...entry, name: 'Other' }] });
    assert.deepEqual(parseApisFile(text).apis, [payments]);
    assert.deepEqual(codes(text), ['duplicateId id']);
  });

  it('tells of two APIs of one name, and keeps both', () => {
    const text = JSON.stringify({ version: 1, apis: [entry, { ...entry, id: 'two' }] });
    assert.equal(parseApisFile(text).apis.length, 2);
    assert.deepEqual(codes(text), ['duplicateName name']);
  });

  it('tells of folders that two repositories would share, and keeps both', () => {
    const elsewhere = { ...connection, repository: { id: 'https://git.example.com/acme/pets.git', name: 'pets' } };
    const other = { ...entry, id: 'two', name: 'Pets' };
    const withEntry = (changes: object): string =>
      JSON.stringify({ version: 1, apis: [entry, { ...other, ...changes }] });
    for (const shared of [{ folder: 'Payments/apis' }, { folder: '' }, { connection: elsewhere }]) {
      assert.equal(parseApisFile(withEntry(shared)).apis.length, 2);
      assert.deepEqual(codes(withEntry(shared)), ['sharedFolder folder']);
    }
    for (const fine of [{}, { folder: 'payments-2', connection: elsewhere }, { folder: '', connection: undefined }]) {
      assert.deepEqual(codes(withEntry(fine)), []);
    }
  });

  it('refuses an origin that its host cannot have', () => {
    for (const [host, origin] of [
      ['git', 'ftp://x'],
      ['git', 'javascript:alert(1)'],
      ['github', 'ssh://git@github.com'],
      ['gitlab', 'file://'],
      ['github', 'github.com'],
    ]) {
      const text = fileWith({ connection: { ...connection, host, origin } });
      assert.deepEqual(codes(text), ['unsafeOrigin origin']);
      assert.deepEqual(parseApisFile(text).apis, []);
    }
    for (const [host, origin] of [
      ['git', 'file://'],
      ['git', 'ssh://git@git.example.com:2222'],
      ['gitlab', 'http://127.0.0.1:8080/gitlab'],
    ]) {
      assert.deepEqual(codes(fileWith({ connection: { ...connection, host, origin } })), []);
    }
  });

  it('reads what it can of a text that breaks off', () => {
    const text = fileWith({}).replace(/\]\}$/u, ',{"id":"two","na');
    assert.deepEqual(parseApisFile(text).apis, [payments]);
    assert.ok(codes(text).includes('syntax'));
  });

  it('reads no file of a later version', () => {
    assert.deepEqual(parseApisFile(fileWith({}).replace('"version":1', '"version":2')).apis, []);
  });

  it('refuses a file that is too large, and one that is too deep, without parsing it', () => {
    assert.deepEqual(codes(' '.repeat(limits.apisFileBytes + 1)), ['tooLarge']);
    for (const deep of ['['.repeat(500_000), `{"apis":${'{"a":'.repeat(5_000)}`])
      assert.deepEqual(codes(deep), ['tooDeep']);
  });

  it('never throws, whatever the text', () => {
    const parts = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '"',
      ':',
      ',',
      'null',
      '1',
      '"apis"',
      '"version"',
      '"id"',
      '//',
      '\n',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(parts).map((all) => all.join('')),
          fc.json(),
          fc.string(),
        ),
        (text) => {
          parseApisFile(text);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});

describe('parser and schema of .vscode/apis.json', () => {
  const samples: readonly (readonly [name: string, text: string, problems: readonly string[]])[] = [
    ['an API', fileWith({}), []],
    ['no API', '{"version":1,"apis":[]}', []],
    ['an API that is not connected', fileWith({ connection: undefined }), []],
    ['unknown keys', fileWith({ later: 1 }), []],
    ['added files', fileWith({ addedFiles: ['docs/a.md', 'b'] }), []],
    ['the workspace folder itself', fileWith({ folder: '' }), []],
    ['a dot in front', fileWith({ folder: '.hidden/a..b', rootFile: '...a' }), []],
    ['a branch with a slash', fileWith({ connection: { ...connection, branch: 'feature/a.b' } }), []],
    ['ssh with a user', fileWith({ connection: { ...connection, origin: 'ssh://git@example.com:22' } }), []],
    ['a list', '[]', ['wrongType']],
    ['no version', '{"apis":[]}', ['missing version']],
    ['no apis', '{"version":1}', ['missing apis']],
    ['a later version', '{"version":2,"apis":[]}', ['wrongVersion version']],
    ['apis that are no list', '{"version":1,"apis":{}}', ['wrongType apis']],
    ['an entry that is none', '{"version":1,"apis":["a"]}', ['wrongType']],
    ['no id', fileWith({ id: undefined }), ['missing id']],
    ['an empty id', fileWith({ id: '' }), ['empty id']],
    ['a blank name', fileWith({ name: ' ' }), ['empty name']],
    ['a name that is a number', fileWith({ name: 1 }), ['wrongType name']],
    ['no folder', fileWith({ folder: undefined }), ['missing folder']],
    ['a folder above', fileWith({ folder: '../x' }), ['unsafeFolder folder']],
    ['a folder above, further in', fileWith({ folder: 'a/../../x' }), ['unsafeFolder folder']],
    ['an absolute folder', fileWith({ folder: '/etc' }), ['unsafeFolder folder']],
    ['a drive', fileWith({ folder: 'C:/x' }), ['unsafeFolder folder']],
    ['a backslash', fileWith({ folder: 'a\\..\\b' }), ['unsafeFolder folder']],
    ['a NUL', fileWith({ folder: 'a\0b' }), ['unsafeFolder folder']],
    ["Git's folder", fileWith({ folder: 'a/.GIT' }), ['unsafeFolder folder']],
    ['the folder of a folder', fileWith({ folder: 'a/' }), ['unsafeFolder folder']],
    ['this folder', fileWith({ folder: '.' }), ['unsafeFolder folder']],
    ['a root file above', fileWith({ rootFile: '../openapi.yaml' }), ['unsafePath rootFile']],
    ['an empty root file', fileWith({ rootFile: '' }), ['unsafePath rootFile']],
    ['a collection folder above', fileWith({ collectionFolder: 'a/..' }), ['unsafePath collectionFolder']],
    ['added files in no list', fileWith({ addedFiles: 'a' }), ['wrongType addedFiles']],
    ['an added file above', fileWith({ addedFiles: ['a', '../b'] }), ['unsafePath addedFiles']],
    ['a connection that is none', fileWith({ connection: 'main' }), ['wrongType connection']],
    ['an unknown host', fileWith({ connection: { ...connection, host: 'toString' } }), ['unknownHost host']],
    ['no branch', fileWith({ connection: { ...connection, branch: undefined } }), ['missing branch']],
    ['a branch that is an option', fileWith({ connection: { ...connection, branch: '--x' } }), ['invalidName branch']],
    ['a branch with a space', fileWith({ connection: { ...connection, branch: 'a b' } }), ['invalidName branch']],
    ['a branch with two dots', fileWith({ connection: { ...connection, branch: 'a..b' } }), ['invalidName branch']],
    ['no repository', fileWith({ connection: { ...connection, repository: undefined } }), ['missing repository']],
    [
      'a password',
      fileWith({ connection: { ...connection, origin: 'https://me:secret@example.com' } }),
      ['secret origin'],
    ],
  ];
  for (const [name, text, problems] of samples) {
    it(`${problems.length === 0 ? 'both take' : 'both refuse'} ${name}`, () => {
      assert.deepEqual(codes(text), problems);
      assert.equal(validate(JSON.parse(text)), problems.length === 0, JSON.stringify(validate.errors));
    });
  }

  const hidden: readonly (readonly [name: string, changes: Readonly<Record<string, unknown>>, problem: string])[] = [
    ['a short name', { folder: 'git~1' }, 'unsafeFolder folder'],
    ['our own folder', { folder: '.api-source-control/x' }, 'unsafeFolder folder'],
    ['ignorable code points', { rootFile: '.g\u200cit/config' }, 'unsafePath rootFile'],
    ['a Windows device, since teammates may have Windows', { folder: 'aux' }, 'unsafeFolder folder'],
  ];
  for (const [name, changes, problem] of hidden) {
    it(`the parser refuses ${name}`, () => assert.deepEqual(codes(fileWith(changes)), [problem]));
  }

  it('the parser refuses keys that come twice', () => {
    const text = fileWith({}).replace('"name":"Payments"', '"name":"Payments","folder":"a"');
    assert.deepEqual(codes(text), ['duplicateKey folder']);
    assert.deepEqual(parseApisFile(text).apis, []);
  });

  it('takes what the editor writes', () => assert.ok(validate(JSON.parse(withApi(undefined, payments)))));
});

describe('withApi and withoutApi', () => {
  const paths = fc.constantFrom('a.yaml', 'b/c.json', 'd').map((text) => text as RepoPath);
  const apis: fc.Arbitrary<Api> = fc.record(
    {
      id: fc.constantFrom('1', '2', '3', '__proto__').map((text) => text as ApiId),
      name: fc.constantFrom('A', 'B "x"', 'ä\u{1f600}', '// no comment'),
      folder: fc.constantFrom('', 'a', 'b/c'),
      rootFile: paths,
      addedFiles: fc.uniqueArray(paths),
      collectionFolder: fc.constantFrom(defaultCollectionFolder, 'x' as RepoPath),
      connection: fc.record({
        repository: fc.record({
          host: fc.constantFrom('git', 'github'),
          origin: fc.constantFrom('https://git.example.com', 'https://example.com'),
          id: fc.constantFrom('1', '2'),
          name: fc.constantFrom('r', 's'),
        }),
        branch: fc.constantFrom('main', 'develop'),
      }),
    },
    { requiredKeys: ['id', 'name', 'folder', 'addedFiles', 'collectionFolder'] },
  );
  /** Entries of chance are rivals: they are read all the same. */
  const mistakes = ({ problems }: ApisFile): readonly ApisProblem[] =>
    problems.filter(({ code }) => code !== 'duplicateName' && code !== 'sharedFolder');
  const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

  it('gives back what was put in, in order, whatever came before', () => {
    fc.assert(
      fc.property(fc.array(apis, { maxLength: 6 }), fc.constantFrom('\n', '\r\n'), (all, eol) => {
        let text: string | undefined = `{${eol}\t// kept${eol}\t"version": 1,${eol}\t"apis": []${eol}}${eol}`;
        const wanted = new Map<ApiId, Api>();
        for (const api of all) {
          text = withApi(text, api);
          wanted.set(api.id, api);
        }
        const parsed = parseApisFile(text);
        assert.deepEqual(mistakes(parsed), []);
        assert.deepEqual(plain(parsed.apis), plain([...wanted.values()]));
        assert.ok(text.includes('// kept'));
        assert.equal(/(?<!\r)\n/u.test(text), eol === '\n');
      }),
    );
  });

  it('takes out what is taken out, and nothing else', () => {
    fc.assert(
      fc.property(fc.uniqueArray(apis, { selector: (api) => api.id, minLength: 1 }), fc.nat(), (all, at) => {
        const gone = all[at % all.length] as Api;
        const text = all.reduce<string | undefined>((before, api) => withApi(before, api), undefined) ?? '';
        const parsed = parseApisFile(withoutApi(text, gone.id));
        assert.deepEqual(mistakes(parsed), []);
        assert.deepEqual(plain(parsed.apis), plain(all.filter((api) => api !== gone)));
      }),
    );
  });

  const commented = `// Our APIs
{
    "version": 1, // the first
    "later": {"x": 1},
    "apis": [
        /* payments */
        {
            "id": "one", "name": "Payments", // the name
            "folder": "payments",
            "mine": [1, 2],
            "collectionFolder": "postman/collections",
            "rootFile": "openapi.yaml",
            "connection": { "host": "git", "origin": "${connection.origin}", "extra": true,
                "repository": { "id": "${connection.repository.id}", "name": "payments" }, "branch": "main" }
        }, // last
    ],
}
`;

  it('changes nothing where nothing changed', () => {
    assert.equal(withApi(commented, payments), commented);
    assert.equal(withApi(`\ufeff${commented}`, payments), `\ufeff${commented}`);
    assert.equal(withoutApi(commented, 'other' as ApiId), commented);
  });

  it('changes the one value that changed', () => {
    assert.equal(withApi(commented, { ...payments, name: 'Money' }), commented.replace('"Payments"', '"Money"'));
    const moved = {
      ...payments,
      connection: { ...(payments.connection as Required<Api>['connection']), branch: 'next' },
    };
    assert.equal(withApi(commented, moved), commented.replace('"main"', '"next"'));
  });

  it('edits behind a byte order mark as it edits without one', () => {
    for (const api of [
      { ...payments, name: 'Money' },
      { ...payments, id: 'two' as ApiId },
    ]) {
      assert.equal(withApi(`\ufeff${commented}`, api), `\ufeff${withApi(commented, api)}`);
    }
    assert.equal(withoutApi(`\ufeff${commented}`, payments.id), `\ufeff${withoutApi(commented, payments.id)}`);
  });

  it('keeps unknown keys and comments when a connection goes', () => {
    const { connection: _gone, ...alone } = payments;
    const text = withApi(commented, alone);
    assert.deepEqual(parseApisFile(text), { apis: [alone], problems: [] });
    for (const kept of ['// Our APIs', '"mine": [1, 2]', '/* payments */', '// the name', '"later": {"x": 1}']) {
      assert.ok(text.includes(kept), kept);
    }
  });

  it('adds behind a trailing comma and takes out again', () => {
    const other = { ...payments, id: 'two' as ApiId, name: 'Other' };
    const text = withApi(commented, other);
    assert.deepEqual(parseApisFile(text), { apis: [payments, other], problems: [] });
    assert.deepEqual(parseApisFile(withoutApi(text, 'one' as ApiId)), { apis: [other], problems: [] });
    assert.deepEqual(parseApisFile(withoutApi(text, 'two' as ApiId)), { apis: [payments], problems: [] });
  });

  it('takes out every entry of an id', () => {
    const text = JSON.stringify({ version: 1, apis: [entry, { ...entry, id: 'two' }, entry] });
    const rest = parseJsonc(withoutApi(text, payments.id)) as { apis: { id: string }[] };
    assert.deepEqual(
      rest.apis.map(({ id }) => id),
      ['two'],
    );
  });

  it('adds the list where there is none', () => {
    assert.deepEqual(parseApisFile(withApi('{"version": 1}', payments)).apis, [payments]);
  });

  it('begins a file that has not begun', () => {
    for (const text of [undefined, '', '\n']) assert.deepEqual(parseApisFile(withApi(text, payments)).apis, [payments]);
  });

  it('touches no file that it does not understand', () => {
    for (const text of [
      '{"version":1,"apis":[',
      '[]',
      '{"version":2,"apis":[]}',
      '{"version":1,"apis":{}}',
      '['.repeat(99),
    ]) {
      assert.throws(
        () => withApi(text, payments),
        (error) => Failure.is(error, 'invalidFile'),
      );
      assert.throws(
        () => withoutApi(text, payments.id),
        (error) => Failure.is(error, 'invalidFile'),
      );
    }
  });
});
