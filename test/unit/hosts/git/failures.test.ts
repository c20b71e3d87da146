import assert from 'node:assert/strict';
import type { FailureReason } from '../../../../src/core/errors.ts';
import { BrokenMirror, failureFrom, fingerprintIn } from '../../../../src/hosts/git/failures.ts';

const fingerprint = 'SHA256:uNiVztksCsDhcc0u9e8BrqJXVGDTdV5xlWXkX9oQ2Ds';

describe('failureFrom', () => {
  it('takes a mirror that goes away under Git for broken: there will be another', () => {
    const stderr = 'fatal: Unable to read current working directory: No such file or directory\n';
    assert.ok(failureFrom(stderr, {}) instanceof BrokenMirror);
  });

  const table: readonly (readonly [FailureReason, string])[] = [
    ['offline', "fatal: unable to access 'https://example.com/x/': Could not resolve host: example.com"],
    [
      'offline',
      "fatal: unable to access 'https://example.com/x/': Failed to connect to example.com port 443 after 1 ms: Couldn't connect to server",
    ],
    [
      'offline',
      'ssh: connect to host example.com port 22: Connection refused\nfatal: Could not read from remote repository.\n\nPlease make sure you have the correct access rights\nand the repository exists.',
    ],
    [
      'offline',
      'ssh: Could not resolve hostname example.com: Name or service not known\nfatal: Could not read from remote repository.',
    ],
    [
      'offline',
      'error: RPC failed; curl 56 Recv failure: Connection reset by peer\nfatal: expected flush after ref listing',
    ],
    ['offline', 'error: RPC failed; curl 28 Operation too slow. Less than 1 bytes/sec transferred the last 60 seconds'],
    ['signInNeeded', "fatal: could not read Username for 'https://example.com': terminal prompts disabled"],
    [
      'signInNeeded',
      "remote: Invalid username or password.\nfatal: Authentication failed for 'https://example.com/x/'",
    ],
    ['signInNeeded', 'git@example.com: Permission denied (publickey).\nfatal: Could not read from remote repository.'],
    ['forbidden', "fatal: unable to access 'https://example.com/x/': The requested URL returned error: 403"],
    [
      'forbidden',
      "remote: Permission to acme/api.git denied to ada.\nfatal: unable to access 'https://example.com/x/': The requested URL returned error: 403",
    ],
    ['hostError', "fatal: detected dubious ownership in repository at '/srv/x.git'"],
    ['repositoryNotFound', "remote: Repository not found.\nfatal: repository 'https://example.com/x/' not found"],
    ['repositoryNotFound', 'ERROR: Repository not found.\nfatal: Could not read from remote repository.'],
    [
      'repositoryNotFound',
      "fatal: '/srv/x.git' does not appear to be a git repository\nfatal: Could not read from remote repository.",
    ],
    ['hostKeyUnknown', 'Host key verification failed.\nfatal: Could not read from remote repository.'],
    [
      'hostKeyUnknown',
      `@@@ WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! @@@\nThe fingerprint for the ED25519 key sent by the remote host is\n${fingerprint}.\nHost key verification failed.`,
    ],
    [
      'certificate',
      "fatal: unable to access 'https://localhost:1/x/': SSL certificate problem: self-signed certificate",
    ],
    [
      'certificate',
      "fatal: unable to access 'https://localhost:1/x/': server certificate verification failed. CAfile: none CRLfile: none",
    ],
    ['unsupportedRepository', 'fatal: mismatched algorithms: client sha1; server sha256'],
    [
      'identityMissing',
      'Author identity unknown\n\n*** Please tell me who you are.\n\nfatal: no email was given and auto-detection is disabled',
    ],
    ['hostError', "fatal: unable to access 'https://example.com/x/': The requested URL returned error: 500"],
    ['hostError', 'something that nobody has ever seen'],
  ];
  for (const [reason, stderr] of table) {
    it(`reads ${reason} in “${stderr.split('\n')[0]?.slice(0, 70)}”`, () => {
      assert.equal(failureFrom(stderr, {}).reason, reason);
    });
  }

  it('keeps the facts, and what Git said without its chatter and credentials', () => {
    const stderr = "Cloning…\nremote: no\nfatal: unable to access 'https://ada:secret@example.com/x/': boom\n";
    const failure = failureFrom(stderr, { repository: 'x', branch: 'main' });
    const detail = "remote: no\nfatal: unable to access 'https://example.com/x/': boom";
    assert.deepEqual(failure.facts, { repository: 'x', branch: 'main', detail });
    assert.ok(!failure.message.includes('secret'));
  });
});

describe('fingerprintIn', () => {
  const table: readonly (readonly [string, string | undefined])[] = [
    [`debug1: Server host key: ssh-ed25519 ${fingerprint}`, `ssh-ed25519 ${fingerprint}`],
    [`ED25519 key fingerprint is ${fingerprint}.`, `ED25519 ${fingerprint}`],
    [`The fingerprint for the RSA key sent by the remote host is\n${fingerprint}.`, `RSA ${fingerprint}`],
    ['Host key verification failed.', undefined],
  ];
  for (const [text, expected] of table) {
    it(`finds ${expected ?? 'nothing'} in “${text.slice(0, 40)}”`, () => assert.equal(fingerprintIn(text), expected));
  }
});
