import assert from 'node:assert/strict';
import { Failure } from '../../../../src/core/errors.ts';
import { AzureDevOpsHost } from '../../../../src/hosts/azureDevOps/azureDevOpsHost.ts';
import { azureDevOpsEntry } from '../../../../src/hosts/azureDevOps/azureDevOpsEntry.ts';
import { findTenant } from '../../../../src/hosts/azureDevOps/findTenant.ts';
import type { Account } from '../../../../src/ports/accounts.ts';
import type { SignInOptions } from '../../../../src/ports/signIn.ts';
import { AccountList } from '../../../../src/vscode/accounts/accountList.ts';
import { forgeTools } from '../../../contract/forgeTools.ts';
import { AzureDevOpsForge } from '../../../forge/azureDevOps/azureDevOpsForge.ts';
import { useVscodeStub } from '../vscodeStub.ts';
import { FakePerson } from './fakePerson.ts';
import { KeptByVscode } from './keptByVscode.ts';

useVscodeStub();
const vscode = await import('vscode');
const { SignInTable } = await import('../../../../src/vscode/accounts/flows/signInTable.ts');
const { runFlow } = await import('../../../../src/vscode/accounts/flows/runFlow.ts');
const { flowFailureText } = await import('../../../../src/vscode/accounts/flows/flowFailureText.ts');

const origin = 'https://dev.azure.com/acme';
const tenant = '5d0c1f1e-2b3c-4d5e-8f90-a1b2c3d4e5f6';
const scope = '499b84ac-1321-427f-aa17-267ca6975798/.default';
/** As Microsoft Entra's are: JSON Web Tokens. */
const member = 'eyJhbGciOiJub25lIn0.eyJ1cG4iOiJhZGEifQ.member';
const stranger = 'eyJhbGciOiJub25lIn0.eyJ1cG4iOiJhZGEifQ.stranger';

interface Ask {
  readonly scopes: readonly string[];
  readonly options: { readonly clearSessionPreference?: boolean; readonly forceNewSession?: unknown };
}

/** VS Code's Microsoft sign-in is a fake here, for nobody can sign in at Microsoft; all below it is real. */
describe('signing in with a Microsoft account', () => {
  let forge: AzureDevOpsForge;
  let kept: KeptByVscode;
  let asked: Ask[];
  let person: FakePerson;
  let answer: (ask: Ask) => Promise<unknown>;

  const session = (accessToken: string, label: string) => ({ accessToken, account: { id: label, label } });

  before(async () => {
    forge = await AzureDevOpsForge.start(undefined, {
      accounts: { [member]: { name: 'Ada', rights: 'write' }, [stranger]: { name: 'Ada at Home', rights: 'write' } },
    });
    forge.organization.tenant = tenant;
    forge.organization.foreigners.add('Ada at Home');
  });
  beforeEach(async () => {
    kept = new KeptByVscode();
    asked = [];
    person = new FakePerson();
    await person.sitDown();
    answer = () => Promise.resolve(session(member, 'ada@acme.example'));
    Object.assign(vscode.env, { uiKind: vscode.UIKind.Desktop });
    Object.assign(vscode.workspace, {
      getConfiguration: () => ({ get: () => undefined, inspect: () => undefined }),
    });
    Object.assign(vscode.authentication, {
      getSession: (provider: string, scopes: readonly string[], options: Ask['options']) => {
        assert.equal(provider, 'microsoft');
        asked.push({ scopes, options });
        return answer({ scopes, options });
      },
    });
  });
  after(async () => {
    assert.deepEqual(forge.http.violations, []);
    await forge.stop();
  });

  /** The network leads what is for Azure DevOps to the stand-in, and knows nobody else. */
  function tools() {
    return forgeTools({
      fetch: (url, init) => {
        assert.ok(String(url).startsWith(`${origin}/`), String(url));
        return fetch(String(url).replace(origin, forge.origin), init);
      },
    });
  }

  function signIns() {
    const list = new AccountList(kept.globalState as never);
    const hosts = {
      descriptions: [azureDevOpsEntry(tools()).description],
      openAs: (_: unknown, at: string, own: ConstructorParameters<typeof AzureDevOpsHost>[2]) =>
        Promise.resolve(new AzureDevOpsHost(tools(), at, own)),
    };
    return new SignInTable({
      hosts,
      list,
      accounts: kept.window(),
      clients: { known: () => undefined },
      platform: { openLoopback: undefined, readsAnyServer: true },
      findTenant: (at: string, signal: AbortSignal) => findTenant(tools(), at, signal),
      log: { warn: () => undefined },
    } as unknown as ConstructorParameters<typeof SignInTable>[0]);
  }

  const signIn = (options?: SignInOptions): Promise<Account> => signIns().run('vscode', 'azureDevOps', origin, options);

  it('asks for the tenant that the organization belongs to', async () => {
    const account = await signIn();
    assert.deepEqual(asked, [
      { scopes: [scope, 'offline_access', `VSCODE_TENANT:${tenant}`], options: asked[0]?.options },
    ]);
    assert.deepEqual([account.name, account.source, account.origin], ['ada@acme.example', 'vscode', origin]);
  });

  it('asks for the home tenant of an organization that tells none', async () => {
    forge.organization.tenant = undefined;
    try {
      await signIn();
    } finally {
      forge.organization.tenant = tenant;
    }
    assert.deepEqual(asked[0]?.scopes, [scope, 'offline_access']);
  });

  it('refuses an account of another tenant by name (TF400813), and keeps nothing', async () => {
    answer = () => Promise.resolve(session(stranger, 'ada@home.example'));
    await assert.rejects(signIn(), (error) => {
      assert.ok(Failure.is(error, 'forbidden'));
      assert.equal(error.facts.account, 'ada@home.example');
      assert.match(flowFailureText({ flow: 'vscode', origin }, error) ?? '', /does not admit ada@home\.example\./);
      return true;
    });
    assert.deepEqual(new AccountList(kept.globalState as never).all(), []);
  });

  it('offers whoever is refused another account or tenant, and goes on with that', async () => {
    answer = ({ scopes }) =>
      Promise.resolve(
        scopes.includes('VSCODE_TENANT:guests.example')
          ? session(member, 'ada@acme.example')
          : session(stranger, 'ada@home.example'),
      );
    person.answers.push('Use Another Account', 'Use Another Tenant…', 'guests.example');
    const run = { flow: 'vscode', host: 'azureDevOps', origin, offersOnCancel: true } as const;
    const end = await runFlow(signIns(), run, (error) => (error as Failure).reason);
    assert.equal(end.kind === 'signedIn' && end.account.name, 'ada@acme.example');
    assert.deepEqual(person.shown[0]?.buttons, [
      'Use an Access Token',
      'Use Another Account',
      'Use Another Tenant…',
      'Try Again',
    ]);
    assert.deepEqual(
      asked.map(({ options }) => options.clearSessionPreference ?? false),
      [false, true, true],
    );
  });

  it('signs in again to the tenant that was named then', async () => {
    const account = await signIn({ tenant: 'guests.example' });
    await signIn({ account });
    assert.deepEqual(asked[1]?.scopes.at(-1), 'VSCODE_TENANT:guests.example');
    assert.ok(asked[1]?.options.forceNewSession);
  });

  it('lets somebody else be chosen where one is signed in already', async () => {
    await signIn();
    await signIn();
    assert.deepEqual(
      asked.map(({ options }) => options.clearSessionPreference ?? false),
      [false, true],
    );
  });

  for (const [words, reason] of [
    ['User did not consent to login.', 'cancelled'],
    ['invalid_grant: AADSTS50020: User account from identity provider does not exist in tenant', 'forbidden'],
    ['AADSTS53003: Access has been blocked by Conditional Access policies.', 'organizationPolicy'],
    ['Timed out waiting for authentication provider to register', 'unsupported'],
  ] as const) {
    it(`understands VS Code’s words: ${words}`, async () => {
      answer = () => Promise.reject(new Error(words));
      await assert.rejects(signIn(), (error) => Failure.is(error, reason));
    });
  }

  it('can be stopped while VS Code waits, and is not waited for any more', async () => {
    const stop = new AbortController();
    answer = () => {
      stop.abort();
      return new Promise(() => undefined);
    };
    await assert.rejects(signIn({ signal: stop.signal }), (error) => Failure.is(error, 'cancelled'));
  });
});

describe('waiting for a person', () => {
  it('ends with their time, and says that it was that', async () => {
    const { withPatience } = await import('../../../../src/vscode/accounts/flows/patience.ts');
    const untilAborted = (signal: AbortSignal): Promise<never> =>
      new Promise((_, reject) => {
        const stop = (): void => reject(new Failure('cancelled'));
        if (signal.aborted) stop();
        signal.addEventListener('abort', stop);
      });
    const [open, over] = [new AbortController().signal, AbortSignal.abort()];
    await assert.rejects(withPatience(open, untilAborted, over), (error) => Failure.is(error, 'timeout'));
    await assert.rejects(withPatience(over, untilAborted, open), (error) => Failure.is(error, 'cancelled'));
  });
});
