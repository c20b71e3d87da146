import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Failure } from '../../../../src/core/errors.ts';
import { addressOf, apiBase, parseAddress, parseOrigin } from '../../../../src/hosts/github/address.ts';

describe('addresses of GitHub', () => {
  const understood: readonly (readonly [typed: string, origin: string, name: string])[] = [
    ['acme/payments', 'https://github.com', 'acme/payments'],
    ['  acme/payments.git ', 'https://github.com', 'acme/payments'],
    ['github.com/acme/payments', 'https://github.com', 'acme/payments'],
    ['https://github.com/acme/payments', 'https://github.com', 'acme/payments'],
    ['https://www.github.com/acme/payments/', 'https://github.com', 'acme/payments'],
    ['HTTPS://GitHub.com/acme/payments.git', 'https://github.com', 'acme/payments'],
    ['https://ada@github.com/acme/payments', 'https://github.com', 'acme/payments'],
    ['https://github.com/acme/payments/tree/feature/x?tab=readme#top', 'https://github.com', 'acme/payments'],
    ['https://github.com/acme/payments/blob/main/open%20api.yaml', 'https://github.com', 'acme/payments'],
    ['https://github.com/acme/payments/pull/7/files', 'https://github.com', 'acme/payments'],
    ['git@github.com:acme/payments.git', 'https://github.com', 'acme/payments'],
    ['org-123@github.com:acme/payments.git', 'https://github.com', 'acme/payments'],
    ['ssh://git@github.com/acme/payments.git', 'https://github.com', 'acme/payments'],
    ['ssh://git@ssh.github.com:443/acme/payments.git', 'https://github.com', 'acme/payments'],
    ['https://ghe.acme.example/team/api', 'https://ghe.acme.example', 'team/api'],
    ['https://ghe.acme.example:8443/team/api.git', 'https://ghe.acme.example:8443', 'team/api'],
    ['ssh://git@ghe.acme.example:122/team/api', 'https://ghe.acme.example', 'team/api'],
    ['https://acme.ghe.com/team/api', 'https://acme.ghe.com', 'team/api'],
    ['http://127.0.0.1:8080/acme/payments', 'http://127.0.0.1:8080', 'acme/payments'],
    ['acme_shop/.github', 'https://github.com', 'acme_shop/.github'],
  ];
  for (const [typed, origin, name] of understood) {
    it(`understands ${typed}`, () => {
      assert.deepEqual(parseAddress(typed), { host: 'github', origin, id: name, name });
      assert.deepEqual(parseAddress(addressOf({ origin, name })), { host: 'github', origin, id: name, name });
    });
  }

  const refused: readonly (readonly [typed: string, rule: RegExp])[] = [
    ['', /empty/],
    ['   ', /empty/],
    ['a'.repeat(3_000), /longer/],
    ['--upload-pack=x', /begin with "-"/],
    ['-x/y', /begin with "-"/],
    ['acme/pay\u0000ments', /control/],
    ['acme/pay ments', /white space/],
    ['acme\\payments', /"\\"/],
    ['ext::sh -c x', /transport helpers/],
    ['ext::x', /transport helpers/],
    ['file:///etc/passwd', /"file:" is not https/],
    ['javascript:alert(1)', /server's name|not a URL|repository/],
    ['https://ada:secret@github.com/acme/payments', /password/],
    ['http://github.com/acme/payments', /http sends/],
    ['http://ghe.acme.example/acme/payments', /http sends/],
    ['https://gitlab.com/acme/payments', /another host/],
    ['git@bitbucket.org:acme/payments.git', /another host/],
    ['https://dev.azure.com/acme/x/_git/y', /another host/],
    ['https://gist.github.com/ada/123', /holds no repositories/],
    ['https://acme.github.io/payments', /holds no repositories/],
    ['https://github.com', /names no repository/],
    ['https://github.com/acme', /names no repository/],
    ['https://github.com/settings/tokens', /names no repository/],
    ['https://github.com/orgs/acme/repositories', /names no repository/],
    ['https://github.com/acme/..', /names no repository/],
    ['acme/..', /repository's name/],
    ['acme/pay%2Fments', /repository's name/],
    ['https://github.com/ac%20me/payments', /owner's name/],
  ];
  for (const [typed, rule] of refused) {
    it(`refuses ${JSON.stringify(typed.slice(0, 60))}`, () => {
      assert.throws(
        () => parseAddress(typed),
        (error) => {
          assert.ok(Failure.is(error, 'unsafeUrl'));
          assert.match(error.facts.detail ?? '', rule);
          assert.ok(!JSON.stringify(error.facts).includes('secret'));
          return true;
        },
      );
    });
  }

  it('refuses or understands anything, and what it understands is a plain address', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.webUrl({ withQueryParameters: true }), fc.stringMatching(/^[\w./:@-]{1,30}$/)),
        (typed) => {
          try {
            const { origin, name } = parseAddress(typed);
            assert.match(origin, /^(?:https:\/\/[a-z0-9.-]+(?::\d+)?|http:\/\/(?:localhost|127\.|\[::1\]).*)$/);
            assert.match(name, /^[A-Za-z0-9][\w-]*\/[\w.-]+$/);
            assert.equal(parseAddress(addressOf({ origin, name })).name, name);
          } catch (error) {
            assert.ok(Failure.is(error, 'unsafeUrl'), String(error));
          }
        },
      ),
    );
  });

  it('knows servers by any address on them', () => {
    assert.equal(parseOrigin('github.com'), 'https://github.com');
    assert.equal(parseOrigin('https://api.github.com/graphql'), 'https://github.com');
    assert.equal(parseOrigin('ghe.acme.example'), 'https://ghe.acme.example');
    assert.equal(parseOrigin('https://ghe.acme.example/api/v3'), 'https://ghe.acme.example');
    assert.equal(parseOrigin('https://api.acme.ghe.com'), 'https://acme.ghe.com');
    assert.equal(parseOrigin('http://localhost:3000'), 'http://localhost:3000');
    for (const typed of ['', 'server', 'https://gitlab.com', 'http://ghe.acme.example', 'ssh://ghe.acme.example']) {
      if (typed.startsWith('ssh')) continue;
      assert.throws(() => parseOrigin(typed), { reason: 'unsafeUrl' });
    }
  });

  it('knows where the API is', () => {
    assert.equal(apiBase('https://github.com'), 'https://api.github.com');
    assert.equal(apiBase('https://acme.ghe.com'), 'https://api.acme.ghe.com');
    assert.equal(apiBase('https://ghe.acme.example:8443'), 'https://ghe.acme.example:8443/api/v3');
  });
});
