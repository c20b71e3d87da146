import assert from 'node:assert/strict';
import { Caller } from '../../../src/protocol/caller.ts';
import type { FormCalls, FormField, FormSetup } from '../../../src/protocol/connectMessages.ts';
import type { FormStrings } from '../../../src/protocol/formStrings.ts';
import { ConnectFlow } from '../../../src/webview/connectFlow.ts';
import { draftOf, restoreDraft } from '../../../src/webview/draft.ts';
import { FakeExtension, jane, Rejected, setupOf, signInTrouble } from '../../e2e/form/fakeExtension.ts';

/** Each word is its own name. */
const words = new Proxy({}, { get: (_words, name) => name }) as FormStrings;
const joe = { id: 'joe', host: 'github', label: 'joe — ghe.example', note: '', onDefaultServer: false };
const payments = 'https://github.com/acme/payments';

function open(more: Partial<FormSetup> = {}, draft?: unknown) {
  const setup = { ...setupOf(words), host: 'github', accounts: [jane], ...more };
  const extension: FakeExtension = new FakeExtension(setup, (message) => caller.receive(structuredClone(message)));
  const caller: Caller<FormCalls> = new Caller<FormCalls>((message) => extension.receive(structuredClone(message)));
  const waiting: (() => void)[] = [];
  const focused: FormField[] = [];
  const flow = new ConnectFlow(
    caller,
    { changed: () => undefined, focus: (field) => focused.push(field) },
    { run: (action) => waiting.push(action) },
    setup,
    restoreDraft(draft, setup),
  );
  flow.start();
  return { flow, extension, waiting, focused };
}

async function fill(flow: ConnectFlow, field: FormField, value: string): Promise<void> {
  flow.type(field, value);
  flow.leave(field);
  await flow.settled();
}

function names(list: ConnectFlow['state']['owners' | 'repositories']): readonly string[] {
  return list.state === 'ready' ? list.value.items.map(({ name }) => name) : [list.state];
}

describe('the connect form on hosts with lists', () => {
  it('begins with who is signed in, and lists the owners', async () => {
    const { flow, extension } = open();
    await flow.settled();
    assert.equal(flow.state.input.account, 'jane');
    assert.deepEqual(names(flow.state.owners), ['jane', 'acme', 'vault']);
    assert.deepEqual(extension.questions('listOwners'), [{ host: 'github', account: 'jane', interactive: false }]);
    assert.equal(flow.firstField, 'owner');
  });

  it('lists an owner’s repositories at once, and fills everything from the one that is chosen', async () => {
    const { flow, extension } = open();
    await flow.settled();
    await fill(flow, 'owner', '17');
    assert.deepEqual(names(flow.state.repositories), ['acme/payments', 'acme/orders', 'acme/archive']);
    await fill(flow, 'repository', payments);
    const { name, branch, rootFile } = flow.state.input;
    assert.deepEqual([name, branch, rootFile], ['payments', 'main', 'openapi/payments.yaml']);
    assert.deepEqual(extension.questions('findRepository'), [
      { host: 'github', account: 'jane', address: payments, interactive: true, workspaceFolder: 'file:///work/shop' },
    ]);
  });

  it('takes the name of a listed one for it, and any other text as it is', async () => {
    const { flow, extension } = open();
    await flow.settled();
    await fill(flow, 'owner', 'ACME');
    assert.equal(flow.state.input.owner, '17');
    assert.equal(extension.questions('listOwners').length, 1);
    await fill(flow, 'repository', 'Acme/Payments');
    assert.equal(flow.state.input.repository, payments);
    await fill(flow, 'repository', 'other/place');
    assert.equal(extension.questions('findRepository').at(-1)?.address, 'other/place');
  });

  it('empties what is below a field that changes', async () => {
    const { flow } = open({ accounts: [jane, joe] });
    await flow.settled();
    await fill(flow, 'owner', '17');
    await fill(flow, 'repository', payments);
    await fill(flow, 'owner', '18');
    assert.deepEqual([flow.state.input.repository, flow.state.input.branch], ['', '']);
    assert.equal(flow.state.repository.state, 'idle');
    await fill(flow, 'repository', payments);
    await fill(flow, 'account', 'joe');
    assert.deepEqual([flow.state.input.owner, flow.state.input.repository], ['', '']);
    await fill(flow, 'host', 'git');
    const { account, owner, repository } = flow.state.input;
    assert.deepEqual([account, owner, repository], ['', '', '']);
    await fill(flow, 'host', 'github');
    assert.equal(flow.state.input.account, 'jane');
  });

  it('searches at the host, unless all is here already', async () => {
    const { flow, extension, waiting } = open();
    await flow.settled();
    await fill(flow, 'owner', '17');
    flow.type('repository', 'pay');
    assert.equal(waiting.length, 0);
    extension.handlers.listRepositories = ({ query }, { part }) => {
      part([{ name: `acme/${query}`, address: `https://github.com/acme/${query}`, note: '' }]);
      return Promise.resolve({ more: query === '' });
    };
    await fill(flow, 'owner', '18');
    flow.type('repository', 'pay');
    flow.type('repository', 'paym');
    waiting.at(-1)?.();
    await flow.settled();
    assert.deepEqual(
      extension.questions('listRepositories').map(({ owner, query }) => [owner, query]),
      [
        ['17', ''],
        ['18', ''],
        ['18', 'paym'],
      ],
    );
    waiting.length = 0;
    flow.type('repository', 'payme');
    flow.type('repository', 'paym');
    assert.equal(waiting.length, 1);
    flow.type('repository', 'ord');
    assert.equal(waiting.length, 2);
  });

  it('asks nobody’s server for nothing, and goes on once somebody signs in, here', async () => {
    const { flow, extension, focused } = open({ accounts: [] });
    await flow.settled();
    assert.deepEqual([flow.firstField, extension.questions('listOwners')], ['account', []]);
    flow.act('addToken');
    await flow.settled();
    assert.deepEqual(extension.questions('addToken'), [{ host: 'github' }]);
    assert.deepEqual([flow.state.input.account, names(flow.state.owners).length], ['jane', 3]);
    assert.deepEqual(focused, ['owner']);
  });

  it('stays as it is when the person gives up signing in', async () => {
    const { flow, extension } = open({ accounts: [] });
    extension.handlers.addToken = () => Promise.resolve({ account: '', accounts: [] });
    flow.act('addToken');
    await flow.settled();
    assert.deepEqual([flow.state.input.account, flow.state.owners.state], ['', 'idle']);
  });

  it('goes on when somebody signs in elsewhere, and tries again what failed for lack of it', async () => {
    const { flow, extension } = open({ accounts: [] });
    const find = extension.handlers.findRepository;
    extension.handlers.findRepository = () => Promise.reject(new Rejected(signInTrouble));
    await fill(flow, 'repository', 'acme/payments');
    assert.equal(flow.state.repository.state, 'trouble');
    extension.handlers.findRepository = find;
    extension.changeAccounts([jane]);
    await flow.settled();
    assert.deepEqual([flow.state.input.account, flow.state.repository.state], ['jane', 'ready']);
    assert.equal(flow.state.input.repository, 'acme/payments');
    assert.equal(names(flow.state.owners).length, 3);
  });

  it('lists again with a new token of the same account', async () => {
    const { flow, extension } = open();
    await flow.settled();
    const list = extension.handlers.listRepositories;
    extension.handlers.listRepositories = () => Promise.reject(new Rejected(signInTrouble));
    await fill(flow, 'owner', '17');
    assert.deepEqual(names(flow.state.repositories), ['trouble']);
    extension.handlers.listRepositories = list;
    extension.changeAccounts([jane]);
    await flow.settled();
    assert.equal(names(flow.state.repositories).length, 3);
  });

  it('is somebody else, or nobody, when an account goes', async () => {
    const { flow, extension } = open({ accounts: [jane, joe] });
    await flow.settled();
    await fill(flow, 'owner', '17');
    extension.changeAccounts([joe]);
    await flow.settled();
    assert.deepEqual([flow.state.input.account, flow.state.input.owner], ['joe', '']);
    extension.changeAccounts([]);
    await flow.settled();
    assert.deepEqual([flow.state.input.account, flow.state.owners.state], ['', 'idle']);
  });

  it('says who is asked where an address leads to another server', async () => {
    const { flow, extension } = open({ accounts: [jane, joe] });
    await flow.settled();
    const find = extension.handlers.findRepository;
    extension.handlers.findRepository = async (question, circumstances) => ({
      ...(await find(question, circumstances)),
      account: 'joe',
    });
    await fill(flow, 'repository', 'https://ghe.example/acme/payments');
    assert.deepEqual([flow.state.input.account, flow.state.input.branch], ['joe', 'main']);
    assert.equal(extension.questions('branchContents').at(-1)?.account, 'joe');
    const before = extension.questions('findRepository').length;
    flow.leave('repository');
    await flow.settled();
    assert.equal(extension.questions('findRepository').length, before);
  });

  it('comes back with account, owner and repository; an account that is gone is nobody', async () => {
    const first = open();
    await first.flow.settled();
    await fill(first.flow, 'owner', '17');
    await fill(first.flow, 'repository', payments);
    const draft = structuredClone(draftOf(first.flow.state));
    const again = open({}, draft);
    await again.flow.settled();
    assert.deepEqual(again.flow.state.input, first.flow.state.input);
    assert.deepEqual(
      [...names(again.flow.state.repositories), again.flow.state.repository.state],
      ['acme/payments', 'acme/orders', 'acme/archive', 'ready'],
    );
    assert.equal(open({ accounts: [] }, draft).flow.state.input.account, '');
  });
});
