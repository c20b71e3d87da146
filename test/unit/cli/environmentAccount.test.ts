import assert from 'node:assert/strict';
import { MemoryAccounts } from '../../../src/adapters/memory/memoryAccounts.ts';
import { SilentLog } from '../../../src/adapters/memory/silentLog.ts';
import { signInFromEnvironment } from '../../../src/cli/engine/environmentAccount.ts';
import { Refusal } from '../../../src/cli/refusal.ts';
import { asRepoPath } from '../../../src/core/model/repoPath.ts';
import type { Api } from '../../../src/core/model/api.ts';
import type { ApiId } from '../../../src/core/model/ids.ts';
import type { HostId } from '../../../src/core/model/repository.ts';
import { HostCatalogue } from '../../../src/hosts/catalogue.ts';
import { cloudEntries } from '../../../src/hosts/cloudEntries.ts';
import { createHasher } from '../../../src/platform/node/index.ts';

const tools = {
  fetch: () => Promise.reject(new Error('no network here')),
  clock: { now: () => 0 },
  timer: { after: () => ({ dispose: () => undefined }) },
  log: new SilentLog(),
  hasher: createHasher(),
  random: () => 0,
};

function api(host: HostId, origin: string): Api {
  const repository = { host, origin, id: '1', name: 'acme/payments' };
  return {
    id: `${host} ${origin}` as ApiId,
    name: 'Payments',
    folder: 'payments',
    addedFiles: [],
    collectionFolder: asRepoPath('postman/collections'),
    connection: { repository, branch: 'main' },
  };
}

/** Who is signed in where, and with what, once the environment was read. */
async function signedIn(env: Readonly<Record<string, string>>, ...apis: readonly Api[]): Promise<unknown> {
  const accounts = new MemoryAccounts();
  const hosts = new HostCatalogue(cloudEntries(tools, { openGitWriter: undefined, readsAnyServer: true }), accounts);
  await signInFromEnvironment(env, hosts, accounts, apis);
  const listed = accounts.list().map(async ({ id, host, origin }) => [host, origin, await accounts.credential(id)]);
  return Promise.all(listed);
}

const token = { API_SOURCE_CONTROL_TOKEN: 't', API_SOURCE_CONTROL_ORIGIN: 'https://github.com' };

describe('the token of the environment', () => {
  it('signs in at its server', async () => {
    const expected = [['github', 'https://github.com', { kind: 'bearer', token: 't' }]];
    assert.deepEqual(await signedIn(token, api('github', 'https://github.com')), expected);
    const spelled = { ...token, API_SOURCE_CONTROL_ORIGIN: 'github.com/' };
    assert.deepEqual(await signedIn(spelled, api('github', 'https://github.com')), expected);
  });

  it('goes to no other server, whatever apis.json says', async () => {
    const others = [
      api('github', 'https://github.evil.example'),
      api('gitlab', 'https://gitlab.com'),
      api('git', 'https://github.com'),
    ];
    assert.deepEqual(await signedIn(token, ...others), []);
  });

  it('goes along with a name where one is given', async () => {
    const env = {
      ...token,
      API_SOURCE_CONTROL_ORIGIN: 'https://bitbucket.org',
      API_SOURCE_CONTROL_USER: 'a@b.example',
    };
    assert.deepEqual(await signedIn(env, api('bitbucket', 'https://bitbucket.org')), [
      ['bitbucket', 'https://bitbucket.org', { kind: 'basic', user: 'a@b.example', password: 't' }],
    ]);
  });

  it('is refused without its server, and never repeated', async () => {
    for (const name of ['API_SOURCE_CONTROL_TOKEN', 'API_SOURCE_CONTROL_ORIGIN']) {
      await assert.rejects(signedIn({ [name]: 'hidden' }), (error) => {
        return error instanceof Refusal && !error.message.includes('hidden');
      });
    }
    assert.deepEqual(await signedIn({ API_SOURCE_CONTROL_TOKEN: '' }), []);
  });
});
