import assert from 'node:assert/strict';
import type { HostId } from '../../../../src/core/model/repository.ts';
import { flowsAt, type KnownClient, type Surroundings } from '../../../../src/vscode/accounts/flows/flowTable.ts';

const token = { user: 'none', page: () => '', scopes: ['api'] } as const;
const desktop: Surroundings = { place: 'desktop', readsAnyServer: true, hasLoopback: true, enterprise: undefined };
const remote: Surroundings = { ...desktop, place: 'remote' };
/** VS Code in a browser, in front of a server with Node. */
const served: Surroundings = { ...desktop, place: 'web' };
const web: Surroundings = { ...served, readsAnyServer: false, hasLoopback: false };
const built: KnownClient = { id: 'x', isOwn: false };
const own: KnownClient = { id: 'x', isOwn: true };

function ways(host: HostId, origin: string, client: KnownClient | undefined, here: Surroundings): string {
  const description = { id: host, ...(host === 'git' ? {} : { token }) };
  return flowsAt(description, origin, client, here)
    .map(({ id }) => id)
    .join(' ');
}

describe('ways to sign in', () => {
  const places = { desktop, remote, served, web };
  const expected: readonly [HostId, string, KnownClient | undefined, Record<keyof typeof places, string>][] = [
    ['git', 'https://git.acme.example', undefined, { desktop: '', remote: '', served: '', web: '' }],
    [
      'github',
      'https://github.com',
      undefined,
      { desktop: 'vscode token', remote: 'vscode token', served: 'vscode token', web: 'vscode token' },
    ],
    [
      'github',
      'https://ghe.acme.example',
      undefined,
      { desktop: 'token', remote: 'token', served: 'token', web: 'token' },
    ],
    ['gitlab', 'https://gitlab.com', undefined, { desktop: 'token', remote: 'token', served: 'token', web: 'token' }],
    [
      'gitlab',
      'https://gitlab.com',
      built,
      {
        desktop: 'callback loopback device token',
        remote: 'callback device token',
        served: 'device token',
        web: 'token',
      },
    ],
    [
      'gitlab',
      'https://gitlab.acme.example',
      own,
      {
        desktop: 'callback loopback device token',
        remote: 'callback device token',
        served: 'callback device token',
        web: 'callback token',
      },
    ],
    [
      'bitbucket',
      'https://bitbucket.org',
      undefined,
      { desktop: 'token', remote: 'token', served: 'token', web: 'token' },
    ],
    [
      'bitbucket',
      'https://bitbucket.org',
      own,
      { desktop: 'callback loopback token', remote: 'callback token', served: 'callback token', web: 'token' },
    ],
    [
      'azureDevOps',
      'https://dev.azure.com/acme',
      undefined,
      { desktop: 'vscode token', remote: 'vscode token', served: 'vscode token', web: 'vscode token' },
    ],
    [
      'azureDevOps',
      'https://tfs.acme.example/tfs/Default',
      undefined,
      { desktop: 'token', remote: 'token', served: 'token', web: 'token' },
    ],
    [
      'bitbucketDataCenter',
      'https://bitbucket.acme.example',
      undefined,
      { desktop: 'token', remote: 'token', served: 'token', web: 'token' },
    ],
  ];
  for (const [host, origin, client, byPlace] of expected) {
    it(`at ${origin} with ${client === undefined ? 'no client' : client.isOwn ? 'a client of its own' : 'ours'}`, () => {
      for (const [place, here] of Object.entries(places)) {
        assert.equal(ways(host, origin, client, here), byPlace[place as keyof typeof places], place);
      }
    });
  }

  it('include VS Code’s sign-in at the one GitHub Enterprise Server that it knows', () => {
    const here = { ...desktop, enterprise: 'https://ghe.acme.example' };
    assert.equal(ways('github', 'https://ghe.acme.example', undefined, here), 'vscode token');
    assert.equal(ways('github', 'https://ghe.other.example', undefined, here), 'token');
  });

  it('say what they ask for, and what the host may want', () => {
    const [vscode] = flowsAt({ id: 'github', token }, 'https://github.com', undefined, desktop);
    assert.deepEqual(
      vscode?.scopes.map(({ name }) => name),
      ['read:user', 'user:email', 'repo', 'workflow'],
    );
    assert.ok(vscode.needs.includes('tenTokens') && vscode.needs.includes('singleSignOn'));
  });
});
