/**
 * Times what waits for a network, at every cloud's stand-in with 50 ms added to each request: nothing may take more
 * than 1.3 times the longest chain of requests that need one another's answers. Ends with 1 where something does.
 *
 * - a connect: head, tree of 2,000 files, and three levels of files (1, 60 and 239)
 * - a pull of 20 changed files, a push of 20 files
 *
 * The chain is counted from when each request came to the forge and its answer left: the longest row of requests of
 * which each began after the one before it had ended. So n files that are asked for one by one, four at a time, make
 * ⌈n/4⌉ of them. A serial waterfall would lengthen that chain too: it may be no longer than `needed` says.
 *
 * What the forge itself needs for an answer, beyond the delay, is no network: the most of it that lies on one chain is
 * taken off. It is measured in the same run, because two runs differ by more than what is looked for. Of several runs
 * the quickest counts.
 *
 * Run: npx tsx test/bench/hosts.bench.ts
 */
import assert from 'node:assert/strict';
import type { FileChange } from '../../src/core/model/change.ts';
import type { CommitId } from '../../src/core/model/ids.ts';
import type { RepoPath } from '../../src/core/model/repoPath.ts';
import type { FileRequest } from '../../src/ports/repositoryHost.ts';
import { bytesOf, call, write } from '../contract/support.ts';
import { requestChain, type RequestChain } from './requestChain.ts';
import { serveAzureDevOps, serveBitbucket, serveGitHub, serveGitLab, type ServedHost } from './servedHost.ts';

const latency = 50;
const budget = 1.3;
const rounds = 5;
/** On a machine that is busy with other things. */
const mostRounds = 20;
const files = 2_000;
const folders = 20;
const levels = [1, 60, 239];
const changed = 20;

const operations = ['connect', 'pull', 'push'] as const;
type Operation = (typeof operations)[number];

interface Subject {
  readonly name: string;
  serve(): Promise<ServedHost>;
  /** Requests one after another that each operation cannot do without. */
  readonly needed: Readonly<Record<Operation, number>>;
}

interface Run {
  readonly ms: number;
  readonly requests: number;
  readonly chain: RequestChain;
}

/** Of so many requests at once, four at a time. */
const turns = (requests: number): number => Math.ceil(requests / 4);
const batches = (size: number): readonly number[] => levels.map((count) => turns(Math.ceil(count / size)));
const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

const subjects: readonly Subject[] = [
  // Head, tree, a level at a time.
  { name: 'GitHub', serve: serveGitHub, needed: { connect: 2 + sum(batches(100)), pull: 3, push: 1 } },
  { name: 'GitLab', serve: serveGitLab, needed: { connect: 2 + sum(batches(20)), pull: 3, push: 1 } },
  {
    name: 'Bitbucket',
    serve: serveBitbucket,
    // Each page of the tree names the next one; a large part of the repository comes as one archive.
    needed: { connect: 1 + Math.ceil((files + folders) / 100) + levels.length, pull: 2 + turns(changed), push: 1 },
  },
  // The commit names its tree.
  { name: 'Azure DevOps', serve: serveAzureDevOps, needed: { connect: 3 + levels.length, pull: 4, push: 1 } },
];

console.log('                        requests  chain (needed)   limit   took  of it the forge’s own  per link');
for (const subject of subjects) await measure(subject);

async function measure(subject: Subject): Promise<void> {
  const runs: Record<Operation, Run[]> = { connect: [], pull: [], push: [] };
  const isLate = (): boolean =>
    operations.some((operation) => waitOf(quickest(runs[operation])) > limitOf(runs[operation]));
  // The first one warms up.
  await runAll(subject);
  for (let round = 0; round < rounds || (round < mostRounds && isLate()); round += 1) {
    const run = await runAll(subject);
    for (const operation of operations) runs[operation].push(run[operation]);
  }
  for (const operation of operations) report(subject, operation, runs[operation]);
}

function report({ name, needed }: Subject, operation: Operation, runs: readonly Run[]): void {
  const chain = chainOf(runs);
  const limit = limitOf(runs);
  const best = quickest(runs);
  const waited = waitOf(best);
  const isLate = waited > limit;
  const isWaterfall = chain > needed[operation];
  if (isLate || isWaterfall) process.exitCode = 1;
  const figures = [
    `${name} ${operation}`.padEnd(22),
    String(best.requests).padStart(10),
    `${chain} (${needed[operation]})`.padStart(16),
    ms(limit),
    ms(best.ms),
    ms(best.chain.work).padStart(24),
    (waited / chain / latency).toFixed(2).padStart(9),
    ...(isLate ? ['  TOO LATE'] : []),
    ...(isWaterfall ? ['  ONE AFTER ANOTHER WITHOUT NEED'] : []),
  ];
  console.log(figures.join(''));
}

/** Where a machine is busy, requests of one moment may come one after another. */
function chainOf(runs: readonly Run[]): number {
  return Math.min(...runs.map(({ chain }) => chain.length));
}

function limitOf(runs: readonly Run[]): number {
  return budget * chainOf(runs) * latency;
}

function waitOf({ ms: took, chain }: Run): number {
  return took - chain.work;
}

/** What else the machine does at the time only adds. */
function quickest(runs: readonly Run[]): Run {
  return runs.reduce((best, run) => (waitOf(run) < waitOf(best) ? run : best));
}

function ms(milliseconds: number): string {
  return `${milliseconds.toFixed(0)} ms`.padStart(8);
}

/** All three in a new repository, as a new adapter does them. */
async function runAll(subject: Subject): Promise<Record<Operation, Run>> {
  const served = await subject.serve();
  try {
    served.repository.push('main', Object.fromEntries(contents(files, 1)));
    // The connect form has asked for it by then.
    await served.host.repository(served.id, call());
    served.forge.faults.latency = latency;
    const connect = await timed(served, () => readLikeConnect(served));
    const from = served.repository.head('main') as CommitId;
    const to = served.repository.push('main', Object.fromEntries(contents(changed, 2))) as CommitId;
    const pull = await timed(served, () => readLikePull(served, from));
    const changes = edits();
    const push = await timed(served, () => pushFiles(served, to, changes));
    assert.notEqual(served.repository.head('main'), to);
    assert.deepEqual(served.time.waited, [], 'a pause would not be counted');
    return { connect, pull, push };
  } finally {
    await served.close();
  }
}

async function timed({ forge }: ServedHost, work: () => Promise<void>): Promise<Run> {
  const before = forge.requests.length;
  const start = performance.now();
  await work();
  const took = performance.now() - start;
  const requests = forge.requests.slice(before);
  return { ms: took, requests: requests.length, chain: requestChain(requests, latency) };
}

async function readLikeConnect(served: ServedHost): Promise<void> {
  const { host, id } = served;
  const head = await headOf(served);
  const tree = await host.tree(id, head, call());
  const wanted = Array.from(tree.values(), ({ path, id: blob }): FileRequest => ({ path, ...(blob && { id: blob }) }));
  let at = 0;
  for (const level of levels) {
    const read = await host.readFiles(id, head, wanted.slice(at, (at += level)), call());
    assert.equal(read.size, level);
  }
}

/** What changed is found by ids where the host tells them, else by what differs. */
async function readLikePull(served: ServedHost, from: CommitId): Promise<void> {
  const { host, id } = served;
  const head = await headOf(served);
  const read = await host.readFiles(id, head, await changedFiles(served, from, head), call());
  assert.equal(read.size, changed);
}

async function changedFiles({ host, id }: ServedHost, from: CommitId, to: CommitId): Promise<readonly FileRequest[]> {
  const known = [...(await host.tree(id, from, call())).values()];
  if (known.some((entry) => entry.id === undefined)) return host.changes(id, from, to, call());
  const tree = [...(await host.tree(id, to, call())).values()];
  const before = new Set(known.map((entry) => entry.id));
  return tree.flatMap(({ path, id: blob }) => (blob === undefined || before.has(blob) ? [] : [{ path, id: blob }]));
}

async function pushFiles(
  { host, id }: ServedHost,
  expectedHead: CommitId,
  changes: readonly FileChange[],
): Promise<void> {
  await host.commit(id, { branch: 'main', expectedHead, message: 'Changes', changes }, call());
}

/** Other contents for what was pulled. */
function edits(): readonly FileChange[] {
  const before = contents(changed, 2);
  return contents(changed, 3).map(([path, text], index) => write(path, text, before[index]?.[1] ?? null));
}

async function headOf({ host, id }: ServedHost): Promise<CommitId> {
  const head = await host.head(id, 'main', call());
  assert.ok(head);
  return head;
}

function contents(count: number, version: number): readonly (readonly [RepoPath, Uint8Array])[] {
  return Array.from({ length: count }, (_, index) => [
    `dir${index % folders}/${index}.yaml` as RepoPath,
    bytesOf(`n: ${index}\nversion: ${version}\n`),
  ]);
}
