import assert from 'node:assert/strict';
import { Failure } from '../../../../src/core/errors.ts';
import type { Credential } from '../../../../src/ports/accounts.ts';
import { KeptByVscode as Kept } from './keptByVscode.ts';

const jane = { host: 'github', origin: 'https://github.com', name: 'jane' } as const;
const token: Credential = { kind: 'bearer', token: 'ghp_secret' };

describe('accounts in VS Code’s secret store', () => {
  it('gives back what was added, after a restart too', async () => {
    const kept = new Kept();
    const { id } = await kept.window().add(jane, token);
    const again = kept.window();
    assert.deepEqual(again.list(), [{ id, ...jane, source: 'token' }]);
    assert.deepEqual(await again.credential(id), token);
    const basic: Credential = { kind: 'basic', user: 'jane@acme.example', password: 'x' };
    const bucket = await again.add({ ...jane, host: 'bitbucket', origin: 'https://bitbucket.org' }, basic);
    assert.deepEqual(await kept.window().credential(bucket.id), basic);
  });

  it('writes a token nowhere but there', async () => {
    const kept = new Kept();
    await kept.window().add(jane, token);
    assert.ok(!JSON.stringify([...kept.stateValues]).includes('ghp_secret'));
    assert.ok(![...kept.secretValues.keys()].join().includes('ghp_secret'));
  });

  it('replaces the token of a person on the same server, and puts the last one first', async () => {
    const kept = new Kept();
    const accounts = kept.window();
    const { id } = await accounts.add(jane, token);
    await accounts.add({ ...jane, name: 'joe' }, token);
    await accounts.add(jane, { kind: 'bearer', token: 'newer' });
    assert.deepEqual(
      accounts.list().map(({ name }) => name),
      ['jane', 'joe'],
    );
    assert.deepEqual(await accounts.credential(id), { kind: 'bearer', token: 'newer' });
    assert.equal(kept.secretValues.size, 2);
  });

  it('tells every window, which then finds it', async () => {
    const kept = new Kept();
    const other = kept.window();
    const heard: number[] = [];
    other.onDidChange(() => heard.push(other.list().length));
    const mine = kept.window();
    const { id } = await mine.add(jane, token);
    assert.deepEqual(heard, [1]);
    await mine.remove(id);
    assert.deepEqual(heard, [1, 0]);
    assert.equal(other.nameOf(id), 'jane', 'what was chosen for a repository names them still');
    assert.equal(other.nameOf('anything'), undefined);
    assert.equal(await other.credential(id), undefined);
    assert.deepEqual([...kept.secretValues], []);
    other.dispose();
    await mine.add(jane, token);
    assert.equal(heard.length, 2);
  });

  it('hears nothing of other secrets', async () => {
    const kept = new Kept();
    const accounts = kept.window();
    let heard = 0;
    accounts.onDidChange(() => heard++);
    await kept.secrets.store('something else', 'x');
    assert.equal(heard, 0);
  });

  it('keeps no account whose secret could not be kept', async () => {
    const kept = new Kept();
    kept.refuseSecrets = true;
    await assert.rejects(kept.window().add(jane, token), /locked/);
    assert.deepEqual(kept.window().list(), []);
  });

  it('takes what it cannot read for nobody', async () => {
    const kept = new Kept();
    const accounts = kept.window();
    const { id } = await accounts.add(jane, token);
    for (const text of ['', '{', '[]', 'null', '{"kind":"bearer"}', '{"kind":"basic","token":"x"}']) {
      kept.secretValues.set(`account:${id}`, text);
      assert.equal(await accounts.credential(id), undefined, text);
    }
    kept.stateValues.set('accounts', [null, 'x', { id: 1 }, { id: 'a', host: 'github' }]);
    assert.deepEqual(accounts.list(), []);
    kept.stateValues.set('accounts', { not: 'a list' });
    assert.deepEqual(accounts.list(), []);
  });
});

describe('accounts of VS Code’s own sessions', () => {
  const session = { provider: 'github', id: '17', label: 'jane', scopes: ['repo'] };
  const news = { provider: { id: 'github', label: 'GitHub' } };

  it('are asked for in silence, by account', async () => {
    const kept = new Kept();
    kept.sessionTokens.set('github 17', 'gho_secret');
    const { id } = await kept.window().addSession(jane, session);
    assert.deepEqual(await kept.window().credential(id), { kind: 'bearer', token: 'gho_secret' });
    const options = { silent: true, account: { id: '17', label: 'jane' } };
    assert.deepEqual(kept.asked, [{ provider: 'github', scopes: ['repo'], options }]);
    assert.ok(!JSON.stringify([...kept.stateValues, ...kept.secretValues]).includes('gho_secret'));
  });

  it('are signed out when VS Code has none any more, and back when it has', async () => {
    const kept = new Kept();
    kept.sessionTokens.set('github 17', 'gho_secret');
    const accounts = kept.window();
    const { id } = await accounts.addSession(jane, session);
    let heard = 0;
    accounts.onDidChange(() => heard++);
    kept.sessionTokens.clear();
    assert.equal(await accounts.credential(id), undefined);
    assert.equal(accounts.list()[0]?.state, 'signedOut');
    assert.equal(heard, 1);
    kept.sessionTokens.set('github 17', 'gho_other');
    kept.sessionChanges.fire(news);
    await new Promise(setImmediate);
    assert.equal(accounts.list()[0]?.state, undefined);
    assert.equal(heard, 2);
  });

  it('stay as they are when nobody can tell', async () => {
    const kept = new Kept();
    const accounts = kept.window();
    const { id } = await accounts.addSession(jane, session);
    kept.brokenSessions = true;
    await assert.rejects(accounts.credential(id), (error) => Failure.is(error, 'unsupported'));
    kept.sessionChanges.fire(news);
    await new Promise(setImmediate);
    assert.equal(accounts.list()[0]?.state, undefined);
  });
});

describe('accounts with a host’s grant', () => {
  const gitlab = { host: 'gitlab', origin: 'https://gitlab.com', name: 'jane' } as const;
  const grant = { accessToken: 'glo_1', refreshToken: 'glr_1', expires: 10_000_000 };
  const renewed = { accessToken: 'glo_2', refreshToken: 'glr_2', expires: 20_000_000 };

  it('are renewed before they end, for every window', async () => {
    const kept = new Kept();
    const { id } = await kept.window().addGrant(gitlab, grant, { id: 'ours' });
    assert.deepEqual(await kept.window().credential(id), { kind: 'bearer', token: 'glo_1' });
    kept.now = grant.expires;
    kept.renew = () => Promise.resolve(renewed);
    assert.deepEqual(await kept.window().credential(id), { kind: 'bearer', token: 'glo_2' });
    assert.ok(!JSON.stringify([...kept.stateValues]).includes('glo_'));
  });

  it('are renewed when the host refuses them; signed out only when it refuses that too', async () => {
    const kept = new Kept();
    const accounts = kept.window();
    const { id } = await accounts.addGrant(gitlab, grant, { id: 'ours' });
    kept.renew = () => Promise.resolve(renewed);
    const first = { kind: 'bearer', token: 'glo_1' } as const;
    assert.deepEqual(await accounts.refused(id, first), { kind: 'bearer', token: 'glo_2' });
    assert.equal(accounts.list()[0]?.state, undefined);
    kept.renew = () => Promise.reject(new Failure('offline'));
    await assert.rejects(accounts.refused(id, { kind: 'bearer', token: 'glo_2' }));
    assert.equal(accounts.list()[0]?.state, undefined);
    kept.renew = () => Promise.reject(new Failure('signInNeeded'));
    assert.equal(await accounts.refused(id, { kind: 'bearer', token: 'glo_2' }), undefined);
    assert.equal(accounts.list()[0]?.state, 'signedOut');
    assert.equal(await accounts.credential(id), undefined);
    await accounts.addGrant(gitlab, grant, { id: 'ours' });
    assert.equal(accounts.list()[0]?.state, undefined);
  });
});

describe('a pasted token that its host refuses', () => {
  it('signs out once, unless another window has got another one', async () => {
    const kept = new Kept();
    const accounts = kept.window();
    const { id } = await accounts.add(jane, token);
    const newer: Credential = { kind: 'bearer', token: 'newer' };
    await kept.window().add(jane, newer);
    assert.deepEqual(await accounts.refused(id, token), newer);
    let heard = 0;
    accounts.onDidChange(() => heard++);
    for (let time = 0; time < 3; time++) assert.equal(await accounts.refused(id, newer), undefined);
    assert.equal(heard, 1);
    assert.deepEqual(
      accounts.list().map(({ state }) => state),
      ['signedOut'],
    );
  });
});
