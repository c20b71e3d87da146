import assert from 'node:assert/strict';
import { Failure } from '../../../../src/core/errors.ts';
import type { Account } from '../../../../src/ports/accounts.ts';
import type { SignInFlowId } from '../../../../src/ports/signIn.ts';
import { useVscodeStub } from '../vscodeStub.ts';
import { FakePerson } from './fakePerson.ts';

useVscodeStub();
const { TokenSignIn } = await import('../../../../src/vscode/accounts/tokenSignIn.ts');

const origin = 'https://gitlab.acme.example';
const jane: Account = { id: 'a', host: 'gitlab', origin, name: 'jane', source: 'oauth' };
const place = { host: 'gitlab', origin, flow: 'callback' } as const;

describe('signing in at a server', () => {
  let person: FakePerson;
  let approved: Set<string>;
  let runs: SignInFlowId[];

  beforeEach(async () => {
    person = new FakePerson();
    await person.sitDown();
    approved = new Set();
    runs = [];
  });

  /** @param failing ways that the person stops in the middle */
  function signIn(failing: readonly SignInFlowId[] = []): InstanceType<typeof TokenSignIn> {
    const token = { user: 'none', page: () => origin, scopes: ['api'] } as const;
    const hosts = { descriptions: [{ id: 'gitlab', token, selfManaged: true }], parseOrigin: () => origin };
    const useCases = {
      accounts: () => [],
      addToken: () => assert.fail('unused'),
      isApprovedServer: (server: { readonly origin: string }) => approved.has(server.origin),
      approveServer: (server: { readonly origin: string }) => Promise.resolve(void approved.add(server.origin)),
    };
    const signIns = {
      flows: () => (['callback', 'loopback', 'device'] as const).map((id) => ({ id, scopes: [], needs: [] })),
      run: (flow: SignInFlowId) => {
        runs.push(flow);
        return failing.includes(flow) ? Promise.reject(new Failure('cancelled')) : Promise.resolve(jane);
      },
    };
    return new TokenSignIn(useCases, hosts as never, { apis: [] } as never, {} as never, signIns);
  }

  it('that something else than the person named asks by its name, once', async () => {
    person.answers.push('Approve');
    assert.equal(await signIn().run(place), jane);
    assert.match(person.shown[0]?.message ?? '', /new to you: gitlab\.acme\.example\?$/);
    assert.equal(await signIn().run(place), jane);
    assert.equal(person.shown.length, 1);
  });

  it('that is not approved is asked nothing', async () => {
    person.answers.push(undefined);
    assert.equal(await signIn().run(place), undefined);
    assert.deepEqual([runs, [...approved]], [[], []]);
  });

  it('goes on with the way that is taken instead, and asks once whether one is wanted', async () => {
    approved.add(origin);
    person.answers.push('Use a Port of This Computer');
    assert.equal(await signIn(['callback', 'loopback']).run(place), undefined);
    assert.deepEqual(runs, ['callback', 'loopback']);
    assert.equal(person.shown.length, 1);
  });
});
