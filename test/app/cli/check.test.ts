import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '../../../src/cli/check/finding.ts';
import { CliWorld } from './cliWorld.ts';

const payments = { id: 'payments', name: 'Payments', folder: '', rootFile: 'apis/payments/openapi.yaml' };
const inventory = {
  id: 'inventory',
  name: 'Inventory',
  folder: '',
  rootFile: 'apis/inventory/openapi.json',
  collectionFolder: 'apis/inventory/collections',
};
const apisFile = (...apis: readonly object[]): string => JSON.stringify({ version: 1, apis }, undefined, 2);

const collection = (item: unknown): object => ({
  info: { name: 'C', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
  item,
});
const openapi = (...paths: readonly string[]): string =>
  `openapi: 3.0.0\ninfo: {title: T, version: '1'}\npaths:\n${paths.map((path) => `  ${path}:\n    get: {}\n`).join('')}`;
const get = (url: string): object => ({ name: `Get ${url}`, request: { method: 'GET', url } });
const api = { id: 'a', name: 'A', folder: '', rootFile: 'openapi.yaml' };

/** Lines of an answer, without the closing empty one. */
const lines = (text: string): readonly string[] => text.replace(/\n$/, '').split('\n');

describe('api-source-control check', function () {
  this.timeout(60_000);
  const world = new CliWorld();

  before(() => world.open());
  after(() => world.close());

  it('tells of the sample what is wrong, in a plain clone with no account and no checkout', async () => {
    const clone = world.clone('ci');
    world.folder('ci', { '.vscode/apis.json': apisFile(payments, inventory) });
    const { code, out, err } = await world.run(clone, ['check']);
    assert.deepEqual(lines(out), [
      'Payments',
      'apis/payments/components/responses/declined.yaml:10:21: There is no file “../schemas/payment/DeclineCode.yaml”.',
      'apis/payments/paths/customers/item.yaml:7:1: note: GET /customers/{customerId}: no request of a collection asks for this operation.',
      '',
      '1 finding and 1 note in 2 APIs.',
    ]);
    assert.deepEqual([code, err], [1, '']);
    assert.ok(!existsSync(join(clone, '.api-source-control')), 'a check leaves nothing behind');
    assert.equal(world.sandbox.git(clone, 'status', '--porcelain').trim(), '?? .vscode/');
  });

  it('annotates for GitHub, where an operation without a request can be a finding', async () => {
    const clone = world.clone('github');
    world.folder('github', { '.vscode/apis.json': apisFile(payments) });
    const { code, out } = await world.run(world.sandbox.folder, ['check', '--strict', '--format', 'github', clone]);
    assert.deepEqual(lines(out), [
      '::error file=github/apis/payments/components/responses/declined.yaml,line=10,col=21,title=Payments::There is no file “../schemas/payment/DeclineCode.yaml”.',
      '::error file=github/apis/payments/paths/customers/item.yaml,line=7,col=1,title=Payments::GET /customers/{customerId}: no request of a collection asks for this operation.',
      '2 findings in 1 API.',
    ]);
    assert.equal(code, 1);
  });

  it('passes what is right, and tells programs what was looked at', async () => {
    const clone = world.clone('json');
    world.folder('json', { '.vscode/apis.json': apisFile(payments, inventory) });
    const { code, out } = await world.run(clone, ['check', '--json', '--api', 'Inventory']);
    assert.deepEqual(JSON.parse(out), {
      apisFile: [],
      apis: [{ id: 'inventory', name: 'Inventory', findings: [], files: 2, requests: 3 }],
      errors: 0,
      notes: 0,
    });
    assert.equal(code, 0);
  });

  const finds = (
    title: string,
    files: Readonly<Record<string, string | object>>,
    expected: readonly string[],
  ): void => {
    it(title, async () => {
      const folder = world.folder(`finds ${title}`, files);
      const { out, err } = await world.run(folder, ['check']);
      assert.equal(err, '');
      assert.deepEqual(lines(out), expected);
    });
  };

  finds(
    'names each defect of a definition at its line',
    {
      '.vscode/apis.json': apisFile({ ...api, addedFiles: ['gone.md', 'notes.md'] }),
      'openapi.yaml': `${openapi('/a')}components:\n  schemas:\n    A: {$ref: a.yaml}\n    B: {$ref: b.json}\n    C: {$ref: C.yaml}\n    D: {$ref: 'https://example.com/d.yaml'}\n`,
      'a.yaml': 'type: object\ntype: string\n',
      'b.json': '{\n  "type": "object",\n}\n',
      'c.yaml': 'type: object\n',
      'notes.md': 'one\n<<<<<<< mine\ntwo\n',
    },
    [
      'A',
      '.vscode/apis.json:10:9: The file “gone.md” of “A” is missing.',
      'a.yaml:2:1: The same key is here twice.',
      'b.json:3:1: This does not parse: property name expected.',
      'notes.md:2:1: Conflict markers were left in.',
      'openapi.yaml:10:15: There is no file “C.yaml”. Did you mean “c.yaml”?',
      'openapi.yaml:11:16: note: “https://example.com/d.yaml” is outside of the repository.',
      '',
      '5 findings and 1 note in 1 API.',
    ],
  );
  finds('misses a root file', { '.vscode/apis.json': apisFile(api) }, [
    'A',
    '.vscode/apis.json:8:19: The root file “openapi.yaml” of “A” is missing.',
    '',
    '1 finding in 1 API.',
  ]);
  finds(
    'says that a root file is no definition',
    { '.vscode/apis.json': apisFile(api), 'openapi.yaml': 'name: something else\n' },
    [
      'A',
      'openapi.yaml:1:1: The root file is no definition of a format that is known here.',
      '',
      '1 finding in 1 API.',
    ],
  );
  finds(
    'names collections that do not parse, and leaves other files of their folder alone',
    {
      '.vscode/apis.json': apisFile(api),
      'openapi.yaml': openapi('/a'),
      'postman/collections/broken.json': '{"info": {',
      'postman/collections/new.postman_collection.json': { info: { schema: 'https://schema.example/v3' } },
      'postman/collections/environment.json': { values: [] },
    },
    [
      'A',
      'postman/collections/broken.json:1:11: This does not parse: close brace expected.',
      'postman/collections/new.postman_collection.json:1:1: This is no collection of a format that is known here (Postman 2.0 and 2.1).',
      '',
      '2 findings in 1 API.',
    ],
  );
  finds(
    'names requests that nothing answers any more, without what may be a secret',
    {
      '.vscode/apis.json': apisFile(api),
      'openapi.yaml': `${openapi('/a/{id}', '/b')}servers: [{url: 'https://api.example.com/v1'}]\n`,
      'postman/collections/c.json': collection([
        get('{{baseUrl}}/a/1'),
        { name: 'Old', item: [get('https://jane:secret@api.example.com/v1/gone?key=secret')] },
        get('https://login.example.com/token'),
        { name: 'New', request: { method: 'GET' } },
      ]),
    },
    [
      'A',
      'postman/collections/c.json:19:12: GET https://api.example.com/v1/gone (Old / Get https://api.example.com/v1/gone): no operation of the definition answers this request.',
      'postman/collections/c.json:28:8: note: GET https://login.example.com/token (Get https://login.example.com/token): this goes to no server of the definition.',
      'postman/collections/c.json:35:8: note: New: this request has no address yet.',
      'openapi.yaml:7:5: note: GET /b: no request of a collection asks for this operation.',
      '',
      '1 finding and 3 notes in 1 API.',
    ],
  );
  finds(
    'lets APIs that share a collection answer it together',
    {
      '.vscode/apis.json': apisFile(api, { ...api, id: 'b', name: 'B', rootFile: 'b.yaml' }),
      'openapi.yaml': openapi('/a'),
      'b.yaml': openapi('/b'),
      'postman/collections/c.json': collection([get('{{u}}/a'), get('{{u}}/b')]),
    },
    ['Nothing is wrong in 2 APIs: 4 files, 4 requests.'],
  );
  finds(
    'compares no requests with a definition that is broken or of another kind',
    {
      '.vscode/apis.json': apisFile(api, {
        id: 'g',
        name: 'G',
        folder: 'g',
        rootFile: 'schema.graphql',
      }),
      'openapi.yaml': 'openapi: 3.0.0\npaths: {\n',
      'postman/collections/c.json': collection([get('{{u}}/a')]),
      'g/schema.graphql': 'type Query { a: Int }\n',
      'g/postman/collections/c.json': collection([get('{{u}}/graphql')]),
    },
    ['A', 'openapi.yaml:3:1: This does not parse.', '', '1 finding in 2 APIs.'],
  );
  finds(
    'names what is wrong in apis.json, and looks at the rest',
    {
      '.vscode/apis.json': apisFile({ id: 'x', name: 'X' }, api),
      'openapi.yaml': openapi('/a'),
    },
    ['.vscode/apis.json', '.vscode/apis.json:4:5: “folder” is missing.', '', '1 finding in 1 API.'],
  );
  finds(
    'writes names that hold control characters on one line',
    {
      '.vscode/apis.json': apisFile(api),
      'openapi.yaml': `${openapi('/a')}components: {schemas: {A: {$ref: "x\\n::error::\\e[2J.yaml"}}}\n`,
    },
    ['A', 'openapi.yaml:6:35: There is no file “x ::error:: [2J.yaml”.', '', '1 finding in 1 API.'],
  );

  it('writes them on one line for programs, too', async () => {
    const folder = world.folder('one line', {
      '.vscode/apis.json': apisFile(api),
      'openapi.yaml': `${openapi('/a')}components: {schemas: {A: {$ref: "x\\ny.yaml"}}}\n`,
    });
    const report = JSON.parse((await world.run(folder, ['check', '--json'])).out) as Report;
    assert.deepEqual(
      report.apis[0]?.findings.map(({ message }) => message),
      ['There is no file “x y.yaml”.'],
    );
  });

  it('cannot look where there is nothing, and says so in a sentence', async () => {
    const empty = world.folder('empty', { 'a.txt': '' });
    const said = async (...args: readonly string[]): Promise<unknown> => {
      const { code, out, err } = await world.run(empty, args);
      return [code, out, lines(err)];
    };
    const help = 'See api-source-control --help.';
    assert.deepEqual(await said('check'), [
      2,
      '',
      ['api-source-control: There is no .vscode/apis.json in “.”, so there are no APIs to look at.'],
    ]);
    assert.deepEqual(await said('check', 'nowhere'), [2, '', ['api-source-control: There is no folder “nowhere”.']]);
    assert.deepEqual(await said('chekc'), [
      2,
      '',
      ['api-source-control: There is no command “chekc”. There are status, check, pull and push.', help],
    ]);
    world.folder('empty', { '.vscode/apis.json': apisFile(api) });
    assert.deepEqual(await said('check', '--api', 'B'), [
      2,
      '',
      ['api-source-control: There is no API “B” in .vscode/apis.json. There are: “A”.'],
    ]);
  });

  it('shows help and version', async () => {
    const help = await world.run(world.sandbox.folder, ['--help']);
    assert.match(help.out, /^API Source Control on the command line\.\n/);
    assert.equal(help.code, 0);
    const { version } = JSON.parse(world.read(world.sandbox.path('program'), 'package.json')) as { version: string };
    assert.deepEqual(await world.run(world.sandbox.folder, ['--version']), { code: 0, out: `${version}\n`, err: '' });
  });
});
