import assert from 'node:assert/strict';
import type { ApiKey, ApiNode } from '../../../../src/app/apiNode.ts';
import { ApiStore } from '../../../../src/app/apiStore.ts';
import type { ConnectPreview, ConnectRequest, FieldProblem } from '../../../../src/app/connectRequest.ts';
import { Failure } from '../../../../src/core/errors.ts';
import type { ApiId, CommitId } from '../../../../src/core/model/ids.ts';
import { defaultCollectionFolder } from '../../../../src/core/model/api.ts';
import { asRepoPath } from '../../../../src/core/model/repoPath.ts';
import { Emitter } from '../../../../src/core/events.ts';
import type { Branch, HostId } from '../../../../src/core/model/repository.ts';
import type { OperationContext } from '../../../../src/ports/progress.ts';
import type { Workspace } from '../../../../src/ports/workspace.ts';
import type { FormInput } from '../../../../src/protocol/connectMessages.ts';
import type { ConnectServices, ConnectUseCases } from '../../../../src/vscode/connect/connectServices.ts';
import { useVscodeStub } from '../vscodeStub.ts';

useVscodeStub();
const { formHandlers } = await import('../../../../src/vscode/connect/formHandlers.ts');
const { trustHandler } = await import('../../../../src/vscode/connect/trustHandler.ts');

const folder = 'file:///work/shop';
const key = `${folder}#1` as ApiKey;
const input: FormInput = {
  workspaceFolder: folder,
  name: ' Payments ',
  host: 'git',
  account: '',
  owner: '',
  repository: ' /srv/git/payments.git ',
  branch: 'main',
  rootFile: './openapi/api.yaml',
  collectionFolder: '',
  localFolder: './payments/',
};
const preview: ConnectPreview = {
  rootFiles: 1,
  dependentFiles: 14,
  collections: 1,
  unresolved: [],
  outside: [],
  collisions: [],
};

function pages(...all: readonly (readonly string[])[]): () => AsyncIterable<readonly Branch[]> {
  return async function* () {
    await Promise.resolve();
    for (const names of all) {
      yield names.map((name) => ({ name, head: 'a'.repeat(40) as CommitId, isDefault: name === 'main' }));
    }
  };
}

function open(changed: Partial<ConnectUseCases> = {}, target?: ApiKey) {
  const requests: ConnectRequest[] = [];
  const contexts: OperationContext[] = [];
  const connected: ApiKey[] = [];
  const useCases: ConnectUseCases = {
    clonedHere: () => Promise.resolve([]),
    findRepository: (_folder, { address }, context) => {
      contexts.push(context);
      return Promise.resolve({
        name: 'payments',
        suggestedName: 'payments',
        origin: 'file://',
        address,
        empty: true,
        suggestedFolder: 'payments',
      });
    },
    accounts: () => [],
    listOwners: () => assert.fail('unused'),
    listRepositories: () => assert.fail('unused'),
    listBranches: pages(['main', 'develop']),
    branchContents: () => Promise.resolve({ roots: [], collectionFolders: [], defaultCollectionFolderExists: false }),
    checkConnect: () => Promise.resolve([]),
    previewConnect: () => Promise.resolve(preview),
    connect: (request, { progress }) => {
      requests.push(request);
      progress.report({ step: 'writingFiles', count: 3 });
      return Promise.resolve(key);
    },
    ...changed,
  };
  const changes = new Emitter<void>();
  const asked: HostId[] = [];
  const apis = new ApiStore();
  const log = { trace: noop, info: noop, warn: noop, error: noop };
  const services: ConnectServices = {
    useCases,
    apis,
    log,
    hosts: {
      descriptions: [{ id: 'git', icon: 'git-merge', addressing: 'url', selfManaged: true }],
      open: () => Promise.reject(new Error('unused')),
      openAs: () => Promise.reject(new Error('unused')),
      parse: () => assert.fail('unused'),
      parseOrigin: () => assert.fail('unused'),
      address: () => assert.fail('unused'),
    },
    workspace: {
      folders: [{ uri: folder, name: 'shop' }],
      trusted: true,
      onDidChange: () => ({ dispose: noop }),
      readApisFile: () => Promise.resolve(undefined),
      writeApisFile: () => Promise.resolve(),
    },
    personal: {
      isApproved: () => false,
      approve: () => Promise.resolve(),
      revoke: () => Promise.resolve(),
      recentRepositories: [{ host: 'git', address: '/srv/git/orders.git' }],
      rememberRepository: () => Promise.resolve(),
      accountOf: () => undefined,
      bindAccount: () => Promise.resolve(),
      isDeclined: () => false,
      decline: () => Promise.resolve(),
    },
    accounts: { onDidChange: changes.event },
    signIn: () => Promise.resolve(undefined),
    actions: { offers: () => true, perform: () => Promise.resolve() },
    onConnected: noop,
  };
  const handlers = formHandlers(services, {
    target,
    asking: (host) => asked.push(host),
    act: () => Promise.resolve(),
    connected: (api) => connected.push(api),
  });
  const parts: unknown[] = [];
  const call = { signal: new AbortController().signal, part: (part: unknown) => void parts.push(part) };
  return { handlers, call, parts, requests, contexts, connected, apis, changes, asked };
}

function noop(): void {
  return undefined;
}

const problem: FieldProblem = { field: 'branch', reason: 'notFound' };
const question = { host: 'git', account: '', address: '/srv/git/payments.git', interactive: false };

describe('what the extension answers the connect form', () => {
  it('starts with hosts, folders and remembered repositories', async () => {
    const { handlers, call } = open();
    const setup = await handlers.start(null, call);
    assert.deepEqual(setup.hosts, [
      { id: 'git', icon: 'git-merge', addressing: 'url', label: 'Git (any remote)', ownerLabel: 'Owner' },
    ]);
    assert.deepEqual([setup.host, setup.accounts], ['git', []]);
    assert.deepEqual(setup.recent, [{ host: 'git', address: '/srv/git/orders.git' }]);
    assert.equal(setup.strings.titleOf, 'Connect “{0}” to a Repository');
    assert.equal(setup.target, undefined);
  });

  for (const [state, expected] of [
    ['local', 'Payments'],
    ['connected', undefined],
  ] as const) {
    it(`waits for the API that it is for, and shows it while it is ${state}: ${expected ?? 'no'}`, async () => {
      const { handlers, call, apis } = open({}, key);
      const setup = handlers.start(null, call);
      const api = {
        id: '1' as ApiId,
        name: 'Payments',
        folder: 'p',
        addedFiles: [],
        collectionFolder: defaultCollectionFolder,
      };
      const node: ApiNode = { key, workspaceFolder: folder, api, state };
      apis.reset([node], []);
      assert.equal((await setup).target?.name, expected);
    });
  }

  it('proposes a first branch for an empty repository, and asks for credentials only when told', async () => {
    const { handlers, call, contexts } = open();
    const found = await handlers.findRepository({ ...question, workspaceFolder: folder }, call);
    assert.equal(found.defaultBranch, 'main');
    assert.equal(contexts[0]?.interactive, false);
  });

  it('sends branches page by page, and stops where nobody reads on', async () => {
    const many = Array.from({ length: 400 }, (_, index) => `topic-${index}`);
    const { handlers, call, parts } = open({ listBranches: pages(['main'], many, many, many) });
    assert.deepEqual(await handlers.listBranches({ ...question, query: '' }, call), { more: true });
    assert.deepEqual(
      parts.map((page) => (page as readonly unknown[]).length),
      [1, 400, 400],
    );
    assert.deepEqual(parts[0], [{ name: 'main', note: 'default' }]);
  });

  it('previews in spite of a name that another API has, and says so', async () => {
    const { handlers, call } = open({ checkConnect: () => Promise.resolve([{ field: 'name', reason: 'nameTaken' }]) });
    const { problems, rows } = await handlers.preview({ input, interactive: true }, call);
    assert.deepEqual(
      problems.map(({ field }) => field),
      ['name'],
    );
    assert.deepEqual(
      rows.map(({ kind }) => kind),
      ['files', 'collections'],
    );
  });

  it('tells that the folder is trusted, once it is', async () => {
    const changes = new Emitter<void>();
    const workspace = { trusted: false, onDidChange: changes.event } as { trusted: boolean } & Workspace;
    const { call } = open();
    let told = false;
    const answer = trustHandler(workspace).trusted(null, call);
    void answer.then(() => (told = true));
    changes.fire();
    await Promise.resolve();
    assert.equal(told, false);
    workspace.trusted = true;
    changes.fire();
    assert.equal(await answer, null);
  });

  it('says at the branch that there is none of that name', async () => {
    const { handlers, call } = open({ branchContents: () => Promise.reject(new Failure('branchNotFound')) });
    const { problems } = await handlers.branchContents({ ...question, workspaceFolder: folder, branch: 'typo' }, call);
    assert.deepEqual(
      problems.map(({ field }) => field),
      ['branch'],
    );
  });

  it('says which rule an address, a name or a path breaks', async () => {
    const broken: readonly FieldProblem[] = [
      { field: 'repository', reason: 'unsafe', detail: 'the path is not absolute' },
      { field: 'branch', reason: 'unsafe', detail: 'atBrace' },
      { field: 'rootFile', reason: 'unsafe', detail: 'backslash' },
      { field: 'collectionFolder', reason: 'unsafe', detail: 'toString' },
      { field: 'localFolder', reason: 'notADefinition', detail: 'pay/openapi.yaml' },
    ];
    const { handlers, call } = open({ checkConnect: () => Promise.resolve(broken) });
    const notes = await handlers.connect({ input }, call);
    assert.deepEqual(
      notes.map(({ message }) => message),
      [
        'This address is refused: the path is not absolute.',
        'A branch’s name cannot hold “@{”.',
        'Use “/” between folders.',
        'This path cannot be used. Name another one.',
        'pay/openapi.yaml is there already and is no API definition that is known here. Move it away, or choose another folder.',
      ],
    );
  });

  it('turns what was filled in into a request without the blanks around it', async () => {
    const { handlers, call, requests, parts, connected } = open();
    assert.deepEqual(await handlers.connect({ input }, call), []);
    assert.deepEqual(requests, [
      {
        workspaceFolder: folder,
        name: 'Payments',
        host: 'git',
        repository: '/srv/git/payments.git',
        branch: 'main',
        rootFile: 'openapi/api.yaml',
        localFolder: 'payments',
      },
    ]);
    assert.deepEqual([parts, connected], [['Writing 3 files'], [key]]);
  });

  it('connects the API that the form is for', async () => {
    const { handlers, call, requests } = open({}, key);
    await handlers.connect({ input }, call);
    assert.equal(requests[0]?.api, key);
  });

  it('connects and previews nothing that is wrong', async () => {
    const { handlers, call, requests } = open({
      checkConnect: () => Promise.resolve([problem]),
      previewConnect: () => assert.fail('previewed'),
    });
    const notes = await handlers.connect({ input }, call);
    assert.deepEqual(notes, [
      { field: 'branch', message: 'The repository has no branch of that name. Choose one of the list.' },
    ]);
    assert.deepEqual(await handlers.preview({ input, interactive: false }, call), { problems: notes, rows: [] });
    assert.equal(requests.length, 0);
  });

  it('refuses a host that no form of ours offers', async () => {
    const { handlers, call } = open();
    await assert.rejects(handlers.connect({ input: { ...input, host: 'cvs' } }, call), (error) =>
      Failure.is(error, 'unsafeUrl'),
    );
  });
});

describe('the preview in words', () => {
  async function lines(changed: Partial<ConnectPreview>): Promise<readonly string[]> {
    const { handlers, call } = open({ previewConnect: () => Promise.resolve({ ...preview, ...changed }) });
    const { rows } = await handlers.preview({ input, interactive: false }, call);
    return rows.map(({ text, details }) => [text, ...details].join(' | '));
  }

  const reference = (index: number) => ({
    kind: 'unresolved' as const,
    from: asRepoPath('openapi/api.yaml'),
    target: `schemas/${index}.yaml`,
    range: { line: index, character: 0, endLine: index, endCharacter: 1 },
  });

  it('counts', async () => {
    assert.deepEqual(await lines({}), ['1 root file, 14 dependent files', '1 collection']);
    assert.deepEqual(await lines({ dependentFiles: 1, collections: 2 }), [
      '1 root file, 1 dependent file',
      '2 collections',
    ]);
    assert.deepEqual(await lines({ rootFiles: 0, dependentFiles: 0, collections: 0 }), [
      'No definition yet: you can add it later',
      'No collection yet',
    ]);
  });

  it('names where references lead nowhere, as editors count lines, and only a few of many', async () => {
    const [, , unresolved] = await lines({ unresolved: [0, 1, 2, 3, 4, 5, 6].map(reference) });
    assert.match(
      unresolved ?? '',
      /^7 unresolved references.* \| openapi\/api\.yaml:1 → schemas\/0\.yaml \| .* and 2 more$/,
    );
  });

  it('names files that are there already', async () => {
    const [, , collisions] = await lines({ collisions: [asRepoPath('README.md')] });
    assert.match(collisions ?? '', /^1 file is there already.* \| README\.md$/);
  });

  it('proposes another collection folder where one is shared', async () => {
    const sharedCollectionFolder = { api: 'Orders', proposal: asRepoPath('postman/collections/payments') };
    const { handlers, call } = open({ previewConnect: () => Promise.resolve({ ...preview, sharedCollectionFolder }) });
    const { proposal } = await handlers.preview({ input, interactive: false }, call);
    assert.equal(proposal?.collectionFolder, 'postman/collections/payments');
    assert.match(proposal?.text ?? '', /Orders/);
  });
});
