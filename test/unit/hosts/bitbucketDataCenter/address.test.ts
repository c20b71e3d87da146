import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Failure } from '../../../../src/core/errors.ts';
import { addressOf, parseAddress, parseOrigin, splitName } from '../../../../src/hosts/bitbucketDataCenter/address.ts';

const refuses = (work: () => unknown, rule?: RegExp): void => {
  assert.throws(work, (error: unknown) => {
    if (!Failure.is(error, 'unsafeUrl')) return false;
    return rule === undefined || rule.test(error.facts.detail ?? '');
  });
};

describe('an address of Bitbucket Data Center', () => {
  const server = 'https://git.acme.example';
  const found: readonly (readonly [typed: string, origin: string, name: string])[] = [
    [`${server}/projects/PAY/repos/payments`, server, 'PAY/payments'],
    [`${server}/projects/PAY/repos/payments/browse`, server, 'PAY/payments'],
    [`${server}/projects/PAY/repos/payments/browse/dir/a%20b.yaml?at=refs%2Fheads%2Fx#3`, server, 'PAY/payments'],
    [`${server}/projects/pay/repos/payments/pull-requests/7/overview`, server, 'PAY/payments'],
    [`${server}/bitbucket/projects/PAY/repos/payments`, `${server}/bitbucket`, 'PAY/payments'],
    [`${server}:8443/a/b/projects/PAY/repos/payments`, `${server}:8443/a/b`, 'PAY/payments'],
    [`${server}/users/jane/repos/own.stuff`, server, '~jane/own.stuff'],
    [`${server}/projects/~jane/repos/own.stuff`, server, '~jane/own.stuff'],
    [`${server}/scm/pay/payments.git`, server, 'PAY/payments'],
    [`https://jane@git.acme.example/bitbucket/scm/~jane/own.git`, `${server}/bitbucket`, '~jane/own'],
    ['ssh://git@git.acme.example:7999/pay/payments.git', server, 'PAY/payments'],
    ['ssh://git@git.acme.example:7999/~jane/own.git', server, '~jane/own'],
    ['http://127.0.0.1:7990/bitbucket/projects/PAY/repos/x', 'http://127.0.0.1:7990/bitbucket', 'PAY/x'],
    [`  ${server}/projects/PAY/repos/payments/  `, server, 'PAY/payments'],
  ];
  for (const [typed, origin, name] of found) {
    it(`is read: ${typed}`, () => {
      assert.deepEqual(parseAddress(typed), { host: 'bitbucketDataCenter', origin, id: name, name });
    });
  }

  const refused: readonly (readonly [typed: string, rule: RegExp])[] = [
    ['', /empty/],
    ['PAY/payments', /page of the repository/],
    ['-oProxyCommand=x', /begin with/],
    [`https://jane:secret@git.acme.example/projects/PAY/repos/x`, /password/],
    ['ssh://git:secret@git.acme.example/pay/x.git', /password/],
    ['http://git.acme.example/projects/PAY/repos/x', /https/],
    ['ftp://git.acme.example/projects/PAY/repos/x', /page of the repository/],
    ['https://bitbucket.org/projects/PAY/repos/x', /another host/],
    ['https://github.com/scm/acme/payments.git', /another host/],
    [`${server}/projects/PAY`, /names no repository/],
    [`${server}/projects/PAY/repos/..%2Fadmin`, /named/],
    [`${server}/projects/PAY/repos/a%20b`, /not a repository/],
    [`${server}/projects/-x/repos/y`, /named/],
    [`${server}/projects/PAY/repos/%zz`, /escape/],
    [`${server}/projects/PAY\\..\\x/repos/y`, /"\\"/],
    [`${server}/projects/PAY/repos/x\n`.repeat(2), /control/],
    [`${server}/${'x'.repeat(3_000)}`, /longer/],
  ];
  for (const [typed, rule] of refused) {
    it(`is refused: ${JSON.stringify(typed.slice(0, 60))}`, () => refuses(() => parseAddress(typed), rule));
  }

  it('of a server is whatever a person sees of it', () => {
    for (const typed of ['git.acme.example', `${server}/`, `${server}/dashboard`, `${server}/projects/PAY/repos/x`]) {
      assert.equal(parseOrigin(typed), server);
    }
    assert.equal(parseOrigin('git.acme.example/bitbucket/'), `${server}/bitbucket`);
    assert.equal(parseOrigin(`${server}/bitbucket/projects`), `${server}/bitbucket`);
    for (const typed of [
      'bitbucket.org',
      'http://git.acme.example',
      'https://a:b@git.acme.example',
      'a b',
      `${server}/a b`,
    ]) {
      refuses(() => parseOrigin(typed));
    }
  });

  it('is read as it was written', () => {
    const key = fc.oneof(fc.stringMatching(/^[A-Z][A-Z0-9_]{0,9}$/), fc.stringMatching(/^~[a-z0-9_][a-z0-9_.-]{0,9}$/));
    const slug = fc.stringMatching(/^[a-z0-9_][a-z0-9_.-]{0,12}$/).filter((text) => !text.endsWith('.git'));
    const origin = fc.constantFrom(server, `${server}/bitbucket`, `${server}:7990/a/b`);
    fc.assert(
      fc.property(key, slug, origin, (project, repository, at) => {
        const ref = { host: 'bitbucketDataCenter' as const, origin: at, name: `${project}/${repository}` };
        assert.deepEqual(parseAddress(addressOf(ref)), { ...ref, id: ref.name });
      }),
    );
  });

  it('names one repository below one project, whatever a file says', () => {
    assert.deepEqual(splitName('PAY/payments'), { key: 'PAY', slug: 'payments' });
    for (const name of [
      '',
      'PAY',
      'PAY/',
      'PAY/..',
      'PAY/.',
      '../x',
      'PAY/a/b',
      'PAY/a?b',
      'PAY/a#b',
      'P%41Y/x',
      'PAY/-x',
    ]) {
      refuses(() => splitName(name));
    }
  });
});
