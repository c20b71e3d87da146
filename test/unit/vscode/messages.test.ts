import assert from 'node:assert/strict';
import type { FailureFacts, FailureReason } from '../../../src/core/errors.ts';
import type { RepoPath } from '../../../src/core/model/repoPath.ts';
import type { FailureMessage } from '../../../src/vscode/messages/failureMessage.ts';
import { useVscodeStub } from './vscodeStub.ts';

/** A record, so that a new reason does not compile until it is here too. */
const reasons: Record<FailureReason, true> = {
  cancelled: true,
  timeout: true,
  offline: true,
  signInNeeded: true,
  forbidden: true,
  repositoryNotFound: true,
  branchNotFound: true,
  branchDeleted: true,
  branchExists: true,
  branchInUse: true,
  invalidName: true,
  protectedBranch: true,
  stale: true,
  answerLost: true,
  pushInDoubt: true,
  nothingToPush: true,
  emptyMessage: true,
  conflicts: true,
  incomingOverlap: true,
  markersLeft: true,
  changedThere: true,
  changedMeanwhile: true,
  unsavedEditors: true,
  unsafePath: true,
  unsafeUrl: true,
  tooLarge: true,
  notApproved: true,
  untrusted: true,
  invalidFile: true,
  stillReferenced: true,
  folderInUse: true,
  busy: true,
  unfinished: true,
  writeFailed: true,
  gitMissing: true,
  gitTooOld: true,
  identityMissing: true,
  hostKeyUnknown: true,
  certificate: true,
  unsupportedRepository: true,
  rateLimited: true,
  singleSignOn: true,
  organizationPolicy: true,
  missingScope: true,
  pullRequestExists: true,
  unsupported: true,
  serverError: true,
  unexpectedAnswer: true,
  hostError: true,
  detachedHead: true,
  gitUnderway: true,
  unmergedFiles: true,
  localChanges: true,
  commitRefused: true,
  notPushed: true,
  pullFirst: true,
  gitMerges: true,
  sparseCheckout: true,
  historyMissing: true,
};
const all = Object.keys(reasons) as FailureReason[];

const everyFact: FailureFacts = {
  repository: 'acme/payments',
  origin: 'https://git.example.com',
  branch: 'release',
  account: 'ada',
  paths: ['openapi.yaml'],
  detail: 'the very words',
};

describe('messages of failures', () => {
  let describeFailure: (failure: { reason: FailureReason; facts: FailureFacts }) => FailureMessage;
  let nameFiles: (paths: readonly string[]) => string;
  let listFiles: (paths: readonly string[]) => string;

  before(async () => {
    useVscodeStub();
    ({ describeFailure } = await import('../../../src/vscode/messages.ts'));
    ({ nameFiles, listFiles } = await import('../../../src/vscode/messages/nameFiles.ts'));
  });

  for (const reason of all) {
    it(`says whole sentences for ${reason}, with and without facts`, () => {
      for (const facts of [{}, everyFact]) {
        const { message, actions } = describeFailure({ reason, facts });
        assert.match(message, /^(“.+”|[A-Za-z(]).*[.”\w)]$/s);
        assert.ok(!message.includes('undefined'), message);
        assert.ok(!message.includes(reason) || /^[a-z]+$/.test(reason), `code word in: ${message}`);
        assert.ok(actions.length <= 4);
        assert.equal(new Set(actions.map(({ kind }) => kind)).size, actions.length);
        for (const { title } of actions) assert.notEqual(title, '');
      }
    });
  }

  it('gives no two reasons the same words', () => {
    const texts = all.map((reason) => describeFailure({ reason, facts: everyFact }).message);
    assert.equal(new Set(texts).size, all.length);
  });

  it('names repository, branch, account and files where they matter', () => {
    assert.match(
      describeFailure({ reason: 'forbidden', facts: everyFact }).message,
      /ada on git\.example\.com.*acme\/payments/,
    );
    assert.match(describeFailure({ reason: 'branchNotFound', facts: everyFact }).message, /release.*acme\/payments/);
    assert.match(describeFailure({ reason: 'incomingOverlap', facts: everyFact }).message, /openapi\.yaml/);
    assert.match(
      describeFailure({ reason: 'hostKeyUnknown', facts: everyFact }).message,
      /git\.example\.com.*the very words/,
    );
  });

  it('names whoever a connection works as and who is signed out, and offers both ways on', () => {
    for (const reason of ['signInNeeded', 'forbidden', 'repositoryNotFound'] as const) {
      const facts: FailureFacts = { repository: 'acme/payments', origin: 'https://git.example.com', absent: 'rita' };
      const { message, actions } = describeFailure({ reason, facts });
      assert.match(message, /“acme\/payments” works as rita on git\.example\.com, who is signed out/);
      const [first, second] = actions;
      assert.deepEqual([first?.kind, second?.kind], ['signInAgain', 'useAccount']);
    }
  });

  it('names who references a file that cannot be taken off the list', () => {
    const facts: FailureFacts = { paths: ['pet.yaml'], referencedBy: ['openapi.yaml' as RepoPath] };
    const { message } = describeFailure({ reason: 'stillReferenced', facts });
    assert.match(message, /pet\.yaml.*openapi\.yaml/);
    assert.match(describeFailure({ reason: 'stillReferenced', facts: { ...facts, branch: 'main' } }).message, /“main”/);
  });

  it('tells a switch that is refused from a push that is', () => {
    const facts: FailureFacts = { paths: ['pet.yaml'] };
    const push = describeFailure({ reason: 'conflicts', facts }).message;
    assert.match(push, /pet\.yaml.*Source Control view/);
    const switched = describeFailure({ reason: 'conflicts', facts: { ...facts, branch: 'main' } }).message;
    assert.match(switched, /“main”.*not switched.*pet\.yaml.*Push or discard/);
    assert.doesNotMatch(switched, /Source Control view/);
  });

  it('offers the merge editor for a conflict alone, and for what was merged of older versions', () => {
    const first = (reason: FailureReason, facts: FailureFacts) => describeFailure({ reason, facts }).actions[0]?.kind;
    assert.equal(first('conflicts', { paths: ['pet.yaml'] }), 'openMergeEditor');
    assert.equal(first('conflicts', { paths: ['pet.yaml', 'tag.yaml'] }), 'openFile');
    assert.equal(first('conflicts', { paths: ['pet.yaml'], branch: 'main' }), 'openFile');
    const facts: FailureFacts = { paths: ['pet.yaml'], detail: 'mergeResult' };
    assert.equal(first('changedMeanwhile', facts), 'openMergeEditor');
    assert.match(describeFailure({ reason: 'changedMeanwhile', facts }).message, /pet\.yaml.*nothing was written/);
  });

  it('says why a path cannot be written, and beside which other', () => {
    const say = (detail: string): string =>
      describeFailure({ reason: 'unsafePath', facts: { paths: ['aux.yaml'], detail } }).message;
    assert.match(say('device'), /aux\.yaml cannot.*Windows keeps a name of this path for a device\. Rename/);
    assert.match(say('sameName: Aux.yaml'), /aux\.yaml, Aux\.yaml cannot.*for the same\. Rename/);
    assert.match(say('scheme'), /aux\.yaml cannot be written safely on this computer, so nothing was written\. Rename/);
  });

  it('offers to pull where a pull is the way out', () => {
    for (const reason of ['stale', 'incomingOverlap'] as const)
      assert.equal(describeFailure({ reason, facts: {} }).actions[0]?.kind, 'pull');
  });

  it('says why a browser reaches neither a server that lets no other website in nor Git', () => {
    const offline = describeFailure({ reason: 'offline', facts: { ...everyFact, detail: 'browser' } }).message;
    assert.match(offline, /^“acme\/payments” cannot be reached from a browser: .*\(CORS\).*VS Code on a computer\.$/);
    const absent = describeFailure({ reason: 'unsupported', facts: { detail: 'hostAbsent: git' } }).message;
    assert.match(absent, /^“git” repositories do not work here\. .*a browser has no Git/);
  });

  it('names a refused address where it is known, and nothing in its place', () => {
    const say = (facts: FailureFacts): string => describeFailure({ reason: 'unsafeUrl', facts }).message;
    assert.match(say({ detail: 'this is not a URL' }), /^This address is refused: this is not a URL\. Use/);
    assert.match(say({}), /^This address is refused because/);
    assert.match(say({ repository: 'a::b', detail: 'no helpers' }), /^The address “a::b” is refused: no helpers\. Use/);
  });

  it('says how long a host wants to be left alone', () => {
    assert.match(describeFailure({ reason: 'hostError', facts: { retryAfter: 1500 } }).message, / 2 seconds/);
  });

  it('names ten files and counts the rest', () => {
    const paths = Array.from({ length: 12 }, (_, index) => `f${index}.yaml`);
    assert.match(nameFiles(paths), /f9\.yaml and 2 more$/);
    assert.equal(nameFiles(paths.slice(0, 2)), 'f0.yaml, f1.yaml');
    assert.equal(listFiles(paths).split('\n').length, 11);
    assert.equal(listFiles(paths.slice(0, 10)).split('\n').length, 10);
  });
});
