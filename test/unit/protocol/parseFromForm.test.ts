import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseFormInput, parseFromForm } from '../../../src/protocol/parseFromForm.ts';

const input = {
  workspaceFolder: 'file:///work',
  name: 'Payments',
  host: 'git',
  account: '',
  owner: '',
  repository: '/srv/git/payments.git',
  branch: 'main',
  rootFile: '',
  collectionFolder: 'postman/collections',
  localFolder: 'payments',
};

const good: Readonly<Record<string, unknown>> = {
  start: null,
  accounts: null,
  addToken: { host: 'github' },
  listOwners: { host: 'github', account: 'jane', interactive: true },
  listRepositories: { host: 'github', account: 'jane', interactive: true, owner: 'acme', query: 'pay' },
  findRepository: {
    host: 'git',
    account: '',
    address: '/srv/a.git',
    interactive: true,
    workspaceFolder: 'file:///work',
  },
  listBranches: { host: 'git', account: '', address: '/srv/a.git', interactive: false, query: '' },
  trusted: null,
  branchContents: {
    host: 'git',
    account: '',
    address: '/srv/a.git',
    interactive: false,
    branch: 'main',
    workspaceFolder: 'file:///work',
  },
  preview: { input, interactive: true },
  connect: { input },
  act: { action: 'showLog' },
};

describe('messages from the form', () => {
  for (const [kind, question] of Object.entries(good)) {
    it(`reads ${kind} as it was sent`, () => {
      const message = { type: 'request', id: 1, kind, question };
      assert.deepEqual(parseFromForm(message), message);
    });
  }

  it('reads a cancel', () => {
    assert.deepEqual(parseFromForm({ type: 'cancel', id: 7, extra: 1 }), { type: 'cancel', id: 7 });
  });

  const hostile: Readonly<Record<string, unknown>> = {
    nothing: undefined,
    'a text': 'start',
    'a list': [{ type: 'cancel', id: 1 }],
    'an unknown type': { type: 'eval', id: 1, kind: 'start', question: null },
    'an unknown kind': { type: 'request', id: 1, kind: 'exec', question: null },
    'a kind of the prototype': { type: 'request', id: 1, kind: 'constructor', question: null },
    'a kind that is no text': { type: 'request', id: 1, kind: ['start'], question: null },
    'an id that is no number': { type: 'request', id: '1', kind: 'start', question: null },
    'an id of zero': { type: 'request', id: 0, kind: 'start', question: null },
    'a fractional id': { type: 'cancel', id: 1.5 },
    'a missing question': { type: 'request', id: 1, kind: 'connect' },
    'a number for a text': { type: 'request', id: 1, kind: 'connect', question: { input: { ...input, branch: 1 } } },
    'a missing field': { type: 'request', id: 1, kind: 'connect', question: { input: { ...input, host: undefined } } },
    'an object for a text': { type: 'request', id: 1, kind: 'act', question: { action: { toString: () => 'x' } } },
    'a text too long': { type: 'request', id: 1, kind: 'act', question: { action: 'x'.repeat(10_000) } },
    'a flag that is a text': {
      type: 'request',
      id: 1,
      kind: 'preview',
      question: { input, interactive: 'true' },
    },
  };
  for (const [what, message] of Object.entries(hostile)) {
    it(`refuses ${what}`, () => assert.equal(parseFromForm(message), undefined));
  }

  it('lets nothing through that it does not know', () => {
    const parsed = parseFromForm({
      type: 'request',
      id: 1,
      kind: 'connect',
      question: { input: { ...input, token: 'x' }, interactive: true },
      api: 'another',
    });
    assert.deepEqual(parsed, { type: 'request', id: 1, kind: 'connect', question: { input } });
  });

  it('reads nothing from a prototype', () => {
    assert.equal(parseFormInput(Object.create(input)), undefined);
  });

  it('never throws', () => {
    const message = fc.oneof(
      fc.anything(),
      fc.record({
        type: fc.constantFrom('request', 'cancel', 'reply'),
        id: fc.oneof(fc.integer(), fc.anything()),
        kind: fc.oneof(fc.constantFrom(...Object.keys(good), '__proto__', 'toString'), fc.anything()),
        question: fc.anything(),
      }),
    );
    fc.assert(
      fc.property(message, (value) => {
        parseFromForm(value);
      }),
    );
  });
});
