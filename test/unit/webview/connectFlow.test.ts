import assert from 'node:assert/strict';
import { Caller } from '../../../src/protocol/caller.ts';
import type { FormCalls, FormField, FormSetup } from '../../../src/protocol/connectMessages.ts';
import type { FormStrings } from '../../../src/protocol/formStrings.ts';
import { ConnectFlow } from '../../../src/webview/connectFlow.ts';
import { draftOf, restoreDraft } from '../../../src/webview/draft.ts';
import { noteOf, type FormState } from '../../../src/webview/formState.ts';
import { FakeExtension, Rejected, setupOf, signInTrouble } from '../../e2e/form/fakeExtension.ts';

/** Each word is its own name. */
const words = new Proxy({}, { get: (_words, name) => name }) as FormStrings;
const address = 'https://git.acme.example/apis/payments.git';

function open(more: Partial<FormSetup> = {}, draft?: unknown) {
  const setup = { ...setupOf(words), ...more };
  const extension: FakeExtension = new FakeExtension(setup, (message) => caller.receive(structuredClone(message)));
  const caller: Caller<FormCalls> = new Caller<FormCalls>((message) => extension.receive(structuredClone(message)));
  const focused: FormField[] = [];
  const shown: FormState[] = [];
  const waiting: (() => void)[] = [];
  const flow = new ConnectFlow(
    caller,
    { changed: (state) => shown.push(state), focus: (field) => focused.push(field) },
    { run: (action) => waiting.push(action) },
    setup,
    restoreDraft(draft, setup),
  );
  flow.start();
  return { flow, extension, focused, shown, waiting };
}

function fill(flow: ConnectFlow, field: FormField, value: string): void {
  flow.type(field, value);
  flow.leave(field);
}

/** A promise and its end, for an answer that comes when the test says so. */
function later<T>() {
  let end: (value: T) => void = () => undefined;
  const promise = new Promise<T>((resolve) => (end = resolve));
  return { promise, end };
}

describe('the connect form', () => {
  it('fills everything from a repository, once its field is left', async () => {
    const { flow, extension } = open();
    flow.type('repository', address);
    assert.equal(extension.questions('findRepository').length, 0);
    flow.leave('repository');
    await flow.settled();
    const { input, preview } = flow.state;
    assert.deepEqual(
      [input.name, input.branch, input.rootFile, input.collectionFolder, input.localFolder, preview.state],
      ['payments', 'main', 'openapi/payments.yaml', 'postman/collections', 'payments', 'ready'],
    );
  });

  it('may lead to a question for credentials once the repository field was left', async () => {
    const { flow, extension } = open();
    fill(flow, 'repository', address);
    await flow.settled();
    assert.deepEqual(
      extension.questions('findRepository').map(({ interactive }) => interactive),
      [true],
    );
    assert.equal(extension.questions('preview')[0]?.interactive, true);
  });

  it('proposes the name of the root file that is chosen, and the repository’s for a file that is not in the list', async () => {
    const { flow } = open();
    fill(flow, 'repository', address);
    await flow.settled();
    fill(flow, 'rootFile', 'legacy/swagger.json');
    assert.equal(flow.state.input.name, 'Payments of old');
    fill(flow, 'rootFile', 'elsewhere.yaml');
    assert.equal(flow.state.input.name, 'payments');
    fill(flow, 'name', 'Money');
    fill(flow, 'rootFile', 'legacy/swagger.json');
    assert.equal(flow.state.input.name, 'Money');
  });

  it('proposes the collection folder of the root file that is chosen, until the person changes it', async () => {
    const { flow } = open();
    fill(flow, 'repository', address);
    await flow.settled();
    assert.equal(flow.state.input.collectionFolder, 'postman/collections');
    fill(flow, 'rootFile', 'legacy/swagger.json');
    assert.equal(flow.state.input.collectionFolder, 'legacy/collections');
    fill(flow, 'collectionFolder', 'tests');
    fill(flow, 'rootFile', 'openapi/payments.yaml');
    assert.equal(flow.state.input.collectionFolder, 'tests');
  });

  it('keeps what the person filled', async () => {
    const { flow } = open();
    flow.type('name', 'Money');
    flow.type('localFolder', 'apis/money');
    fill(flow, 'repository', address);
    await flow.settled();
    assert.deepEqual([flow.state.input.name, flow.state.input.localFolder], ['Money', 'apis/money']);
  });

  it('shows the first page of branches while the second is on its way', async () => {
    const { flow, extension } = open();
    const second = later<void>();
    const first = later<void>();
    extension.handlers.listBranches = async (_question, { part }) => {
      part([{ name: 'main', note: '' }]);
      first.end();
      await second.promise;
      part([{ name: 'develop', note: '' }]);
      return { more: false };
    };
    fill(flow, 'repository', address);
    await first.promise;
    assert.deepEqual(flow.state.branches, {
      state: 'loading',
      value: { items: [{ name: 'main', note: '' }], more: true },
    });
    second.end();
    await flow.settled();
    assert.deepEqual(flow.state.branches.state === 'ready' && flow.state.branches.value.items.length, 2);
  });

  it('asks the host for branches again only where the list goes on', async () => {
    const { flow, extension, waiting } = open();
    fill(flow, 'repository', address);
    await flow.settled();
    flow.type('branch', 'fea');
    assert.equal(waiting.length, 0);

    extension.handlers.listBranches = () => Promise.resolve({ more: true });
    fill(flow, 'repository', '/srv/git/large.git');
    await flow.settled();
    flow.type('branch', 'fea');
    waiting.at(-1)?.();
    await flow.settled();
    assert.equal(extension.questions('listBranches').at(-1)?.query, 'fea');
  });

  it('asks nothing again when a field is left as it was', async () => {
    const { flow, extension } = open();
    fill(flow, 'repository', address);
    await flow.settled();
    const before = extension.calls.length;
    for (const field of ['repository', 'branch', 'rootFile', 'localFolder', 'name', 'host'] as const) flow.leave(field);
    await flow.settled();
    assert.equal(extension.calls.length, before);
  });

  it('reads another branch, and previews another folder', async () => {
    const { flow, extension } = open();
    fill(flow, 'repository', address);
    await flow.settled();
    fill(flow, 'branch', 'develop');
    await flow.settled();
    fill(flow, 'localFolder', 'elsewhere');
    await flow.settled();
    assert.equal(extension.questions('branchContents').at(-1)?.branch, 'develop');
    assert.equal(extension.questions('preview').at(-1)?.input.localFolder, 'elsewhere');
  });

  it('forgets branch and files of the repository before', async () => {
    const { flow, extension } = open();
    fill(flow, 'repository', address);
    await flow.settled();
    fill(flow, 'branch', 'develop');
    fill(flow, 'rootFile', 'legacy/swagger.json');
    await flow.settled();
    fill(flow, 'repository', '/srv/git/orders.git');
    await flow.settled();
    assert.deepEqual([flow.state.input.branch, flow.state.input.rootFile], ['main', 'openapi/payments.yaml']);
    assert.equal(extension.questions('branchContents').at(-1)?.branch, 'main');
  });

  it('an answer for an address that was changed meanwhile changes nothing', async () => {
    const { flow, extension } = open();
    const slow = later<Awaited<ReturnType<FakeExtension['handlers']['findRepository']>>>();
    const quick = extension.handlers.findRepository;
    extension.handlers.findRepository = () => slow.promise;
    fill(flow, 'repository', address);
    extension.handlers.findRepository = async (question, circumstances) => ({
      ...(await quick(question, circumstances)),
      suggestedFolder: 'orders',
    });
    fill(flow, 'repository', '/srv/git/orders.git');
    slow.end({
      name: 'late',
      suggestedName: 'late',
      account: '',
      address,
      defaultBranch: 'late',
      empty: false,
      note: '',
      suggestedFolder: 'late',
    });
    await flow.settled();
    assert.deepEqual([flow.state.input.localFolder, flow.state.input.branch], ['orders', 'main']);
  });

  it('connects an empty repository without asking for its files', async () => {
    const { flow, extension } = open();
    const find = extension.handlers.findRepository;
    extension.handlers.findRepository = async (question, circumstances) => ({
      ...(await find(question, circumstances)),
      empty: true,
    });
    fill(flow, 'repository', address);
    await flow.settled();
    flow.submit();
    await flow.settled();
    assert.deepEqual(
      extension.calls.map(({ kind }) => kind),
      ['findRepository', 'preview', 'connect'],
    );
  });
});

describe('connecting', () => {
  it('first shows what a repository brings that nobody has seen yet', async () => {
    const { flow, extension } = open();
    flow.type('repository', address);
    flow.submit();
    await flow.settled();
    assert.equal(extension.questions('connect').length, 0);
    flow.submit();
    await flow.settled();
    assert.equal(extension.questions('connect')[0]?.input.branch, 'main');
  });

  it('waits for what is under way', async () => {
    const { flow, extension } = open();
    fill(flow, 'repository', address);
    flow.submit();
    assert.equal(flow.state.submission.state, 'running');
    await flow.settled();
    assert.equal(extension.questions('connect')[0]?.input.rootFile, 'openapi/payments.yaml');
  });

  it('leads to the first field that is missing, and asks nobody', async () => {
    const { flow, extension, focused } = open();
    flow.submit();
    await flow.settled();
    assert.deepEqual([focused, extension.calls.length], [['name'], 0]);
    assert.equal(noteOf(flow.state, 'repository'), 'required');
  });

  it('leads to the first field that the extension refuses, in the order of the page', async () => {
    const { flow, extension, focused } = open();
    extension.handlers.connect = () =>
      Promise.resolve([
        { field: 'localFolder', message: 'taken' },
        { field: 'branch', message: 'no such branch' },
      ]);
    fill(flow, 'repository', address);
    await flow.settled();
    flow.submit();
    await flow.settled();
    assert.deepEqual([focused, noteOf(flow.state, 'localFolder')], [['branch'], 'taken']);
    flow.type('localFolder', 'free');
    assert.equal(noteOf(flow.state, 'localFolder'), undefined);
  });

  it('shows what it is doing, and what went wrong', async () => {
    const { flow, extension, shown } = open();
    extension.handlers.connect = (_question, { part }) => {
      part('Reading 15 files');
      return Promise.reject(new Rejected(signInTrouble));
    };
    fill(flow, 'repository', address);
    await flow.settled();
    flow.submit();
    await flow.settled();
    assert.ok(shown.some(({ submission }) => submission.state === 'running' && submission.step === 'Reading 15 files'));
    assert.deepEqual(flow.state.submission, { state: 'trouble', trouble: signInTrouble });
  });
});

describe('trouble in the connect form', () => {
  it('stays at its field until the person tries again, then may ask for credentials', async () => {
    const { flow, extension } = open({}, { ...draftOf(open().flow.state), input: keptInput });
    await flow.settled();
    assert.equal(extension.questions('findRepository')[0]?.interactive, false);

    const find = extension.handlers.findRepository;
    extension.handlers.findRepository = () => Promise.reject(new Rejected(signInTrouble));
    fill(flow, 'repository', address);
    await flow.settled();
    assert.deepEqual(flow.state.repository, { state: 'trouble', trouble: signInTrouble });

    extension.handlers.findRepository = find;
    flow.act('retry');
    await flow.settled();
    assert.equal(extension.questions('findRepository').at(-1)?.interactive, true);
    assert.equal(flow.state.preview.state, 'ready');
  });

  for (const [kind, key] of [
    ['listBranches', 'branches'],
    ['branchContents', 'contents'],
    ['preview', 'preview'],
  ] as const) {
    it(`of ${kind} is shown and tried again`, async () => {
      const { flow, extension } = open();
      const answers = { ...extension.handlers };
      Object.assign(extension.handlers, { [kind]: () => Promise.reject(new Rejected(signInTrouble)) });
      fill(flow, 'repository', address);
      await flow.settled();
      assert.equal(flow.state[key].state, 'trouble');
      Object.assign(extension.handlers, answers);
      flow.act('retry');
      await flow.settled();
      assert.deepEqual([flow.state[key].state, flow.state.preview.state], ['ready', 'ready']);
    });
  }

  it('in a folder that is not trusted is told once, and looked at again when it is trusted', async () => {
    const { flow, extension } = open();
    const untrusted = new Rejected({ message: 'not trusted', actions: [] });
    const { preview } = extension.handlers;
    extension.handlers.preview = () => Promise.reject(untrusted);
    extension.handlers.connect = () => Promise.reject(untrusted);
    fill(flow, 'repository', address);
    await flow.settled();
    assert.equal(flow.state.preview.state, 'trouble');
    flow.submit();
    await flow.settled();
    assert.deepEqual([flow.state.preview.state, flow.state.submission.state], ['idle', 'trouble']);
    extension.handlers.preview = preview;
    extension.trust();
    await new Promise(setImmediate);
    await flow.settled();
    assert.deepEqual([flow.state.preview.state, flow.state.submission.state], ['ready', 'idle']);
    assert.equal(extension.questions('connect').length, 1);
  });

  it('sends other actions to the extension', () => {
    const { flow, extension } = open();
    flow.act('showLog');
    assert.deepEqual(extension.questions('act'), [{ action: 'showLog' }]);
  });

  it('keeps no name that was proposed for the repository before', async () => {
    const { flow, extension } = open();
    fill(flow, 'repository', address);
    await flow.settled();
    extension.handlers.findRepository = () => Promise.reject(new Rejected(signInTrouble));
    fill(flow, 'repository', '/srv/git/gone.git');
    await flow.settled();
    assert.equal(flow.state.input.name, '');
  });

  it('scolds no blank field that must be filled before the person connects', async () => {
    const { flow, extension } = open();
    extension.handlers.preview = () =>
      Promise.resolve({
        rows: [],
        problems: [
          { field: 'name', message: 'required' },
          { field: 'localFolder', message: 'taken' },
          { field: 'branch', message: 'no such branch' },
        ],
      });
    for (const field of ['name', 'localFolder'] as const) {
      flow.type(field, '.');
      flow.type(field, '');
    }
    fill(flow, 'repository', address);
    await flow.settled();
    const fields = ['name', 'localFolder', 'branch'] as const;
    assert.deepEqual(
      fields.map((field) => noteOf(flow.state, field)),
      [undefined, 'taken', 'no such branch'],
    );
  });

  it('of a branch that does not exist stands at the branch, and nothing is previewed', async () => {
    const { flow, extension } = open();
    const problems = [{ field: 'branch', message: 'no such branch' }] as const;
    fill(flow, 'repository', address);
    await flow.settled();
    const known = extension.handlers.branchContents;
    extension.handlers.branchContents = async (question, circumstances) => ({
      ...(await known(question, circumstances)),
      problems,
    });
    fill(flow, 'branch', 'typo');
    await flow.settled();
    assert.deepEqual([noteOf(flow.state, 'branch'), flow.state.preview.state], ['no such branch', 'idle']);
    extension.handlers.branchContents = known;
    fill(flow, 'branch', 'develop');
    await flow.settled();
    assert.deepEqual([noteOf(flow.state, 'branch'), flow.state.preview.state], [undefined, 'ready']);
  });

  it('takes a proposed collection folder with one click', async () => {
    const { flow, extension } = open();
    const proposal = { text: 'shared', label: 'Use another', collectionFolder: 'postman/collections/orders' };
    extension.handlers.preview = ({ input }) =>
      Promise.resolve({ problems: [], rows: [], ...(input.collectionFolder.endsWith('orders') ? {} : { proposal }) });
    fill(flow, 'repository', address);
    await flow.settled();
    flow.takeProposal();
    await flow.settled();
    assert.equal(flow.state.input.collectionFolder, 'postman/collections/orders');
    assert.equal(flow.state.preview.state === 'ready' && flow.state.preview.value.proposal, undefined);
  });
});

const keptInput = {
  workspaceFolder: 'file:///work/shop',
  name: 'Kept',
  host: 'git',
  account: '',
  owner: '',
  repository: '/srv/git/kept.git',
  branch: 'develop',
  rootFile: '',
  collectionFolder: 'postman/collections',
  localFolder: 'kept',
};

describe('the draft of the connect form', () => {
  it('comes back after a reload, and its lists are asked for again, quietly', async () => {
    const before = open();
    fill(before.flow, 'repository', address);
    await before.flow.settled();
    before.flow.type('name', 'Money');
    fill(before.flow, 'branch', 'develop');
    await before.flow.settled();

    const after = open({}, structuredClone(draftOf(before.flow.state)));
    await after.flow.settled();
    assert.deepEqual(after.flow.state.input, before.flow.state.input);
    assert.deepEqual(after.extension.questions('branchContents'), [
      {
        workspaceFolder: 'file:///work/shop',
        host: 'git',
        account: '',
        address,
        branch: 'develop',
        interactive: false,
      },
    ]);
  });

  const target = {
    key: 'file:///work/shop#1',
    name: 'Orders',
    workspaceFolder: 'file:///work/shop',
    localFolder: 'orders',
    rootFile: '',
    collectionFolder: 'postman/collections',
  };
  const draft = { target: null, input: keptInput, touched: ['name'] };
  const useless: Readonly<Record<string, readonly [unknown, Partial<FormSetup>]>> = {
    'of another API': [draft, { target }],
    'of a folder that is gone': [{ ...draft, input: { ...keptInput, workspaceFolder: 'file:///gone' } }, {}],
    'of a host that is gone': [{ ...draft, input: { ...keptInput, host: 'cvs' } }, {}],
    'of an older form': [{ ...draft, input: { name: 'x' } }, {}],
    'without what was touched': [{ ...draft, touched: 7 }, {}],
    'that is a text': ['draft', {}],
  };
  for (const [what, [kept, setup]] of Object.entries(useless)) {
    it(`${what} is left alone`, () => assert.equal(open(setup, kept).flow.state.input.repository, ''));
  }

  it('never holds a password or a token', () => {
    const { flow } = open();
    const addresses = {
      'https://ada:secret@git.example/a.git': 'https://git.example/a.git',
      'https://token@git.example/a.git': 'https://git.example/a.git',
      'ssh://git:secret@git.example:22/a.git': 'ssh://git@git.example:22/a.git',
      'ssh://git@git.example/a.git': 'ssh://git@git.example/a.git',
      'git@git.example:a.git': 'git@git.example:a.git',
      '/srv/git/a@b.git': '/srv/git/a@b.git',
    };
    for (const [typed, kept] of Object.entries(addresses)) {
      flow.type('repository', typed);
      assert.equal(draftOf(flow.state).input.repository, kept);
    }
  });

  it('of an API that exists starts with what the API has', async () => {
    const { flow } = open({ target });
    fill(flow, 'repository', address);
    await flow.settled();
    assert.deepEqual([flow.state.input.name, flow.state.input.localFolder], ['Orders', 'orders']);
  });

  it('of an API without files proposes a folder for them', async () => {
    const { localFolder: _, ...withoutFiles } = target;
    const { flow } = open({ target: withoutFiles });
    fill(flow, 'repository', address);
    await flow.settled();
    assert.equal(flow.state.input.name, 'Orders');
    assert.notEqual(flow.state.input.localFolder, '');
  });
});
