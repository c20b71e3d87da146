import assert from 'node:assert/strict';
import { addressOf, apiBase, parseAddress, parseOrigin } from '../../../../src/hosts/bitbucket/address.ts';
import { Failure } from '../../../../src/core/errors.ts';

const refused = (read: () => unknown, rule: RegExp): void => {
  assert.throws(read, (error) => Failure.is(error, 'unsafeUrl') && rule.test(error.facts.detail ?? ''));
};

describe('an address of Bitbucket', () => {
  const payments = { host: 'bitbucket', origin: 'https://bitbucket.org', id: 'acme/payments', name: 'acme/payments' };

  it('is read in every form that people copy', () => {
    for (const typed of [
      'acme/payments',
      '  acme/payments ',
      'https://bitbucket.org/acme/payments',
      'https://www.bitbucket.org/acme/payments/',
      'https://bitbucket.org/acme/payments.git',
      'https://ada@bitbucket.org/acme/payments.git',
      'https://bitbucket.org/acme/payments/src/main/apis/openapi.yaml?at=feature%2Fone#lines-3',
      'https://bitbucket.org/acme/payments/src/feature%2Fone/',
      'https://bitbucket.org/acme/payments/pull-requests/12/diff',
      'https://bitbucket.org/acme/payments/branch/feature/one',
      'git@bitbucket.org:acme/payments.git',
      'ssh://git@bitbucket.org/acme/payments.git',
      'ssh://git@altssh.bitbucket.org:443/acme/payments.git',
    ]) {
      assert.deepEqual(parseAddress(typed), payments, typed);
    }
  });

  it('may be of UUIDs', () => {
    const id = '{293abb6b-76d7-491c-8732-cc517d38c4b5}/{996f5719-2123-42bc-8d18-a840d0ab38e3}';
    assert.equal(parseAddress(`https://bitbucket.org/${encodeURI(id)}`).name, id);
  });

  it('is made of what it was read to', () => {
    for (const typed of ['acme/payments', 'http://127.0.0.1:7990/acme/pay.ments', 'https://localhost/a/b']) {
      const read = parseAddress(typed);
      assert.deepEqual(parseAddress(addressOf(read)), read);
    }
    assert.equal(addressOf(parseAddress('acme/payments')), 'https://bitbucket.org/acme/payments');
  });

  it('is refused when it is hostile, of another host, or of nothing', () => {
    refused(() => parseAddress(''), /empty/);
    refused(() => parseAddress('-oProxyCommand=x/y'), /begin with "-"/);
    refused(() => parseAddress('acme/-payments'), /no name/);
    refused(() => parseAddress('acme/..'), /no name/);
    refused(() => parseAddress('https://bitbucket.org/acme/%2e%2e%2fx'), /no name/);
    refused(() => parseAddress('https://bitbucket.org/acme/a%zz'), /escape/);
    refused(() => parseAddress('acme/pay\u0000ments'), /control/);
    refused(() => parseAddress('a'.repeat(3_000)), /longer/);
    refused(() => parseAddress('https://bitbucket.org/acme'), /names no repository/);
    refused(() => parseAddress('https://ada:secret@bitbucket.org/acme/payments'), /password/);
    refused(() => parseAddress('http://bitbucket.org/acme/payments'), /https/);
    refused(() => parseAddress('https://github.com/acme/payments'), /not Bitbucket Cloud/);
    refused(() => parseAddress('https://bitbucket.org.evil.example/acme/payments'), /not Bitbucket Cloud/);
    refused(() => parseAddress('https://bitbucket.org:8443/acme/payments'), /not Bitbucket Cloud/);
    refused(() => parseAddress('git@github.com:acme/payments.git'), /not Bitbucket Cloud/);
    refused(() => parseAddress('ftp://bitbucket.org/acme/payments'), /give a URL/);
    refused(() => parseAddress('acme'), /give a URL/);
  });

  it('has an origin, and the API is somewhere else', () => {
    assert.equal(parseOrigin('bitbucket.org'), 'https://bitbucket.org');
    assert.equal(parseOrigin('http://127.0.0.1:8080/x'), 'http://127.0.0.1:8080');
    refused(() => parseOrigin('git.acme.example'), /not Bitbucket Cloud/);
    assert.equal(apiBase('https://bitbucket.org'), 'https://api.bitbucket.org/2.0');
    assert.equal(apiBase('http://127.0.0.1:8080'), 'http://127.0.0.1:8080/2.0');
  });
});
