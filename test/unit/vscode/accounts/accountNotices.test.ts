import assert from 'node:assert/strict';
import type { ApiNode } from '../../../../src/app/apiNode.ts';
import type { RepositoryRef } from '../../../../src/core/model/repository.ts';
import type { Account } from '../../../../src/ports/accounts.ts';
import { accountNotices, declineKey, type NoticeSources } from '../../../../src/vscode/accounts/accountNotices.ts';
import { accountContextValue, accountRows } from '../../../../src/vscode/accounts/accountRows.ts';
import { apiKey, apiNode } from '../apiNodes.ts';

const origin = 'https://github.com';
const token = { user: 'none', page: () => 'https://github.com/settings/tokens', scopes: [] } as const;
const jane: Account = { id: 'jane', host: 'github', origin, name: 'jane', source: 'token' };
const work: Account = { ...jane, id: 'work', name: 'jane-work' };

function node(id: string, state: ApiNode['state'], repository: Partial<RepositoryRef> = {}): ApiNode {
  const made = apiNode(id, { state });
  const ref: RepositoryRef = { host: 'github', origin, id: `r-${id}`, name: `acme/${id}`, ...repository };
  return { ...made, api: { ...made.api, connection: { repository: ref, branch: 'main' } } };
}

function notices(sources: Partial<NoticeSources>): readonly string[] {
  const found = accountNotices({
    apis: [],
    hosts: [{ id: 'github', token }, { id: 'git' }],
    accountOf: () => undefined,
    absentAccount: () => undefined,
    isDeclined: () => false,
    ...sources,
  });
  return found.map((notice) => (notice.kind === 'signedOut' ? `again ${notice.account.name}` : notice.origin));
}

describe('what is said of sign-ins', () => {
  it('is one offer for each server where nobody is signed in, whatever the number of its APIs', () => {
    const apis = [node('a', 'unapproved'), node('b', 'connected'), node('c', 'connected', { origin: 'https://ghe' })];
    assert.deepEqual(notices({ apis }), [origin, 'https://ghe']);
  });

  it('is nothing where somebody is, where Git signs in by itself, and of what is not connected', () => {
    assert.deepEqual(notices({ apis: [node('a', 'unapproved')], accountOf: () => jane }), []);
    assert.deepEqual(notices({ apis: [node('a', 'connected', { host: 'git' })] }), []);
    assert.deepEqual(notices({ apis: [apiNode('local')] }), []);
  });

  it('is nothing more at a server once the person said no there', () => {
    const apis = [node('a', 'unapproved'), node('b', 'unapproved', { origin: 'https://ghe' })];
    const declined = declineKey({ host: 'github', origin });
    assert.deepEqual(notices({ apis, isDeclined: (key) => key === declined }), ['https://ghe']);
  });

  it('is one word for each account that its host refuses, whatever the number of its APIs', () => {
    const out: Account = { ...jane, state: 'signedOut' };
    const apis = [node('a', 'connected'), node('b', 'connected'), node('c', 'connected')];
    const accountOf = ({ id }: { readonly id: string }) => (id === 'r-c' ? work : out);
    assert.deepEqual(notices({ apis, accountOf }), ['again jane']);
  });

  it('is an offer of its own for whoever a connection keeps and who is signed out, whoever else is there', () => {
    const apis = [node('a', 'connected'), node('b', 'connected'), node('c', 'connected')];
    const sources: NoticeSources = {
      apis,
      hosts: [{ id: 'github', token }],
      accountOf: ({ id }) => (id === 'r-c' ? work : undefined),
      absentAccount: ({ id }) => (id === 'r-c' ? undefined : 'jane'),
      isDeclined: () => false,
    };
    const [notice, ...others] = accountNotices(sources);
    assert.deepEqual([notice?.kind, notice?.api, others], ['contribute', apiKey('a'), []]);
    assert.ok(notice?.kind === 'contribute' && notice.absent === 'jane');
  });

  it('is nothing of a refused account that nobody works as here', () => {
    const out: Account = { ...jane, state: 'signedOut' };
    assert.deepEqual(notices({ apis: [node('a', 'unapproved')], accountOf: () => out }), []);
  });
});

describe('connected accounts', () => {
  const elsewhere: Account = { ...jane, id: 'ghe', origin: 'https://ghe', state: 'signedOut' };
  const rows = accountRows({
    accounts: [jane, elsewhere, work],
    apis: [node('a', 'connected'), node('b', 'connected'), node('c', 'unapproved'), apiNode('local')],
    accountOf: ({ id }) => (id === 'r-b' ? work : jane),
    page: (account) => (account === work ? 'https://github.com/settings/tokens' : undefined),
  });

  it('are listed by server, each with the APIs that are worked on as it', () => {
    const drawn = rows.map((server) => [
      server.origin,
      server.accounts.map(({ account, uses }) => [account.name, ...uses.map(({ name }) => name)]),
    ]);
    assert.deepEqual(drawn, [
      [
        origin,
        [
          ['jane', 'a'],
          ['jane-work', 'b'],
        ],
      ],
      ['https://ghe', [['jane']]],
    ]);
  });

  it('name API and repository of each use', () => {
    const [use] = rows[0]?.accounts[1]?.uses ?? [];
    assert.deepEqual([use?.api, use?.name, use?.repository], [apiKey('b'), 'b', 'acme/b']);
  });

  it('offer what their state and host allow', () => {
    const values = rows.flatMap(({ accounts }) => accounts.map(accountContextValue));
    assert.deepEqual(values, ['account signedIn', 'account signedIn page', 'account signedOut']);
  });

  it('have ids of their own', () => {
    const ids = rows.flatMap((row) => [
      row.id,
      ...row.accounts.flatMap((each) => [each.id, ...each.uses.map(({ id }) => id)]),
    ]);
    assert.equal(new Set(ids).size, ids.length);
  });
});
