import assert from 'node:assert/strict';
import { ApiDescription, type ApiDescriptionOptions, type ApiException } from '../../forge/http/apiDescription.ts';
import type { ForgeRequest, ForgeRoute } from '../../forge/http/forge.ts';
import type { KeptOperation } from '../../forge/http/keptOperations.ts';

interface Asked {
  readonly query?: string;
  readonly media?: string;
  readonly body?: unknown;
}

function asked(method: string, { query = '', media = 'application/json', body }: Asked): ForgeRequest {
  const bytes = Buffer.from(body === undefined ? '' : JSON.stringify(body));
  return {
    method,
    path: '/x',
    url: new URL(`http://127.0.0.1/x${query}`),
    params: {},
    headers: { 'content-type': media },
    body: bytes,
    account: undefined,
    rights: undefined,
    json: () => body,
  };
}

const route = (method: string, path: string, operation?: string): ForgeRoute => ({
  method,
  path,
  ...(operation === undefined ? {} : { operation }),
  handle: () => ({ status: 200 }),
});

describe('forge: official descriptions', function () {
  this.timeout(30_000);

  describe('of GitHub', () => {
    let description: ApiDescription;
    before(() => {
      description = ApiDescription.load('github.json');
    });
    const check = (method: string, path: string, request: Asked = {}) =>
      description.check(asked(method, request), route(method, path));

    it('takes what is right', () => {
      assert.deepEqual(check('GET', '/repos/{owner}/{repo}/branches', { query: '?per_page=100&page=2' }), []);
      assert.deepEqual(check('GET', '/repos/{a}/{b}/contents/{path+}', { query: '?ref=main' }), []);
      const tree = { base_tree: 'x', tree: [{ path: 'a', mode: '100755', type: 'blob', sha: null }] };
      assert.deepEqual(check('POST', '/repos/{owner}/{repo}/git/trees', { body: tree }), []);
    });

    it('names what is wrong with the path and the query', () => {
      assert.deepEqual(check('GET', '/repos/{owner}/{repo}/nothing'), ['is not described']);
      assert.deepEqual(check('DELETE', '/repos/{owner}/{repo}/branches'), ['is not described']);
      assert.deepEqual(check('GET', '/user/repos', { query: '?pagelen=3&sort=best&per_page=many&page=1&page=2' }), [
        'query parameter pagelen is unknown',
        'query parameter sort must be equal to one of the allowed values',
        'query parameter per_page must be integer',
        'query parameter page is there more than once',
      ]);
      assert.deepEqual(check('GET', '/search/repositories'), ['query parameter q is missing']);
    });

    it('names what is wrong with the body, however deep', () => {
      const path = '/repos/{owner}/{repo}/git/trees';
      assert.deepEqual(check('POST', path), ['body is missing']);
      assert.deepEqual(check('POST', path, { body: { tree: [] }, media: 'text/plain' }), [
        'media type text/plain is unknown',
      ]);
      assert.deepEqual(check('POST', path, { body: { basetree: 'x', tree: [{ path: 1, mode: '777' }, { sum: 1 }] } }), [
        'body /tree/*/path must be string',
        'body /tree/*/mode must be equal to one of the allowed values',
        'body /tree/*/sum is unknown',
        'body /basetree is unknown',
      ]);
      assert.deepEqual(check('GET', '/user', { body: {} }), ['body is unknown']);
    });

    it('notes where a route is in no description, and why', () => {
      const graphql = route('POST', '/graphql', 'GraphQL has a schema of its own');
      assert.deepEqual(description.check(asked('POST', { body: {} }), graphql), []);
      assert.deepEqual([...description.undescribed], [['POST /graphql', 'GraphQL has a schema of its own']]);
    });

    it('checks answers, as far as they go', () => {
      const user = route('GET', '/repos/{owner}/{repo}/git/commits/{commit_sha}');
      const answer = (status: number, body: object) =>
        description.checkAnswer(asked('GET', {}), user, { status, body }, 'present');
      assert.deepEqual(answer(200, { sha: 'abc', parents: [{ sha: 'def' }] }), []);
      assert.deepEqual(answer(200, { sha: 1 }), ['answer 200 /sha must be string']);
      assert.deepEqual(answer(418, {}), ['answer 418 is not described']);
    });
  });

  it('reads both formats, and every list of parameters in them', function () {
    const azure = ApiDescription.official('azure-devops.json', { strip: '/{organization}' });
    const bitbucket = ApiDescription.official('bitbucket.json');
    if (!azure || !bitbucket) return this.skip();
    const items = '/{project}/_apis/git/repositories/{repositoryId}/items';
    const ask = (query: string) => azure.check(asked('GET', { query }), route('GET', items));
    assert.deepEqual(ask('?path=/a&api-version=7.1&versionDescriptor.versionType=commit'), []);
    assert.deepEqual(ask('?recursionLevel=full'), ['query parameter api-version is missing']);
    const push = route('POST', '/{project}/_apis/git/repositories/{repositoryId}/pushes');
    const pushed = (body: unknown) => azure.check(asked('POST', { query: '?api-version=7.1', body }), push);
    const change = { changeType: 'edit', newContent: { content: '1', contentType: 'rawText' } };
    const refUpdates = [{ name: 'refs/heads/main', oldObjectId: '0' }];
    assert.deepEqual(pushed({ refUpdates, commits: [{ comment: 'm', changes: [change] }] }), []);
    assert.deepEqual(pushed({ refUpdates, commits: [{ message: 'm', changes: [{ ...change, changeType: 'do' }] }] }), [
      'body /commits/*/changes/*/changeType must be equal to one of the allowed values',
      'body /commits/*/message is unknown',
    ]);
    const diffstat = route('GET', '/repositories/{workspace}/{repo_slug}/diffstat/{spec}');
    assert.deepEqual(bitbucket.check(asked('GET', { query: '?topic=no&rename=1' }), diffstat), [
      'query parameter rename is unknown',
      'query parameter topic must be boolean',
    ]);
  });

  describe('with exceptions', () => {
    const exceptions: readonly ApiException[] = [
      { method: 'GET', path: '*', what: 'query parameter pagelen*', why: 'https://example.com/paging' },
      { method: 'POST', path: '/user/repos', what: 'body /name must be string', why: 'recorded' },
    ];
    const described = () => ApiDescription.load('github.json', { exceptions });

    it('takes what they allow, and tells which ones were needed', () => {
      const description = described();
      assert.deepEqual(description.check(asked('GET', { query: '?pagelen=3' }), route('GET', '/user/repos')), []);
      assert.deepEqual([...description.needed], [exceptions[0]]);
      assert.deepEqual(description.check(asked('POST', { body: { name: 3, x: 1 } }), route('POST', '/user/repos')), [
        'body /x is unknown',
      ]);
      assert.equal(description.needed.size, 2);
    });
  });

  describe('kept by hand', () => {
    const kept: readonly KeptOperation[] = [
      { method: 'GET', path: '/user/repos', query: { per_page: 'integer', sort: ['pushed', 'updated'] } },
      {
        method: 'POST',
        path: '/repos/{o}/{r}/git/trees',
        body: {
          media: 'application/json',
          type: {
            fields: { base_tree: 'string', tree: { each: { fields: { path: 'string', mode: ['100644', '120000'] } } } },
            required: ['tree'],
          },
        },
      },
    ];
    const options: ApiDescriptionOptions = { kept };

    it('are checked like the official ones', () => {
      const description = ApiDescription.kept(options);
      const trees = route('POST', '/repos/{owner}/{repo}/git/trees');
      assert.deepEqual(description.check(asked('POST', { body: { tree: [{ path: 'a' }] } }), trees), []);
      assert.deepEqual(description.check(asked('POST', { body: { tree: [{ name: 'a' }] } }), trees), [
        'body /tree/*/name is unknown',
      ]);
      assert.deepEqual(description.check(asked('GET', { query: '?q=1' }), route('GET', '/user/repos')), [
        'query parameter q is unknown',
      ]);
    });

    it('are held to the official ones', () => {
      assert.deepEqual(ApiDescription.load('github.json', options).differences(), []);
      const [list, trees] = kept as [KeptOperation, KeptOperation];
      const wrong: readonly KeptOperation[] = [
        { ...list, query: { per_page: 'string', sort: ['best'] } },
        { method: 'GET', path: '/search/repositories', query: { q: 'string' } },
        { ...trees, body: { media: 'application/json', type: { fields: { base: 'string' } } } },
        { ...list, path: '/nowhere' },
      ];
      assert.deepEqual(
        new Set(ApiDescription.load('github.json', { kept: wrong }).differences()),
        new Set([
          'GET /user/repos: query parameter sort must be equal to one of the allowed values',
          'GET /user/repos: query parameter per_page must be integer',
          'GET /search/repositories: query parameter q is missing',
          "POST /repos/{o}/{r}/git/trees: body must have required property 'tree'",
          'POST /repos/{o}/{r}/git/trees: body /base is unknown',
          'GET /nowhere: is not described',
        ]),
      );
    });
  });
});
