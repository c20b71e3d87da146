import assert from 'node:assert/strict';
import { isSameRemote } from '../../../src/core/model/remoteSpelling.ts';

describe('spellings of one remote', () => {
  const spellings = [
    'https://git.example.com/acme/payments',
    'https://git.example.com/acme/payments.git',
    'https://jane@Git.Example.com/acme/payments/',
    'https://git.example.com:443/acme/payments.git/',
    'ssh://git@git.example.com/acme/payments.git',
    'ssh://git@git.example.com:2222/acme/payments.git',
    'git@git.example.com:acme/payments.git',
    'GIT.example.com:acme/payments',
    'git@git.example.com:/acme/payments',
    'git+ssh://git@git.example.com/acme/payments',
  ];
  for (const spelling of spellings) {
    it(`are one: ${spelling}`, () => assert.ok(isSameRemote(spelling, 'https://git.example.com/acme/payments')));
  }

  const others: readonly (readonly [string, string])[] = [
    ['https://git.example.com/acme/payments', 'https://git.example.com/acme/Payments'],
    ['https://git.example.com/acme/payments', 'https://example.com/acme/payments'],
    ['https://git.example.com/acme/payments', 'https://git.example.com:8443/acme/payments'],
    ['ssh://git@host:22/a/b', 'ssh://git@host:2222/a/b'],
    ['file:///srv/git/payments.git', 'https://srv/git/payments'],
    ['https://git.example.com/', 'https://git.example.com'],
  ];
  for (const [one, other] of others) {
    it(`are two: ${one} and ${other}`, () => assert.ok(!isSameRemote(one, other)));
  }

  it('of paths', () => {
    assert.ok(isSameRemote('/srv/git/payments.git', 'file:///srv/git/payments.git'));
    assert.ok(isSameRemote('file:///srv/git/my%20apis.git', '/srv/git/my apis'));
    assert.ok(isSameRemote('C:\\git\\payments', 'C:/git/payments.git'));
    assert.ok(!isSameRemote('/srv/git/payments', '/srv/payments'));
  });
});
