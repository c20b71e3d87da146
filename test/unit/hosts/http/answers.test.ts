import assert from 'node:assert/strict';
import fc from 'fast-check';
import { number, object, string } from 'valibot';
import { Failure, type FailureReason } from '../../../../src/core/errors.ts';
import type { FileChange } from '../../../../src/core/model/change.ts';
import type { CommitId } from '../../../../src/core/model/ids.ts';
import type { RepoPath } from '../../../../src/core/model/repoPath.ts';
import type { Tree, TreeEntry } from '../../../../src/core/model/snapshot.ts';
import { decodeBase64, encodeBase64 } from '../../../../src/hosts/http/base64.ts';
import { failureOf } from '../../../../src/hosts/http/failureOf.ts';
import { networkTrouble } from '../../../../src/hosts/http/networkFailure.ts';
import { nextLink } from '../../../../src/hosts/http/nextLink.ts';
import { parseAnswer } from '../../../../src/hosts/http/parseAnswer.ts';
import { ReceivedAnswer } from '../../../../src/hosts/http/receivedAnswer.ts';
import { refuseOtherVersions, RememberedTrees } from '../../../../src/hosts/http/rememberedTrees.ts';
import { safeLink } from '../../../../src/hosts/http/webAddress.ts';
import { remove, write } from '../../../contract/support.ts';

const here = 'https://api.host.example/repos?page=1';
const facts = { origin: 'https://host.example' };

function received(status: number, body: string, headers: Record<string, string> = {}): ReceivedAnswer {
  return new ReceivedAnswer(status, here, new Headers(headers), new TextEncoder().encode(body), facts);
}

function isFailure(reason: FailureReason, detail?: RegExp) {
  return (error: unknown): boolean => Failure.is(error, reason) && (detail?.test(error.facts.detail ?? '') ?? true);
}

describe('the next page', () => {
  const next = (link: string): string | undefined => nextLink(received(200, '', { link }), facts);

  it('is the one that the host names', () => {
    const first = '<https://api.host.example/repos?page=1>; rel="first"';
    assert.equal(
      next(`${first}, </repos?page=2&q=a,b>; rel="next"; title="x"`),
      'https://api.host.example/repos?page=2&q=a,b',
    );
    assert.equal(next('<https://api.host.example/n>;rel=next'), 'https://api.host.example/n');
    assert.equal(next('<http://api.host.example/n>;rel=next'), 'https://api.host.example/n');
    assert.equal(next(first), undefined);
    assert.equal(nextLink(received(200, ''), facts), undefined);
  });

  it('is never another host’s', () => {
    for (const url of ['https://evil.example/n', 'http://api.host.example:81/n', '//evil.example/n', 'javascript:x']) {
      assert.throws(() => next(`<${url}>; rel="next"`), isFailure('unexpectedAnswer'));
    }
  });
});

describe('an answer', () => {
  const schema = object({ owner: object({ id: number() }), name: string() });

  it('is what its schema says, and no more', () => {
    const body = { owner: { id: 1, admin: true }, name: 'x', more: 1 };
    assert.deepEqual(parseAnswer(schema, body, facts), { owner: { id: 1 }, name: 'x' });
  });

  it('of another shape names the field, and not what was in it', () => {
    const parse = (): unknown => parseAnswer(schema, { owner: { id: 'secret' }, name: 'x' }, facts);
    assert.throws(parse, (error) => isFailure('unexpectedAnswer', /^owner\.id should be number$/)(error));
    assert.throws(() => parseAnswer(schema, null, facts), isFailure('unexpectedAnswer'));
  });

  it('that refuses says why in the host’s words, wherever it puts them', () => {
    const detailOf = (body: string): string | undefined => failureOf(received(400, body), facts).facts.detail;
    assert.equal(detailOf('{"message":"Bad thing"}'), 'Bad thing');
    assert.equal(detailOf('{"error":{"message":"Bad thing"}}'), 'Bad thing');
    assert.equal(detailOf('{"errors":[{"message":"Bad thing"}]}'), 'Bad thing');
    assert.equal(detailOf('{"error":"invalid","error_description":"Bad thing"}'), 'Bad thing');
    assert.equal(detailOf('{"a":1}'), 'status 400');
    assert.equal(detailOf(''), 'status 400');
    assert.equal(detailOf(JSON.stringify({ message: 'x'.repeat(900) }))?.length, 300);
    const page = received(503, '<html>', { 'content-type': 'text/html' });
    assert.deepEqual(failureOf(page, facts).facts, { ...facts, detail: 'status 503' });
  });

  it('that refuses has a reason for every status', () => {
    const reasons: Record<number, FailureReason> = {
      401: 'signInNeeded',
      403: 'forbidden',
      404: 'repositoryNotFound',
      409: 'hostError',
      410: 'repositoryNotFound',
      413: 'tooLarge',
      422: 'hostError',
      500: 'serverError',
      555: 'serverError',
      302: 'unexpectedAnswer',
    };
    for (const [status, reason] of Object.entries(reasons)) {
      assert.equal(failureOf(received(Number(status), ''), facts).reason, reason);
    }
  });
});

describe('a lost network', () => {
  const causedBy = (code: string): Error =>
    new TypeError('fetch failed', { cause: Object.assign(new Error(), { code }) });

  it('tells what never left this computer from what may have arrived', () => {
    for (const code of ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']) {
      const { failure, unsent } = networkTrouble(causedBy(code), facts);
      assert.deepEqual([failure.reason, failure.facts.detail, unsent], ['offline', code, true]);
    }
    for (const code of ['ECONNRESET', 'UND_ERR_SOCKET', 'EPIPE']) {
      assert.equal(networkTrouble(causedBy(code), facts).unsent, false);
    }
    for (const code of ['ENETUNREACH', 'EHOSTUNREACH', 'ENETDOWN']) {
      // A connection that was there for long ends with the same codes as one that never came to be.
      assert.equal(networkTrouble(new Error(`connect ${code} 192.0.2.1:443`), facts).unsent, true);
      assert.equal(networkTrouble(new Error(`read ${code}`), facts).unsent, false);
    }
    const inBrowser = networkTrouble(new TypeError('Failed to fetch'), facts);
    assert.deepEqual([inBrowser.failure.facts.detail, inBrowser.unsent], ['browser', false]);
    assert.equal(networkTrouble(new Error('net::ERR_NAME_NOT_RESOLVED'), facts).unsent, true);
    const several = new AggregateError([Object.assign(new Error(), { code: 'ECONNREFUSED' })]);
    assert.equal(networkTrouble(new TypeError('fetch failed', { cause: several }), facts).unsent, true);
  });

  it('is no certificate that nobody vouches for', () => {
    for (const code of ['CERT_HAS_EXPIRED', 'ERR_TLS_CERT_ALTNAME_INVALID', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE']) {
      assert.equal(networkTrouble(causedBy(code), facts).failure.reason, 'certificate');
    }
    const unknown = networkTrouble(new Error('net::ERR_CERT_AUTHORITY_INVALID'), facts);
    assert.deepEqual([unknown.failure.reason, unknown.unsent], ['certificate', true]);
  });

  it('says nothing of what was sent, when encryption breaks in the middle', () => {
    const broken = networkTrouble(causedBy('ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC'), facts);
    assert.deepEqual([broken.failure.reason, broken.unsent], ['certificate', false]);
  });
});

describe('Base64', () => {
  it('keeps every byte, as Node does', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70_000 }), (bytes) => {
        const text = encodeBase64(bytes);
        assert.equal(text, Buffer.from(bytes).toString('base64'));
        assert.deepEqual(decodeBase64(text), bytes);
      }),
      { numRuns: 30 },
    );
    assert.deepEqual(decodeBase64('aGFs\nbG8=\n'), new TextEncoder().encode('hallo'));
  });
});

describe('a page for a person', () => {
  it('is the host’s own, and encrypted', () => {
    const link = (text: string): string | undefined => safeLink(text, 'https://github.com');
    assert.equal(link('https://github.com/orgs/acme/sso?a=1'), 'https://github.com/orgs/acme/sso?a=1');
    assert.equal(link('https://gist.github.com/x'), 'https://gist.github.com/x');
    for (const text of [
      'https://evil.example/github.com',
      'https://github.com.evil.example/',
      'https://evilgithub.com/',
      'http://github.com/',
      'https://jane:pw@github.com/',
      'javascript:alert(1)',
      'no url',
    ]) {
      assert.equal(link(text), undefined, text);
    }
  });
});

describe('RememberedTrees', () => {
  const commit = 'a'.repeat(40) as CommitId;
  const tree: Tree = new Map();

  it('reads a commit once, however many ask, and again after a failure', async () => {
    const trees = new RememberedTrees();
    let reads = 0;
    const read = (): Promise<Tree> => (reads++ === 0 ? Promise.reject(new Failure('offline')) : Promise.resolve(tree));
    await assert.rejects(trees.get('r', commit, read), isFailure('offline'));
    assert.equal(await trees.get('r', commit, read), tree);
    await Promise.all([trees.get('r', commit, read), trees.get('r', commit, read)]);
    assert.equal(reads, 2);
  });

  it('lets one caller’s cancelling not reach another', async () => {
    const trees = new RememberedTrees();
    let fail: (error: Error) => void = () => undefined;
    const first = trees.get('r', commit, () => new Promise((_resolve, reject) => (fail = reject)));
    const second = trees.get('r', commit, () => Promise.resolve(tree));
    fail(new Failure('cancelled'));
    await assert.rejects(first, isFailure('cancelled'));
    assert.equal(await second, tree);
  });

  it('forgets the oldest', async () => {
    const trees = new RememberedTrees(2);
    let reads = 0;
    const ask = (id: string): Promise<Tree> => trees.get('r', id as CommitId, () => (reads++, Promise.resolve(tree)));
    for (const id of ['1', '2', '3', '3', '1']) await ask(id);
    assert.equal(reads, 4);
  });
});

describe('what a change starts from', () => {
  const entry = (path: string, id?: string): [RepoPath, TreeEntry] => {
    const known = write(path, '', id ?? null).expected;
    return [path as RepoPath, { path: path as RepoPath, kind: 'regular', ...(known === null ? {} : { id: known }) }];
  };
  const tree: Tree = new Map([entry('a', '1'), entry('unknown')]);
  const stale = (change: FileChange): boolean => {
    try {
      refuseOtherVersions(tree, [change]);
      return false;
    } catch (error) {
      assert.ok(Failure.is(error, 'stale'));
      assert.deepEqual(error.facts.paths, [change.path]);
      return true;
    }
  };

  it('must be what the tree has', () => {
    assert.equal(stale(write('a', '2', '1')), false);
    assert.equal(stale(write('b', '2', null)), false);
    assert.equal(stale(remove('a', '1')), false);
    assert.equal(stale(write('a', '2', 'other')), true);
    assert.equal(stale(write('a', '2', null)), true);
    assert.equal(stale(write('b', '2', '1')), true);
    assert.equal(stale(remove('b', '1')), true);
  });

  it('is believed where the host tells no ids, as long as the path is there', () => {
    assert.equal(stale(write('unknown', '2', '1')), false);
    assert.equal(stale(write('unknown', '2', null)), true);
  });
});
