import assert from 'node:assert/strict';
import { Forge, type ForgeOptions, type ForgeRoute } from '../../forge/http/forge.ts';

const token = 'secret-token-1';

const routes: readonly ForgeRoute[] = [
  { method: 'GET', path: '/repos/{owner}/{repo}', handle: ({ params }) => ({ status: 200, body: params }) },
  { method: 'GET', path: '/repos/{owner}/{repo}/src/{path+}', handle: ({ params }) => ({ status: 200, body: params }) },
  { method: 'GET', path: '/open', anonymous: true, handle: ({ account }) => ({ status: 200, body: { account } }) },
  { method: 'GET', path: '/graphql', base: '/api', handle: () => ({ status: 200, body: 'outside' }) },
  { method: 'GET', path: '/elsewhere', base: '/api', otherSite: true, handle: () => ({ status: 200 }) },
];

describe('forge: the server', function () {
  this.timeout(30_000);
  let forge: Forge;
  let committed: number;
  const start = async (options: Partial<ForgeOptions> = {}) => {
    const commit: ForgeRoute = {
      method: 'POST',
      path: '/commits',
      commits: true,
      handle: ({ json }) => ({ status: 201, body: { committed: ++committed, said: json() } }),
    };
    forge = await Forge.start({
      name: 'test',
      base: '/api/v3',
      routes: [...routes, commit],
      accounts: { [token]: { name: 'ada', rights: 'write' } },
      unauthorized: () => ({ status: 401, body: { message: 'Who?' } }),
      ...options,
    });
  };
  beforeEach(async () => {
    committed = 0;
    await start();
  });
  afterEach(() => forge.stop());

  const headers = { authorization: `Bearer ${token}` };
  const get = (path: string, more: Record<string, string> = {}) =>
    fetch(forge.origin + path, { headers: { ...headers, ...more } });
  const commit = () => fetch(`${forge.origin}/api/v3/commits`, { method: 'POST', headers, body: '{"a":1}' });

  it('finds routes and decodes what their paths say', async () => {
    const flat = await get('/api/v3/repos/acme/pay%2Fments');
    assert.deepEqual(await flat.json(), { owner: 'acme', repo: 'pay/ments' });
    const deep = await get('/api/v3/repos/acme/p/src/a/b%20c/%E6%97%A5.yaml');
    assert.deepEqual(await deep.json(), { owner: 'acme', repo: 'p', path: 'a/b c/日.yaml' });
    assert.deepEqual(await (await get('/api/v3/repos/acme/p/src/')).json(), { owner: 'acme', repo: 'p', path: '' });
    assert.equal(await (await get('/api/graphql')).text(), 'outside');
    assert.equal((await get('/api/v3/nothing')).status, 404);
    assert.deepEqual(forge.violations, ['GET /api/v3/nothing: the forge knows no such path']);
    assert.deepEqual(
      forge.requests.map(({ route, status, account }) => [route, status, account]),
      [
        ['GET /repos/{owner}/{repo}', 200, 'ada'],
        ['GET /repos/{owner}/{repo}/src/{path+}', 200, 'ada'],
        ['GET /repos/{owner}/{repo}/src/{path+}', 200, 'ada'],
        ['GET /graphql', 200, 'ada'],
        [undefined, 404, 'ada'],
      ],
    );
  });

  it('knows an account by its token, however it is sent', async () => {
    const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` });
    for (const own of [headers, basic(`ada:${token}`), basic(`:${token}`), { 'private-token': token }]) {
      assert.equal((await fetch(`${forge.origin}/api/v3/repos/a/b`, { headers: own })).status, 200);
    }
    for (const own of [{}, { authorization: 'Bearer other' }, basic('other'), { 'private-token': '' }]) {
      assert.equal((await fetch(`${forge.origin}/api/v3/repos/a/b`, { headers: own })).status, 401);
    }
    assert.deepEqual(await (await fetch(`${forge.origin}/api/v3/open`)).json(), {});
    assert.equal((await fetch(`${forge.origin}/api/v3/open`, { headers: basic('x') })).status, 401);
  });

  it('does not let a token into an address', async () => {
    await get(`/api/v3/repos/a/b?access_token=${token}`);
    assert.deepEqual(forge.violations, ['GET /repos/{owner}/{repo}: a token is in the address']);
  });

  it('lets pages of other origins read what it says, and nothing of another site', async () => {
    const preflight = { 'access-control-request-method': 'GET' };
    const ask = (path: string) => fetch(forge.origin + path, { method: 'OPTIONS', headers: preflight });
    const allowed = (response: Response) => response.headers.get('access-control-allow-origin');
    assert.equal(allowed(await get('/api/v3/open')), null);
    assert.deepEqual([(await ask('/api/v3/open')).status, allowed(await ask('/api/v3/open'))], [405, null]);
    await forge.stop();
    await start({ exposedHeaders: ['ETag', 'Link'] });
    const shared = await get('/api/v3/open');
    assert.deepEqual([allowed(shared), shared.headers.get('access-control-expose-headers')], ['*', 'ETag, Link']);
    assert.deepEqual([(await ask('/api/v3/open')).status, allowed(await ask('/api/v3/open'))], [204, '*']);
    assert.equal(allowed(await get('/api/elsewhere')), null);
    assert.deepEqual([(await ask('/api/elsewhere')).status, allowed(await ask('/api/elsewhere'))], [405, null]);
    assert.deepEqual(forge.violations, []);
    assert.equal(forge.requests.length, 2);
  });

  it('answers the same ETag by 304', async () => {
    await forge.stop();
    await start({ etags: true });
    const first = await get('/api/v3/repos/a/b');
    const again = await get('/api/v3/repos/a/b', { 'if-none-match': first.headers.get('etag')! });
    assert.equal(again.status, 304);
    assert.equal((await get('/api/v3/repos/a/c', { 'if-none-match': first.headers.get('etag')! })).status, 200);
  });

  it('fails once, or as long as it is told to', async () => {
    forge.faults.next(({ path }) => path.endsWith('/b'), { status: 502, body: 'Bad gateway' });
    assert.equal((await get('/api/v3/repos/a/c')).status, 200);
    assert.equal((await get('/api/v3/repos/a/b')).status, 502);
    assert.equal((await get('/api/v3/repos/a/b')).status, 200);
    const back = forge.faults.always(() => true, { status: 500 });
    assert.equal((await get('/api/v3/repos/a/b')).status, 500);
    assert.equal((await get('/api/v3/repos/a/b')).status, 500);
    back();
    assert.equal((await get('/api/v3/repos/a/b')).status, 200);
  });

  it('cuts connections before and after, and in the middle', async () => {
    forge.faults.next(() => true, 'dropBefore');
    await assert.rejects(commit());
    assert.equal(committed, 0);
    forge.faults.loseAnswer = true;
    await get('/api/v3/repos/a/b');
    await assert.rejects(commit());
    assert.equal(committed, 1);
    assert.deepEqual(await (await commit()).json(), { committed: 2, said: { a: 1 } });
    forge.faults.next(() => true, 'truncate');
    await assert.rejects(async () => (await get('/api/v3/repos/a/b')).text());
  });

  it('holds requests, and lets a teammate be faster', async () => {
    let release = () => {};
    forge.faults.hold = new Promise((resolve) => (release = resolve));
    const waiting = get('/api/v3/repos/a/b');
    while (forge.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    assert.equal(forge.requests[0]?.status, 0);
    forge.faults.hold = undefined;
    release();
    assert.equal((await waiting).status, 200);
    const seen: number[] = [];
    forge.faults.beforeCommit = () => void seen.push(committed);
    await get('/api/v3/repos/a/b');
    await commit();
    await commit();
    assert.deepEqual(seen, [0]);
  });

  it('says which route failed', async () => {
    await forge.stop();
    const broken: ForgeRoute = { method: 'GET', path: '/x', handle: () => Promise.reject(new Error('a defect')) };
    await start({ routes: [broken] });
    await assert.rejects(get('/api/v3/x'));
    assert.match(forge.violations.join(), /GET \/api\/v3\/x: the forge failed: Error: a defect/);
  });
});
