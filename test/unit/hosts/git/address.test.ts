import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Failure } from '../../../../src/core/errors.ts';
import { parseAddress, type AddressContext } from '../../../../src/hosts/git/address.ts';

const posix: AddressContext = { home: '/home/ada', platform: 'linux' };
const windows: AddressContext = { home: 'C:\\Users\\Ada', platform: 'win32' };

describe('parseAddress', () => {
  const accepted: readonly (readonly [string, AddressContext, string, string, string])[] = [
    ['https://example.com/acme/api.git', posix, 'https://example.com/acme/api.git', 'https://example.com', 'api'],
    ['  HTTPS://Example.COM:443/acme/api/ ', posix, 'https://example.com/acme/api', 'https://example.com', 'api'],
    ['https://ghp_token@example.com/a', posix, 'https://example.com/a', 'https://example.com', 'a'],
    [
      'https://example.com:8443/a%20b.git',
      posix,
      'https://example.com:8443/a%20b.git',
      'https://example.com:8443',
      'a%20b',
    ],
    ['http://127.0.0.1:8080/x.git', posix, 'http://127.0.0.1:8080/x.git', 'http://127.0.0.1:8080', 'x'],
    ['http://localhost/x', posix, 'http://localhost/x', 'http://localhost', 'x'],
    ['http://[::1]:9/x', posix, 'http://[::1]:9/x', 'http://[::1]:9', 'x'],
    [
      'ssh://git@Example.com:2222/acme/api.git',
      posix,
      'ssh://git@example.com:2222/acme/api.git',
      'ssh://git@example.com:2222',
      'api',
    ],
    ['ssh://example.com:22/~/api', posix, 'ssh://example.com/~/api', 'ssh://example.com', 'api'],
    ['ssh://git@[fe80::1]/api', posix, 'ssh://git@[fe80::1]/api', 'ssh://git@[fe80::1]', 'api'],
    ['git@example.com:acme/api.git', posix, 'git@example.com:acme/api.git', 'ssh://git@example.com', 'api'],
    ['git@example.com:/acme/api.git', posix, 'ssh://git@example.com/acme/api.git', 'ssh://git@example.com', 'api'],
    ['my-alias:api', posix, 'my-alias:api', 'ssh://my-alias', 'api'],
    ['/srv/git/My API.git/', posix, 'file:///srv/git/My%20API.git', 'file://', 'My API'],
    ['~/git/api#1%.git', posix, 'file:///home/ada/git/api%231%25.git', 'file://', 'api#1%'],
    ['file:///srv/git/../git/api', posix, 'file:///srv/git/api', 'file://', 'api'],
    ['file://localhost/srv/api', posix, 'file:///srv/api', 'file://', 'api'],
    ['C:\\git\\api.git', windows, 'file:///C:/git/api.git', 'file://', 'api'],
    ['~\\git\\größe', windows, 'file:///C:/Users/Ada/git/gr%C3%B6%C3%9Fe', 'file://', 'größe'],
    ['file:///D:/git/a%20b', windows, 'file:///D:/git/a%20b', 'file://', 'a b'],
    ['git@example.com:acme/api', windows, 'git@example.com:acme/api', 'ssh://git@example.com', 'api'],
  ];
  for (const [typed, context, id, origin, name] of accepted) {
    it(`takes ${typed} on ${context.platform}, and its own answer again`, () => {
      const parsed = parseAddress(typed, context);
      assert.deepEqual([parsed.id, parsed.origin, parsed.name, parsed.host], [id, origin, name, 'git']);
      assert.deepEqual(parseAddress(parsed.id, context), parsed);
    });
  }

  const refused: readonly (readonly [string, RegExp, AddressContext?])[] = [
    ['', /empty/],
    ['   ', /empty/],
    ['-uploadpack=touch /tmp/x', /"-"/],
    ['--upload-pack=evil', /"-"/],
    ['ext::sh -c touch% /tmp/x', /transport helpers/],
    ['fd::17', /transport helpers/],
    ['::x', /transport helpers/],
    ['http://example.com/x', /in the clear/],
    ['http://127.0.0.1.example.com/x', /in the clear/],
    ['http://localhost.example.com/x', /in the clear/],
    ['git://example.com/x', /"git:"/],
    ['ftp://example.com/x', /"ftp:"/],
    ['git+ssh://example.com/x', /"git\+ssh:"/],
    ['javascript://x/%0aalert(1)', /"javascript:"/],
    ['https://ada:secret@example.com/x', /password/],
    ['ssh://ada:secret@example.com/x', /password/],
    ['https://example.com/x?y=1', /"\?"/],
    ['https://example.com/x#y', /"#"/],
    ['https://example.com/', /names no repository/],
    ['https://', /not a URL/],
    ['ssh://-oProxyCommand=evil/x', /host name/],
    ['ssh://-oProxyCommand=evil@example.com/x', /user name/],
    ['ssh://git@/x', /host name/],
    ['ssh://example.com', /looks like/],
    ['-oProxyCommand=evil@example.com:x', /"-"/],
    ['git@-oProxyCommand=evil:x', /host name/],
    ['git@example.com:-x', /"-"/],
    ['git@exa mple:x', /host name/],
    ['git@example.com: /', /space/],
    ['ssh://example.com/a /', /space/],
    ['git@example.com:', /URL, user@host/],
    ['ssh://git@exam;ple/x', /host name/],
    ['https://example.com/a\nb', /control/],
    ['/srv/a\0b', /control/],
    ['file:///srv/a%00b', /control/],
    ['file:///srv/a%zz', /escape/],
    ['file://server/share', /no server/],
    ['file:///', /names no repository/],
    ['/', /names no repository/],
    ['./relative', /not absolute/],
    ['../relative', /not absolute/],
    ['~other/x', /not absolute/],
    ['relative', /absolute path/],
    ['C:relative', /drive letter|host name|absolute/, windows],
    ['C:\\', /names no repository/, windows],
    ['\\\\server\\share\\x', /drive letter/, windows],
    ['//server/share/x', /drive letter/, windows],
    [`https://example.com/${'x'.repeat(2_000)}`, /longer/],
  ];
  for (const [typed, rule, context = posix] of refused) {
    it(`refuses ${JSON.stringify(typed.slice(0, 50))} on ${context.platform}`, () => {
      assert.throws(
        () => parseAddress(typed, context),
        (error) =>
          Failure.is(error, 'unsafeUrl') && rule.test(error.facts.detail ?? '') && !error.message.includes('secret'),
      );
    });
  }

  it('answers anything with an address that is its own normal form, or refuses it', function () {
    this.timeout(120_000);
    const pieces = fc.constantFrom(
      'https://',
      'ssh://',
      'file://',
      'git@',
      'host',
      ':',
      '/',
      '-',
      '::',
      '~',
      '..',
      '%',
      '#',
      'C:',
      '\\',
      'ä',
      ' ',
    );
    const typed = fc.oneof(
      fc.string(),
      fc.array(pieces, { maxLength: 8 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(typed, fc.constantFrom(posix, windows), (text, context) => {
        let parsed;
        try {
          parsed = parseAddress(text, context);
        } catch (error) {
          assert.ok(Failure.is(error, 'unsafeUrl'));
          return;
        }
        // eslint-disable-next-line no-control-regex -- they are what must not be there
        assert.ok(!parsed.id.startsWith('-') && !/^[\w+.-]*::/.test(parsed.id) && !/[\0-\x1f]/.test(parsed.id));
        assert.deepEqual(parseAddress(parsed.id, context), parsed);
      }),
      { numRuns: process.env['LONG'] === '1' ? 100_000 : 2_000 },
    );
  });
});
