import assert from 'node:assert/strict';
import { Failure, type FailureReason } from '../../src/core/errors.ts';
import type { Owner } from '../../src/ports/repositoryHost.ts';
import { MemoryRepository } from '../forge/memory/memoryRepository.ts';
import { context, Person } from './person.ts';

const origin = 'https://forge.example';

function person(id: 'github' | 'bitbucket' = 'github'): Person {
  const me = new Person([new MemoryRepository('1', 'acme/pets'), new MemoryRepository('2', 'beta/birds')], {
    id,
    origin,
  });
  me.host.people = new Map([
    ['good', 'jane'],
    ['jane@acme.example:good', 'jane'],
  ]);
  return me;
}

function fails(reason: FailureReason) {
  return (error: unknown) => Failure.is(error, reason);
}

async function all<T>(pages: AsyncIterable<readonly T[]>): Promise<readonly T[]> {
  const items: T[] = [];
  for await (const page of pages) items.push(...page);
  return items;
}

describe('signing in with a token', () => {
  it('asks whose it is and keeps it for that server', async () => {
    const me = person();
    const account = await me.use.addToken('github', origin, { token: 'good' }, context());
    assert.deepEqual([account.host, account.origin, account.name], ['github', origin, 'jane']);
    assert.deepEqual(me.use.accounts(), [account]);
    assert.deepEqual(await me.accounts.credential(account.id), { kind: 'bearer', token: 'good' });
  });

  it('sends the e-mail along where the host wants it', async () => {
    const me = person('bitbucket');
    const token = { user: 'jane@acme.example', token: 'good' };
    const account = await me.use.addToken('bitbucket', origin, token, context());
    assert.deepEqual(await me.accounts.credential(account.id), {
      kind: 'basic',
      user: 'jane@acme.example',
      password: 'good',
    });
  });

  it('keeps no token that the host refuses, and none after a cancel', async () => {
    const me = person();
    await assert.rejects(me.use.addToken('github', origin, { token: 'bad' }, context()), fails('signInNeeded'));
    const stop = new AbortController();
    stop.abort();
    await assert.rejects(
      me.use.addToken('github', origin, { token: 'good' }, context(stop.signal)),
      fails('cancelled'),
    );
    assert.deepEqual(me.use.accounts(), []);
  });

  it('forgets it when told', async () => {
    const me = person();
    const { id } = await me.use.addToken('github', origin, { token: 'good' }, context());
    await me.use.removeAccount(id);
    assert.deepEqual(me.use.accounts(), []);
    assert.equal(await me.accounts.credential(id), undefined);
  });
});

describe('what an account may choose from', () => {
  it('lists owners page by page', async () => {
    const me = person();
    me.host.owners = ['me', 'acme', 'beta'].map((id) => ({ id, name: id }));
    const pages: number[] = [];
    for await (const page of me.use.listOwners({ host: 'github', origin }, context())) pages.push(page.length);
    assert.deepEqual(pages, [1, 1, 1]);
  });

  it('lists repositories of an owner by address, searched at the host, and says which may only be read', async () => {
    const me = person();
    me.host.readOnly.add('1');
    const acme: Owner = { id: 'acme', name: 'acme' };
    const list = (query: string) => all(me.use.listRepositories({ host: 'github', origin }, acme, query, context()));
    assert.deepEqual(await list(''), [
      { name: 'acme/pets', address: `${origin}/acme/pets`, empty: true, canPush: false },
    ]);
    assert.deepEqual(await list('birds'), []);
  });

  it('says why an owner is locked, and asks nothing', async () => {
    const me = person();
    await me.use.addToken('github', origin, { token: 'good' }, context());
    const locked = { id: 'acme', name: 'acme', locked: { reason: 'singleSignOn', link: `${origin}/sso` } } as const;
    await assert.rejects(all(me.use.listRepositories({ host: 'github', origin }, locked, '', context())), (error) => {
      assert.ok(Failure.is(error, 'singleSignOn'));
      assert.deepEqual(error.facts, { repository: 'acme', origin, account: 'jane', link: `${origin}/sso` });
      return true;
    });
    assert.ok(!me.host.calls.includes('listRepositories'));
  });
});
