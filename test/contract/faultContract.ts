import assert from 'node:assert/strict';
import { Failure, type FailureReason } from '../../src/core/errors.ts';
import type { CommitId } from '../../src/core/model/ids.ts';
import type { RepoPath } from '../../src/core/model/repoPath.ts';
import type { RepositoryHost } from '../../src/ports/repositoryHost.ts';
import { Forge, type Fault, type ForgeReply } from '../forge/http/forge.ts';
import { FaultMatrix } from './faultMatrix.ts';
import type { HostUnderTest, HttpHost, World } from './hostUnderTest.ts';
import { all, call, commitId, commitOn, write } from './support.ts';

type Doing = 'reading' | 'committing';

/** What a fault comes to. `right`: nothing, because it was tried again. */
type Outcome = FailureReason | 'right';

interface Case {
  readonly name: string;
  fault(http: HttpHost, elsewhere: Forge): Fault;
  /** Once, or as long as it is asked. */
  readonly lasts?: boolean;
  readonly reading?: readonly Outcome[];
  /** How often the same was asked. Default: once. */
  readonly attempts?: number;
  /** Whatever happens, a commit is sent once. */
  readonly committing?: readonly Outcome[];
  /** Commits that came of it. Default 0. */
  readonly commits?: number;
  /** Milliseconds that `rateLimited` tells. */
  readonly retryAfter?: number;
}

const hour = 3_600_000;
const html = { 'content-type': 'text/html; charset=utf-8' };
const json = { 'content-type': 'application/json' };
const page = '<!DOCTYPE html><html><head><title>Sign in</title></head><body>Please sign in.</body></html>';
const refused =
  (status: number, headers?: Record<string, string>) =>
  (http: HttpHost): ForgeReply => {
    const reply = http.refusal(status);
    return { ...reply, headers: { ...reply.headers, ...headers } };
  };
/** An answer to a commit that cannot be read: whether it was made is unknown, or it is known that nobody took it. */
const unread: readonly Outcome[] = ['answerLost', 'unexpectedAnswer', 'signInNeeded'];

const cases: readonly Case[] = [
  { name: '401', fault: refused(401), reading: ['signInNeeded'], committing: ['signInNeeded'] },
  { name: '403', fault: refused(403), reading: ['forbidden'], committing: ['forbidden'] },
  { name: '404', fault: refused(404), reading: ['repositoryNotFound'], committing: ['repositoryNotFound'] },
  { name: '409', fault: refused(409), reading: ['hostError'], committing: ['hostError', 'stale'] },
  { name: '413', fault: refused(413), reading: ['tooLarge'], committing: ['tooLarge'] },
  { name: '422', fault: refused(422), reading: ['hostError'], committing: ['hostError', 'stale'] },
  {
    name: '429, in 2 s',
    fault: refused(429, { 'retry-after': '2' }),
    reading: ['right'],
    attempts: 2,
    committing: ['rateLimited'],
  },
  {
    name: '429, in an hour',
    fault: refused(429, { 'retry-after': '3600' }),
    lasts: true,
    reading: ['rateLimited'],
    committing: ['rateLimited'],
    retryAfter: hour,
  },
  { name: '500', fault: refused(500), reading: ['serverError'], committing: ['answerLost'] },
  { name: '502', fault: refused(502), reading: ['right'], attempts: 2, committing: ['answerLost'] },
  {
    name: '503, on and on',
    fault: refused(503),
    lasts: true,
    reading: ['serverError'],
    attempts: 3,
    committing: ['answerLost'],
  },
  { name: 'cut before', fault: () => 'dropBefore', reading: ['right'], attempts: 2, committing: ['answerLost'] },
  { name: 'cut before, on and on', fault: () => 'dropBefore', lasts: true, reading: ['offline'], attempts: 3 },
  { name: 'cut after', fault: () => 'dropAfter', committing: ['answerLost'], commits: 1 },
  {
    name: 'cut in its middle',
    fault: () => 'truncate',
    reading: ['right'],
    attempts: 2,
    committing: ['answerLost'],
    commits: 1,
  },
  {
    name: 'a web page with 200',
    fault: () => ({ status: 200, headers: html, body: page }),
    reading: ['unexpectedAnswer', 'signInNeeded'],
    committing: unread,
  },
  {
    name: 'a sign-in page with 203',
    fault: () => ({ status: 203, headers: html, body: page }),
    reading: ['unexpectedAnswer', 'signInNeeded'],
    committing: unread,
  },
  {
    name: 'a proxy’s page with 403',
    fault: () => ({ status: 403, headers: html, body: page }),
    reading: ['forbidden', 'unexpectedAnswer'],
    committing: ['forbidden', 'unexpectedAnswer'],
  },
  {
    name: 'half a JSON',
    fault: () => ({ status: 200, headers: json, body: '{"values":[{"na' }),
    reading: ['unexpectedAnswer'],
    committing: unread,
  },
  {
    name: 'another JSON',
    fault: () => ({ status: 200, headers: json, body: '"something else"' }),
    reading: ['unexpectedAnswer'],
    committing: unread,
  },
  {
    name: 'a way to another origin',
    fault: (_http, elsewhere) => ({ status: 307, headers: { location: `${elsewhere.origin}/taken` } }),
    reading: ['unexpectedAnswer'],
    committing: ['unexpectedAnswer'],
  },
];

/** What every host that speaks HTTP promises when the other side, or the way to it, is not well. */
export function faultContract(subject: HostUnderTest, http: HttpHost): void {
  const matrix = new FaultMatrix(subject.name);
  let world: World;
  let forge: Forge;
  let elsewhere: Forge;
  beforeEach(async () => {
    world = await subject.open();
    forge = world.forge!;
    elsewhere = await Forge.start({ name: 'elsewhere', base: '', routes: [], unauthorized: () => ({ status: 401 }) });
  });
  afterEach(async () => {
    await elsewhere.stop();
    await world.close();
  });
  after(() => matrix.print());

  const commitsHere = subject.commits !== false && (http.commitsHere ?? true);

  for (const one of cases) {
    for (const doing of ['reading', 'committing'] as const) {
      const expected = http.meanings?.[`${one.name} while ${doing}`] ?? one[doing];
      if (!expected || (doing === 'committing' && !commitsHere)) continue;
      it(`${doing}: ${one.name} → ${expected.join(' or ')}`, () => check(one, doing, expected));
    }
  }

  async function check(one: Case, doing: Doing, expected: readonly Outcome[]): Promise<void> {
    const head = commitId(world.push('main', { 'a.yaml': '1' }));
    const usual = await warmUp(doing, head);
    const isMeant = (_request: unknown, commits: boolean) => doing === 'reading' || commits;
    const fault = one.fault(http, elsewhere);
    if (one.lasts) forge.faults.always(isMeant, fault);
    else forge.faults.next(isMeant, fault);
    const before = forge.requests.length;
    const failure = await failureOf(attempt(world.host, doing, head));
    forge.faults.clear();
    const sent = forge.requests.slice(before).filter(({ commits }) => doing === 'reading' || commits).length;
    const outcome = failure?.reason ?? 'right';
    matrix.note(one.name, doing, outcome, sent);
    assert.ok(expected.includes(outcome), `${outcome}: ${failure?.message ?? 'it worked'}`);
    const attempts = one.attempts ?? 1;
    if (doing === 'committing') assert.equal(sent, 1);
    else if (outcome === 'right') assert.equal(sent, usual + attempts - 1);
    else assert.equal(sent, attempts);
    if (one.retryAfter !== undefined) assert.equal(failure?.facts.retryAfter, one.retryAfter);
    const commits = doing === 'committing' ? (one.commits ?? 0) : 0;
    assert.equal(world.historyOf('main').length, 1 + commits);
    assert.deepEqual(elsewhere.requests, []);
    for (const token of forge.tokens) assert.ok(!JSON.stringify(failure?.facts ?? {}).includes(token));
    // Nothing is left of it.
    assert.equal(await world.teammate.head(world.repository, 'main', call()), world.headOf('main'));
  }

  /** Lets the adapters learn what they keep; tells how many requests a read takes then. */
  async function warmUp(doing: Doing, head: CommitId): Promise<number> {
    for (const host of [world.host, world.teammate]) await host.repository(world.repository, call());
    const { requests } = await forge.count(() => attempt(world.teammate, 'reading', head));
    if (doing === 'committing') await attempt(world.host, 'reading', head);
    return requests;
  }

  async function attempt(host: RepositoryHost, doing: Doing, head: CommitId): Promise<void> {
    if (doing === 'reading') await host.tree(world.repository, head, call());
    else await commitOn(world, [write('a.yaml', '2', '1')]);
  }

  it('follows no next page to another origin', async function () {
    if (!http.strangePage) this.skip();
    world.push('main', { 'a.yaml': '1' });
    const { route, reply } = http.strangePage(elsewhere.origin);
    forge.faults.always(({ path }) => path.includes(route), reply);
    const failure = await failureOf(all(world.host.listBranches(world.repository, '', call())));
    assert.equal(failure?.reason, 'unexpectedAnswer');
    assert.deepEqual(elsewhere.requests, []);
  });

  it('gives the credential to no other origin where it is led there for an archive', async () => {
    const head = commitId(world.push('main', { 'a.yaml': '1' }));
    forge.faults.always(({ method }) => method === 'GET', {
      status: 302,
      headers: { location: `${elsewhere.origin}/taken` },
    });
    const reads = [
      world.host.repository(world.repository, call()),
      world.host.head(world.repository, 'main', call()),
      world.host.tree(world.repository, head, call()),
      world.host.readFiles(world.repository, head, [{ path: 'a.yaml' as RepoPath }], call()),
    ];
    for (const read of reads) await failureOf(read);
    assert.ok(elsewhere.requests.every(({ hasCredential }) => !hasCredential));
  });
}

/** `undefined`: it did not fail. Anything but a `Failure` is a defect. */
async function failureOf(work: Promise<unknown>): Promise<Failure | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    if (Failure.is(error)) return error;
    throw error;
  }
}
