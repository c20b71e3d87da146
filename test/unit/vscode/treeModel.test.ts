import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ApiNode, DefinitionFile } from '../../../src/app/apiNode.ts';
import type { ApisFileProblem } from '../../../src/app/apiStore.ts';
import { asRepoPath } from '../../../src/core/model/repoPath.ts';
import type { AccountNotice } from '../../../src/vscode/accounts/accountNotices.ts';
import { contextValue } from '../../../src/vscode/tree/contextValue.ts';
import { rowPath } from '../../../src/vscode/tree/rowPath.ts';
import { TreeModel } from '../../../src/vscode/tree/treeModel.ts';
import type { TreeRow } from '../../../src/vscode/tree/treeRow.ts';
import { apiNode, file, HandStore, syncStatus, unresolved } from './apiNodes.ts';

function allRows(model: TreeModel): TreeRow[] {
  const below = (row: TreeRow): TreeRow[] => [row, ...model.children(row).flatMap(below)];
  return model.roots().flatMap(below);
}

/** The tree as a person reads it. */
function drawn(model: TreeModel): string[] {
  const draw = (row: TreeRow, depth: number): string[] => [
    '  '.repeat(depth) + nameOf(row),
    ...model.children(row).flatMap((child) => draw(child, depth + 1)),
  ];
  return model.roots().flatMap((row) => draw(row, 0));
}

function nameOf(row: TreeRow): string {
  switch (row.kind) {
    case 'notice':
      return `(${row.notice.kind})`;
    case 'api':
    case 'definition':
    case 'collections':
      return row.kind;
    case 'folder':
      return `${row.label}/`;
    case 'definitionFile':
      return row.file.path.slice(row.file.path.lastIndexOf('/') + 1);
    case 'referenceProblem':
      return `? ${row.problem.target}`;
    case 'documentProblem':
      return `! ${row.problem.message}`;
    case 'collection':
      return row.collection.outline.name;
    case 'collectionFolder':
      return `${row.folder.name}/`;
    case 'request':
      return `${row.request.method} ${row.request.name}`;
  }
}

const payments: ApiNode = apiNode('payments', {
  state: 'connected',
  sync: syncStatus(),
  definition: {
    files: [
      file('apis/pay/openapi.yaml', 'root'),
      file('apis/pay/paths/charges.yaml'),
      file('apis/pay/schemas/money/amount.yaml'),
      file('apis/pay/schemas/money/currency.yaml'),
      file('apis/pay/old.yaml', 'unreferenced'),
      file('common/errors.yaml'),
    ],
    references: [
      unresolved('apis/pay/openapi.yaml', './gone.yaml', 7),
      unresolved('apis/pay/openapi.yaml', './gone.yaml', 9),
    ],
    documents: [{ path: asRepoPath('common/errors.yaml'), message: 'duplicateKey' }],
  },
  collections: [
    {
      path: asRepoPath('postman/collections/pay.json'),
      presence: 'here',
      outline: {
        name: 'Pay',
        items: [
          { kind: 'folder', name: 'Charges', items: [{ kind: 'request', method: 'POST', name: 'Create' }] },
          { kind: 'request', method: 'GET', name: 'List' },
          { kind: 'request', method: 'GET', name: 'List' },
        ],
      },
    },
  ],
});

describe('tree model', () => {
  it('shows root, folders, files, what they miss, and collections', () => {
    assert.deepEqual(drawn(new TreeModel(new HandStore([payments]))), [
      'api',
      '  definition',
      '    openapi.yaml',
      '      ? ./gone.yaml',
      '      ? ./gone.yaml',
      '    paths/',
      '      charges.yaml',
      '    schemas/money/',
      '      amount.yaml',
      '      currency.yaml',
      '    old.yaml',
      '    common/',
      '      errors.yaml',
      '        ! duplicateKey',
      '  collections',
      '    Pay',
      '      Charges/',
      '        POST Create',
      '      GET List',
      '      GET List',
    ]);
  });

  it('shows problems of files that are not listed below the definition', () => {
    const node = apiNode('a', {
      definition: {
        files: [file('root.yaml', 'root')],
        references: [unresolved('other.yaml', 'x.yaml')],
        documents: [],
      },
    });
    assert.deepEqual(drawn(new TreeModel(new HandStore([node]))), [
      'api',
      '  definition',
      '    root.yaml',
      '    ? x.yaml',
      '  collections',
    ]);
  });

  it('has an API without anything yet', () => {
    assert.deepEqual(drawn(new TreeModel(new HandStore([apiNode('a')]))), ['api', '  definition', '  collections']);
  });

  it('gives ids that are unique and stay when problems move and folders join', () => {
    const store = new HandStore([payments, apiNode('other')]);
    const before = allRows(new TreeModel(store)).map(({ id }) => id);
    assert.equal(new Set(before).size, before.length);
    const definition = payments.definition;
    assert.ok(definition);
    store.replace({
      ...payments,
      definition: {
        ...definition,
        references: definition.references.map(({ from, target }) => unresolved(from, target, 99)),
      },
    });
    assert.deepEqual(
      allRows(new TreeModel(store)).map(({ id }) => id),
      before,
    );
  });

  it('leads from every row back to its API', () => {
    const model = new TreeModel(new HandStore([payments]));
    for (const row of allRows(model)) {
      let at: TreeRow = row;
      while (at.kind !== 'api' && at.kind !== 'notice') {
        const parent: TreeRow = at.parent;
        assert.ok(model.children(parent).some(({ id }) => id === at.id));
        at = parent;
      }
      assert.equal(at, model.roots()[0]);
    }
  });

  it('knows the file of each row that has one', () => {
    const paths = allRows(new TreeModel(new HandStore([payments]))).map((row) => [row.kind, rowPath(row)] as const);
    for (const [kind, path] of paths)
      assert.equal(path === undefined, ['api', 'definition', 'folder', 'collections'].includes(kind));
  });

  it('shows every file once, whatever the folders', () => {
    const segment = fc.constantFrom('a', 'b', 'c', 'schemas');
    const path = fc.array(segment, { minLength: 1, maxLength: 5 }).map((parts) => `${parts.join('/')}.yaml`);
    fc.assert(
      fc.property(fc.uniqueArray(path, { minLength: 1, maxLength: 30 }), (paths) => {
        const files = paths.map((each, index) => file(each, index === 0 ? 'root' : 'dependent'));
        const model = new TreeModel(
          new HandStore([apiNode('a', { definition: { files, references: [], documents: [] } })]),
        );
        const rows = allRows(model);
        assert.equal(new Set(rows.map(({ id }) => id)).size, rows.length);
        const shown = rows.flatMap((row) => (row.kind === 'definitionFile' ? [row.file.path] : []));
        assert.deepEqual([...shown].sort(), [...paths].sort());
        assert.equal(shown[0], paths[0]);
      }),
    );
  });
});

describe('what the tree draws again', () => {
  const kinds = (rows: readonly TreeRow[] | undefined): string[] | undefined => rows?.map(({ kind }) => kind);

  it('is nothing while nothing changes', () => {
    const model = new TreeModel(new HandStore([payments]));
    assert.deepEqual(model.staleRows(), []);
  });

  it('is one API when its branch moved, and not its neighbour', () => {
    const store = new HandStore([payments, apiNode('other')]);
    const model = new TreeModel(store);
    const [first] = model.roots();
    store.replace({ ...payments, sync: syncStatus({ incoming: 2 }) });
    const stale = model.staleRows();
    assert.deepEqual(stale, [first]);
    assert.equal(stale?.[0], first, 'the same object: VS Code refreshes by identity');
  });

  it('is the definition or the collections alone when only they changed', () => {
    const store = new HandStore([payments]);
    const model = new TreeModel(store);
    store.replace({ ...payments, definition: { files: [], references: [], documents: [] } });
    assert.deepEqual(kinds(model.staleRows()), ['definition']);
    const [node] = store.apis;
    assert.ok(node);
    store.replace({ ...node, collections: [] });
    assert.deepEqual(kinds(model.staleRows()), ['collections']);
    assert.deepEqual(model.staleRows(), []);
  });

  it('is everything when APIs come, go or move', () => {
    const store = new HandStore([payments]);
    const model = new TreeModel(store);
    store.apis = [payments, apiNode('other')];
    assert.equal(model.staleRows(), undefined);
    store.apis = [apiNode('other'), payments];
    assert.equal(model.staleRows(), undefined);
    store.apis = [payments];
    assert.equal(model.staleRows(), undefined);
    store.apis = [];
    assert.equal(model.staleRows(), undefined);
  });
});

describe('context values', () => {
  const valueOfApi = (node: ApiNode): string => contextValue({ kind: 'api', id: node.key, api: node.key }, node);

  it('name the state of an API', () => {
    assert.equal(valueOfApi(apiNode('a')), 'api local');
    assert.equal(valueOfApi(apiNode('a', { state: 'unapproved' })), 'api unapproved');
    assert.equal(valueOfApi(apiNode('a', { state: 'connected', sync: syncStatus() })), 'api connected');
    assert.equal(
      valueOfApi(apiNode('a', { state: 'connected', sync: syncStatus({ inDoubt: true }) })),
      'api connected inDoubt',
    );
    const repository = { host: 'github', origin: 'https://github.com', id: '1', name: 'acme/pets' } as const;
    const { api } = apiNode('a');
    const connected = apiNode('a', { state: 'connected', api: { ...api, connection: { repository, branch: 'main' } } });
    assert.equal(valueOfApi(connected), 'api connected web');
  });

  it('name role and connection of each row', () => {
    const values = (node: ApiNode): string[] =>
      allRows(new TreeModel(new HandStore([node]))).map((row) => contextValue(row, node));
    assert.deepEqual(
      new Set(values(payments)),
      new Set([
        'api connected',
        'definition connected',
        'definitionFile root connected',
        'definitionFile dependent connected',
        'definitionFile unreferenced connected',
        'folder',
        'problem',
        'collections connected',
        'collection connected',
        'collectionFolder',
        'request',
      ]),
    );
    const files: DefinitionFile[] = [file('openapi.yaml', 'root'), file('by-hand.yaml', 'added')];
    const local = apiNode('a', { definition: { files, references: [], documents: [] } });
    assert.deepEqual(values(local), [
      'api local',
      'definition',
      'definitionFile root',
      'definitionFile added',
      'collections',
    ]);
  });
});

describe('what the tree says of sign-ins', () => {
  const notice: AccountNotice = {
    kind: 'contribute',
    id: 'contribute github https://github.com',
    api: payments.key,
    host: 'github',
    origin: 'https://github.com',
  };

  it('stands above the APIs, and the whole tree is drawn when that changes', () => {
    let notices: readonly AccountNotice[] = [notice];
    const model = new TreeModel(new HandStore([payments]), () => notices);
    assert.deepEqual(
      model.roots().map(({ kind }) => kind),
      ['notice', 'api'],
    );
    const [row] = model.roots();
    assert.ok(row);
    assert.deepEqual(model.children(row), []);
    assert.equal(contextValue(row, payments), 'notice contribute');
    assert.deepEqual(model.staleRows(), []);
    notices = [];
    assert.equal(model.staleRows(), undefined);
    assert.deepEqual(
      model.roots().map(({ kind }) => kind),
      ['api'],
    );
  });
});

describe('what the tree says of apis.json', () => {
  const problem: ApisFileProblem = {
    workspaceFolder: 'file:///work',
    code: 'syntax',
    message: 'syntax',
    offset: 7,
    length: 1,
  };

  it('is one row for each folder whose file has problems, and the whole tree is drawn when that changes', () => {
    const store = new HandStore([]);
    const model = new TreeModel(store);
    assert.deepEqual(model.fileRows(), []);
    const elsewhere = { ...problem, workspaceFolder: 'file:///other' };
    store.problems = [problem, problem, elsewhere];
    assert.equal(model.staleRows(), undefined);
    assert.deepEqual(
      model.fileRows().map(({ workspaceFolder, problems }) => [workspaceFolder, problems.length]),
      [
        ['file:///work', 2],
        ['file:///other', 1],
      ],
    );
    assert.deepEqual(model.staleRows(), []);
    store.problems = [];
    assert.equal(model.staleRows(), undefined);
  });
});
