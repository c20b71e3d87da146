import { MemoryAccounts } from '../../../src/adapters/memory/memoryAccounts.ts';
import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SilentLog } from '../../../src/adapters/memory/silentLog.ts';
import { Failure } from '../../../src/core/errors.ts';
import { cloudEntries } from '../../../src/hosts/cloudEntries.ts';
import type { HttpTools } from '../../../src/hosts/http/httpTools.ts';
import { HostCatalogue, type HostEntry } from '../../../src/hosts/catalogue.ts';
import { createHasher as createNodeHasher, platformHosts as nodeHosts } from '../../../src/platform/node/index.ts';
import { createHasher as createWebHasher, platformHosts as webHosts } from '../../../src/platform/web/index.ts';
import type { Session } from '../../../src/ports/accounts.ts';
import { MemoryHost } from '../../forge/memory/memoryHost.ts';

function settings(storage: string) {
  return {
    storage,
    programs: '/nowhere',
    gitPath: () => undefined,
    credentials: { ask: () => Promise.resolve(undefined) },
    hasher: createNodeHasher(),
    log: new SilentLog(),
  };
}

describe('HostCatalogue', () => {
  it('opens one adapter per host and origin', async () => {
    const created: string[] = [];
    const entry: HostEntry = {
      description: { id: 'gitlab', icon: 'x', addressing: 'list', selfManaged: false },
      address: ({ name }) => name,
      parseOrigin: (address) => address,
      parse: (address) => ({ host: 'gitlab', origin: 'https://a', id: address, name: address }),
      create: (origin) => (created.push(origin), Promise.resolve(new MemoryHost({ id: 'gitlab', origin }))),
    };
    const hosts = new HostCatalogue([entry], new MemoryAccounts());
    const [one, same, other] = await Promise.all(
      ['https://a', 'https://a', 'https://b'].map((origin) => hosts.open('gitlab', origin)),
    );
    assert.equal(one, same);
    assert.notEqual(one, other);
    assert.deepEqual(created, ['https://a', 'https://b']);
    assert.equal(hosts.parse('gitlab', 'x').id, 'x');
  });

  it('opens no origin that a person could not have named: it may come from a shared file', async () => {
    const tools = {} as HttpTools;
    const entries = cloudEntries(tools, { openGitWriter: undefined, readsAnyServer: true });
    const hosts = new HostCatalogue(entries, new MemoryAccounts());
    for (const [host, origin] of [
      ['github', 'nowhere'],
      ['github', 'http://github.com'],
      ['github', 'https://gitlab.com'],
      ['github', 'https://github.com@evil.example'],
      ['gitlab', 'https://gitlab.com/group/..'],
      ['bitbucket', 'https://bitbucket.org.evil.example'],
      ['azureDevOps', 'https://dev.azure.com/acme/../other'],
      ['bitbucketDataCenter', 'https://bitbucket.org'],
    ] as const) {
      await assert.rejects(hosts.open(host, origin), (error) => Failure.is(error, 'unsafeUrl'), `${host} ${origin}`);
    }
  });

  it('tries again after an adapter could not be made', async () => {
    let attempts = 0;
    const entry: HostEntry = {
      description: { id: 'git', icon: 'x', addressing: 'url', selfManaged: true },
      address: ({ id }) => id,
      parseOrigin: (address) => address,
      parse: () => assert.fail('not asked'),
      create: (origin) =>
        attempts++ === 0 ? Promise.reject(new Error('chunk')) : Promise.resolve(new MemoryHost({ origin })),
    };
    const hosts = new HostCatalogue([entry], new MemoryAccounts());
    await assert.rejects(hosts.open('git', 'o'), /chunk/);
    assert.equal((await hosts.open('git', 'o')).origin, 'o');
  });

  it('refuses a host that is not here', async () => {
    const hosts = new HostCatalogue([], new MemoryAccounts());
    const isAbsent = (error: unknown) => Failure.is(error, 'unsupported') && error.facts.detail === 'hostAbsent: git';
    assert.throws(() => hosts.parse('git', 'https://example.com/x'), isAbsent);
    await assert.rejects(hosts.open('git', 'https://example.com'), isAbsent);
  });
});

describe('who a host is asked as', () => {
  const origin = 'https://github.com';
  const credential = (token: string) => ({ kind: 'bearer', token }) as const;

  async function sessions() {
    const made: Session[] = [];
    const entry: HostEntry = {
      description: { id: 'github', icon: 'x', addressing: 'list', selfManaged: true },
      address: ({ name }) => name,
      parseOrigin: (address) => address,
      parse: () => assert.fail('not asked'),
      create: (at, session) => (made.push(session), Promise.resolve(new MemoryHost({ id: 'github', origin: at }))),
    };
    const accounts = new MemoryAccounts();
    const jane = await accounts.add({ host: 'github', origin, name: 'jane' }, credential('jane’s'));
    const work = await accounts.add({ host: 'github', origin, name: 'jane-work' }, credential('work’s'));
    const hosts = new HostCatalogue([entry], accounts);
    const sessionOf = async (at: string, account?: string): Promise<Session> => {
      const before = made.length;
      await hosts.open('github', at, account);
      return made[before] ?? assert.fail('no session of its own');
    };
    return { accounts, hosts, jane, work, sessionOf };
  }

  it('is the account that was chosen, each with an adapter of its own', async () => {
    const { hosts, jane, work, sessionOf } = await sessions();
    assert.deepEqual(await (await sessionOf(origin, jane.id)).credential(), credential('jane’s'));
    assert.deepEqual(await (await sessionOf(origin, work.id)).credential(), credential('work’s'));
    assert.equal(await hosts.open('github', origin, jane.id), await hosts.open('github', origin, jane.id));
    assert.notEqual(await hosts.open('github', origin, jane.id), await hosts.open('github', origin, work.id));
  });

  it('is nobody for an account of another server, whatever names it', async () => {
    const { jane, sessionOf } = await sessions();
    const session = await sessionOf('https://ghe.example', jane.id);
    assert.deepEqual([session.account, await session.credential()], [undefined, undefined]);
  });

  it('is nobody else once the chosen one is gone', async () => {
    const { accounts, jane, sessionOf } = await sessions();
    const session = await sessionOf(origin, jane.id);
    assert.equal(session.absent, undefined);
    await accounts.remove(jane.id);
    assert.deepEqual([session.account, await session.credential()], [undefined, undefined]);
    assert.equal(session.absent, 'jane');
  });

  it('is whoever signed in last where nobody was chosen', async () => {
    const { accounts, sessionOf } = await sessions();
    const session = await sessionOf(origin);
    assert.equal(session.account, 'jane-work');
    await accounts.add({ host: 'github', origin, name: 'third' }, credential('x'));
    assert.equal(session.account, 'third');
  });

  it('is not asked any more as somebody whom the host refused, until they sign in again', async () => {
    const { accounts, jane, sessionOf } = await sessions();
    const session = await sessionOf(origin, jane.id);
    const used = await session.credential();
    assert.ok(used !== undefined);
    await session.refused?.(used);
    await assert.rejects(session.credential(), (error) => {
      assert.ok(Failure.is(error, 'signInNeeded'));
      assert.deepEqual(error.facts, { account: 'jane', origin });
      return true;
    });
    await accounts.add({ host: 'github', origin, name: 'jane' }, credential('new'));
    assert.deepEqual(await session.credential(), credential('new'));
  });
});

describe('platform', () => {
  it('has Git on a computer, without touching the disk before it is used', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'hosts-'));
    try {
      const hosts = new HostCatalogue(nodeHosts(settings(join(folder, 'storage'))), new MemoryAccounts());
      assert.deepEqual(hosts.descriptions, [{ id: 'git', icon: 'git-branch', addressing: 'url', selfManaged: true }]);
      const reference = hosts.parse('git', 'https://example.com/acme/api.git');
      assert.deepEqual(reference, {
        host: 'git',
        origin: 'https://example.com',
        id: 'https://example.com/acme/api.git',
        name: 'api',
      });
      assert.equal((await hosts.open('git', reference.origin)).origin, reference.origin);
      assert.deepEqual(await readdir(folder), []);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('has no Git in a browser', () => assert.deepEqual(webHosts(settings('/')), []));

  for (const [platform, createHasher] of [
    ['a computer', createNodeHasher],
    ['a browser', createWebHasher],
  ] as const) {
    it(`hashes as Git does on ${platform}`, async () => {
      const hasher = createHasher();
      assert.equal(await hasher.blobId(new Uint8Array()), 'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391');
      assert.equal(
        await hasher.blobId(new TextEncoder().encode('hello\n')),
        'ce013625030ba8dba906f756967f9e9ca394464a',
      );
    });
  }
});
