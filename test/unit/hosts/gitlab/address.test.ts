import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Failure } from '../../../../src/core/errors.ts';
import { addressOf, parseAddress, parseOrigin } from '../../../../src/hosts/gitlab/address.ts';

const cloud = 'https://gitlab.com';
const own = 'https://git.acme.example';

describe('addresses of GitLab', () => {
  const rows: readonly (readonly [typed: string, origin: string, name: string])[] = [
    ['acme/payments', cloud, 'acme/payments'],
    ['acme/platform/core/payments', cloud, 'acme/platform/core/payments'],
    [' https://gitlab.com/acme/payments ', cloud, 'acme/payments'],
    ['https://gitlab.com/acme/payments.git', cloud, 'acme/payments'],
    ['https://gitlab.com/acme/payments/', cloud, 'acme/payments'],
    ['https://gitlab.com/acme/platform/payments/-/tree/feature/x/api?ref_type=heads', cloud, 'acme/platform/payments'],
    ['https://gitlab.com/acme/payments/-/blob/main/openapi.yaml#L12', cloud, 'acme/payments'],
    ['https://gitlab.com/acme/payments/-/merge_requests/5', cloud, 'acme/payments'],
    ['https://gitlab.com/acme/payments/tree/main', cloud, 'acme/payments'],
    ['https://gitlab.com/acme/payments/blob/main/a.yaml', cloud, 'acme/payments'],
    ['https://gitlab.com/tree/blob', cloud, 'tree/blob'],
    ['git@gitlab.com:acme/platform/payments.git', cloud, 'acme/platform/payments'],
    ['gitlab.com:acme/payments.git', cloud, 'acme/payments'],
    ['ssh://git@gitlab.com/acme/payments.git', cloud, 'acme/payments'],
    ['ssh://git@altssh.gitlab.com:443/acme/payments.git', cloud, 'acme/payments'],
    ['https://GIT.acme.example/acme/payments', own, 'acme/payments'],
    ['https://git.acme.example:8443/acme/payments', `${own}:8443`, 'acme/payments'],
    ['git@git.acme.example:acme/payments.git', own, 'acme/payments'],
    ['ssh://git@git.acme.example:2222/acme/payments.git', own, 'acme/payments'],
    ['http://127.0.0.1:8929/acme/payments', 'http://127.0.0.1:8929', 'acme/payments'],
    ['https://gitlab.com/acme.org/a_b-c.d', cloud, 'acme.org/a_b-c.d'],
  ];
  for (const [typed, origin, name] of rows) {
    it(`read ${typed}`, () => {
      assert.deepEqual(parseAddress(typed), { host: 'gitlab', origin, id: name, name });
    });
  }

  const refused: readonly string[] = [
    '',
    'payments',
    'https://gitlab.com',
    'https://gitlab.com/acme',
    '-acme/payments',
    '--upload-pack=x/y',
    'acme/-payments',
    'acme/../payments',
    'acme//payments',
    'acme/pay ments',
    'acme/päyments',
    'https://gitlab.com/acme/pay\u0000ments',
    'https://gitlab.com/acme/%2e%2e/x%2fy',
    'https://user:secret@gitlab.com/acme/payments',
    'https://token@gitlab.com/acme/payments',
    'http://git.acme.example/acme/payments',
    'ftp://gitlab.com/acme/payments',
    'file:///srv/acme/payments',
    'javascript://gitlab.com/acme/payments',
    'ext::sh -c x',
    'https://github.com/acme/payments',
    'https://tenant.ghe.com/acme/payments',
    'git@bitbucket.org:acme/payments.git',
    'https://dev.azure.com/acme/project/_git/payments',
    'https://acme.visualstudio.com/project/_git/payments',
    'git@ssh.dev.azure.com:v3/acme/project/payments',
    `acme/${'x'.repeat(3_000)}`,
  ];
  for (const typed of refused) {
    it(`refuse ${JSON.stringify(typed.slice(0, 60))}`, () => {
      assert.throws(
        () => parseAddress(typed),
        (error) =>
          Failure.is(error, 'unsafeUrl') && error.facts.detail !== undefined && !/secret|token@/.test(error.message),
      );
    });
  }

  it('name the project again', () => {
    const segment = fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_-]{0,12}$/);
    fc.assert(
      fc.property(fc.array(segment, { minLength: 2, maxLength: 5 }), fc.constantFrom(cloud, own), (parts, origin) => {
        const name = parts.join('/');
        const read = parseAddress(addressOf({ host: 'gitlab', origin, id: '1', name }));
        // Only what no project can be called ends a name.
        fc.pre(
          !parts
            .slice(2)
            .some((part) => ['tree', 'blob', 'raw', 'blame', 'commits', 'edit', 'refs', 'wikis'].includes(part)),
        );
        assert.deepEqual([read.origin, read.name], [origin, name]);
      }),
    );
  });

  it('never read anything into another origin, and fail with nothing but a failure', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        try {
          const { origin, name } = parseAddress(text);
          assert.equal(new URL(`${origin}/${name}`).href, `${origin}/${name}`);
        } catch (error) {
          assert.ok(Failure.is(error, 'unsafeUrl'), String(error));
        }
      }),
    );
  });

  it('name a server', () => {
    assert.equal(parseOrigin('git.acme.example'), own);
    assert.equal(parseOrigin('https://GIT.acme.example/'), own);
    assert.equal(parseOrigin('git.acme.example:8443'), `${own}:8443`);
    assert.equal(parseOrigin('http://localhost:8929'), 'http://localhost:8929');
    for (const bad of [
      '',
      'http://git.acme.example',
      'https://a:b@git.acme.example',
      'git.acme.example/gitlab',
      'github.com',
      '-x',
    ]) {
      assert.throws(
        () => parseOrigin(bad),
        (error) => Failure.is(error, 'unsafeUrl'),
        bad,
      );
    }
  });
});
