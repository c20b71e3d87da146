import assert from 'node:assert/strict';
import type { ApiNode } from '../../../../src/app/apiNode.ts';
import type { HostId, RepositoryRef } from '../../../../src/core/model/repository.ts';
import { knownServers } from '../../../../src/vscode/accounts/knownServers.ts';

function at(host: HostId, origin: string): RepositoryRef {
  return { host, origin, id: '1', name: 'acme/payments' };
}

function node(state: ApiNode['state'], repository: RepositoryRef): ApiNode {
  return { state, api: { connection: { repository, branch: 'main' } } } as unknown as ApiNode;
}

describe('the servers that are proposed for a token', () => {
  const github = { id: 'github', defaultOrigin: 'https://github.com' } as const;
  const account = {
    id: 'a',
    host: 'github',
    origin: 'https://ghe.acme.example',
    name: 'jane',
    source: 'token',
  } as const;

  it('are the host’s own, those of accounts and of connections, each once', () => {
    const apis = ['https://ghe.acme.example', 'https://git.acme.example'].map((origin) =>
      node('connected', at('github', origin)),
    );
    assert.deepEqual(
      knownServers(github, [account], [...apis, node('connected', at('gitlab', 'https://gitlab.com'))]),
      ['https://github.com', 'https://ghe.acme.example', 'https://git.acme.example'],
    );
    assert.deepEqual(knownServers({ id: 'azureDevOps' }, [account], apis), []);
  });

  it('are none that nothing but a shared file names', () => {
    const apis = [node('unapproved', at('github', 'https://github.com.evil.example'))];
    assert.deepEqual(knownServers(github, [], apis), ['https://github.com']);
  });
});
