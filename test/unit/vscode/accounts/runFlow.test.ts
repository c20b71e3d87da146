import assert from 'node:assert/strict';
import { Failure } from '../../../../src/core/errors.ts';
import type { Account } from '../../../../src/ports/accounts.ts';
import type { SignInFlowId, SignInOptions } from '../../../../src/ports/signIn.ts';
import { useVscodeStub } from '../vscodeStub.ts';
import { FakePerson } from './fakePerson.ts';

useVscodeStub();
const { runFlow } = await import('../../../../src/vscode/accounts/flows/runFlow.ts');

const origin = 'https://gitlab.com';
const jane: Account = { id: 'a', host: 'gitlab', origin, name: 'jane', source: 'oauth' };

describe('a way to sign in', () => {
  let person: FakePerson;
  let runs: { readonly flow: SignInFlowId; readonly options: SignInOptions }[];
  let run: (options: SignInOptions) => Promise<Account>;

  beforeEach(async () => {
    person = new FakePerson();
    await person.sitDown();
    runs = [];
    run = () => Promise.resolve(jane);
  });

  function go(flow: SignInFlowId, change: Partial<Parameters<typeof runFlow>[1]> = {}) {
    const ways = (['vscode', 'callback', 'device', 'token'] as const).map((id) => ({ id, scopes: [], needs: [] }));
    const signIns = {
      flows: () => ways,
      run: (taken: SignInFlowId, _host: unknown, _origin: unknown, options: SignInOptions = {}) => {
        runs.push({ flow: taken, options });
        return run(options);
      },
    };
    const asked = { flow, host: 'gitlab', origin, offersOnCancel: true, ...change } as const;
    return runFlow(signIns, asked, (error) => (error as Failure).message);
  }
  const fails = (reason: Failure['reason'], facts: Failure['facts'] = {}): void => {
    run = () => Promise.reject(new Failure(reason, facts));
  };

  it('signs in without a word', async () => {
    assert.deepEqual(await go('callback'), { kind: 'signedIn', account: jane });
    assert.deepEqual(person.shown, []);
  });

  for (const [flow, next, button] of [
    ['vscode', 'callback', 'Use the Browser'],
    ['callback', 'device', 'Use a Device Code'],
    ['device', 'token', 'Use an Access Token'],
  ] as const) {
    it(`that fails says why and offers the one below it first: ${flow}`, async () => {
      fails('offline');
      person.answers.push(button);
      assert.deepEqual(await go(flow), { kind: 'otherWay', flow: next, afterCancel: false });
      assert.deepEqual(person.shown, [{ message: 'offline', buttons: [button, 'Try Again'] }]);
    });
  }

  it('that fails can be tried again, and left', async () => {
    fails('serverError');
    person.answers.push('Try Again', undefined);
    assert.deepEqual(await go('callback'), { kind: 'gaveUp' });
    assert.deepEqual(
      runs.map(({ flow }) => flow),
      ['callback', 'callback'],
    );
  });

  it('that somebody stops is over, after one question whether another suits them better', async () => {
    run = ({ signal }) =>
      new Promise((_, reject) => signal?.addEventListener('abort', () => reject(new Failure('cancelled'))));
    person.whileWaiting = (cancel) => cancel();
    person.answers.push('Use a Device Code');
    assert.deepEqual(await go('callback'), { kind: 'otherWay', flow: 'device', afterCancel: true });
    const [asked] = person.shown;
    assert.match(
      asked?.message ?? '',
      /^Having trouble signing in to gitlab\.com\? Would you like to try another way\?$/,
    );
    assert.deepEqual(asked?.buttons, ['Use a Device Code', 'No']);
    person.answers.push('No');
    assert.deepEqual(await go('callback'), { kind: 'gaveUp' });
    assert.deepEqual(await go('callback', { offersOnCancel: false }), { kind: 'gaveUp' });
    assert.equal(person.shown.length, 2, 'asked once');
  });

  it('is not followed by a question where there is no other', async () => {
    fails('cancelled');
    assert.deepEqual(await go('token'), { kind: 'gaveUp' });
    assert.deepEqual(person.shown, []);
  });

  it('by VS Code whose account is not admitted offers another account', async () => {
    fails('signInNeeded');
    person.answers.push('Use Another Account', undefined);
    await go('vscode');
    assert.deepEqual(person.shown[0]?.buttons, ['Use the Browser', 'Use Another Account', 'Try Again']);
    assert.deepEqual(
      runs.map(({ options }) => options.another),
      [undefined, true],
    );
  });

  it('by VS Code at Azure DevOps offers another tenant, too, and takes an id or a domain', async () => {
    fails('forbidden');
    person.answers.push('Use Another Tenant…', 'Guests.OnMicrosoft.com', undefined);
    await go('vscode', { host: 'azureDevOps', origin: 'https://dev.azure.com/acme' });
    assert.deepEqual(person.shown[0]?.buttons, [
      'Use the Browser',
      'Use Another Account',
      'Use Another Tenant…',
      'Try Again',
    ]);
    assert.equal(runs[1]?.options.tenant, 'guests.onmicrosoft.com');
    assert.equal(runs[1]?.options.another, true);
  });
});
