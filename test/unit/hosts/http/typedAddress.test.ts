import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Failure } from '../../../../src/core/errors.ts';
import {
  decoded,
  parseUrl,
  parseWebUrl,
  refuseOtherHosts,
  schemeOf,
  segmentsOf,
  typedText,
  withoutGit,
} from '../../../../src/hosts/http/typedAddress.ts';

function refuses(work: () => unknown, rule: RegExp): void {
  assert.throws(work, (error) => {
    assert.ok(Failure.is(error, 'unsafeUrl'), String(error));
    assert.match(error.facts.detail ?? '', rule);
    assert.doesNotMatch(error.message + JSON.stringify(error.facts) + String(error.cause), /secret/);
    return true;
  });
}

describe('what a person typed', () => {
  it('is taken without the space around it', () => {
    assert.equal(typedText('  acme/payments\n'), 'acme/payments');
    assert.equal(typedText('Größe und mehr'), 'Größe und mehr');
    assert.equal(typedText('x'.repeat(2_000)).length, 2_000);
  });

  const refused: readonly (readonly [typed: string, rule: RegExp])[] = [
    ['', /empty/],
    [' \t\r\n', /empty/],
    ['x'.repeat(2_001), /longer than 2000/],
    ['a\u0000b', /control/],
    ['a\nb', /control/],
    ['a\u007fb', /control/],
    ['--upload-pack=touch x', /begin with "-"/],
    [' -x', /begin with "-"/],
    ['ext::sh -c x', /transport helpers/],
    ['::x', /transport helpers/],
  ];
  for (const [typed, rule] of refused) {
    it(`is refused: ${JSON.stringify(typed.slice(0, 30))}`, () => refuses(() => typedText(typed), rule));
  }
});

describe('a URL that a person typed', () => {
  it('has a scheme, or none', () => {
    assert.equal(schemeOf('HTTPS://x'), 'https');
    assert.equal(schemeOf('git+ssh://x'), 'git+ssh');
    assert.equal(schemeOf('git@host:path'), undefined);
    assert.equal(schemeOf('localhost:3000'), undefined);
  });

  it('may be of any scheme, and name a person', () => {
    assert.equal(parseUrl('ssh://git@host/path').username, 'git');
    assert.equal(parseWebUrl('https://ada@host/path').username, 'ada');
  });

  it('may leave out https', () => {
    assert.equal(parseWebUrl('Host.example:8443/a').href, 'https://host.example:8443/a');
  });

  it('may be http within this computer', () => {
    for (const host of ['localhost', '127.0.0.1', '[::1]']) {
      assert.equal(parseWebUrl(`http://${host}:80/x`).origin, `http://${host}`);
    }
  });

  const refused: readonly (readonly [typed: string, rule: RegExp])[] = [
    ['https://', /not a URL/],
    ['https://a b/x', /not a URL/],
    ['https://ada:secret@host/x', /password/],
    ['https://:secret@host/x', /password/],
    ['ada:secret@host/x', /password/],
    ['http://host/x', /in the clear/],
    ['http://localhost.example/x', /in the clear/],
    ['http://127.0.0.1.example/x', /in the clear/],
    ['ssh://host/x', /"ssh:" is not https/],
    ['file:///etc/passwd', /"file:" is not https/],
    ['javascript://host/%0aalert(1)', /"javascript:" is not https/],
    ['https://evil.example\\@host/x', /"\\"/],
  ];
  for (const [typed, rule] of refused) {
    it(`is refused: ${typed}`, () => refuses(() => parseWebUrl(typed), rule));
  }

  it('is read as something that is encrypted or local, or refused', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.webUrl({ withQueryParameters: true })), (typed) => {
        try {
          const { protocol, hostname, password } = parseWebUrl(typed);
          assert.ok(protocol === 'https:' || /^(?:localhost|127\.[\d.]+|\[::1\])$/.test(hostname), typed);
          assert.equal(password, '');
        } catch (error) {
          assert.ok(Failure.is(error, 'unsafeUrl'), String(error));
        }
      }),
    );
  });
});

describe('an address at a site that everybody knows', () => {
  it('is of the one host that is there', () => {
    refuseOtherHosts('github.com', 'github');
    refuseOtherHosts('tenant.ghe.com', 'github');
    refuseOtherHosts('git.acme.example', 'gitlab');
    refuseOtherHosts('notgithub.com', 'gitlab');
    for (const name of ['github.com', 'GitHub.com', 'github.com.', 'api.github.com', 'acme.visualstudio.com']) {
      refuses(() => refuseOtherHosts(name, 'gitlab'), /another host/);
    }
    refuses(() => refuseOtherHosts('bitbucket.org', 'bitbucketDataCenter'), /another host/);
  });
});

describe('a name in an address', () => {
  it('is a segment of the path, without its escapes', () => {
    assert.deepEqual(segmentsOf('//a/b%2Fc//d/'), ['a', 'b%2Fc', 'd']);
    assert.equal(decoded('Gr%C3%B6%C3%9Fe'), 'Größe');
    refuses(() => decoded('100%'), /broken % escape/);
    refuses(() => decoded('%ff'), /broken % escape/);
  });

  it('loses the ending of a clone address once', () => {
    assert.equal(withoutGit('payments.git'), 'payments');
    assert.equal(withoutGit('payments.git.git'), 'payments.git');
    assert.equal(withoutGit('digit'), 'digit');
  });
});
