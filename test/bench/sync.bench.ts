/**
 * Times the two things that people wait for beside what Git needs for the like, interleaved in one run; requests are
 * counted by the server. Only the ratios say something.
 *
 * - a look at a connected API of 2,000 files of which none changed, beside `git status` of a clone
 * - connecting an API of 300 files of a repository of 2,000 over local HTTP, beside `git clone --depth 1`
 *
 * Run: npx tsx test/bench/sync.bench.ts
 */
import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type { ApiKey } from '../../src/app/apiNode.ts';
import type { Engine } from '../../src/app/createEngine.ts';
import { root, schema } from '../app/definitions.ts';
import { context, request } from '../app/person.ts';
import { GitBench } from '../contract/git/gitBench.ts';
import { benchEngine } from './benchEngine.ts';
import { median } from './median.ts';

const run = promisify(execFile);
const rounds = 7;
const total = 2_000;

await withBench(lookBesideStatus);
await withBench(connectBesideClone);

async function lookBesideStatus(bench: GitBench): Promise<void> {
  bench.repository.push('main', repositoryOf(total));
  const folder = bench.sandbox.path('look');
  mkdirSync(folder);
  const { engine, store } = benchEngine(bench, folder);
  const node = store.get(await connect(engine, bench, folder));
  const checkout = node?.sync?.checkout;
  if (checkout === undefined) throw new Error('Connecting has left no checkout');
  await clone(bench, 'clone');
  const [glances, looks, statuses, requests]: [number[], number[], number[], number[]] = [[], [], [], []];
  for (let round = 0; round <= rounds; round += 1) {
    const glance = await timed(() => engine.useCases.glance(checkout, context()));
    const counted = await bench.server.count(() => timed(() => engine.useCases.look(checkout, context())));
    const status = await timed(() => bench.sandbox.git(bench.sandbox.path('clone'), 'status', '--porcelain'));
    // The first one warms up, Git as well as us.
    if (round === 0) continue;
    glances.push(glance);
    looks.push(counted.answer);
    requests.push(counted.requests);
    statuses.push(status);
  }
  engine.dispose();
  const files = node?.definition?.files.length ?? 0;
  console.log(`nothing changed in ${files} files:`);
  console.log(`  look at the folder ${ms(glances)}, git status ${ms(statuses)}: ${ratio(glances, statuses)} of it`);
  console.log(`  look at folder and repository ${ms(looks)}, ${Math.max(...requests)} requests`);
}

async function connectBesideClone(bench: GitBench): Promise<void> {
  bench.repository.push('main', { ...repositoryOf(300), ...besides(total - 300) });
  const [connects, clones, ourRequests, gitRequests]: [number[], number[], number[], number[]] = [[], [], [], []];
  for (let round = 0; round <= rounds; round += 1) {
    const folder = bench.sandbox.path(`connect${round}`);
    mkdirSync(folder);
    const { engine } = benchEngine(bench, folder);
    const ours = await bench.server.count(() => timed(() => connect(engine, bench, folder)));
    engine.dispose();
    const git = await bench.server.count(() => timed(() => clone(bench, `clone${round}`)));
    if (round === 0) continue;
    connects.push(ours.answer);
    ourRequests.push(ours.requests);
    clones.push(git.answer);
    gitRequests.push(git.requests);
  }
  console.log(`connecting 300 of ${total} files over HTTP:`);
  console.log(`  connect ${ms(connects)}, ${Math.max(...ourRequests)} requests`);
  console.log(`  git clone --depth 1 ${ms(clones)}, ${Math.max(...gitRequests)} requests`);
  console.log(`  ${ratio(connects, clones)} of it`);
}

async function withBench(measure: (bench: GitBench) => Promise<void>): Promise<void> {
  const bench = await GitBench.open();
  try {
    await measure(bench);
  } finally {
    await bench.close();
  }
}

function connect(engine: Engine, bench: GitBench, folder: string): Promise<ApiKey> {
  const asked = request({ workspaceFolder: pathToFileURL(folder).href, repository: bench.url });
  return engine.useCases.connect(asked, context());
}

/** Not by `execFileSync`: the server that answers is in this process. */
async function clone(bench: GitBench, name: string): Promise<void> {
  await run('git', ['clone', '--quiet', '--depth', '1', bench.url, bench.sandbox.path(name)], {
    env: bench.sandbox.commandEnvironment,
  });
}

/** A root that references half of its files, each of which references one more: files of about a kilobyte. */
function repositoryOf(files: number): Record<string, string> {
  const near = names('near', Math.floor(files / 2));
  const far = names('far', files - 1 - near.length);
  const made: Record<string, string> = { 'openapi.yaml': root(...near) };
  for (const [index, name] of near.entries()) {
    const target = far[index];
    made[name] = padded(target === undefined ? schema() : schema(`../${target}`), index);
  }
  for (const [index, name] of far.entries()) made[name] = padded(schema(), index);
  return made;
}

function besides(files: number): Record<string, string> {
  return Object.fromEntries(names('rest', files).map((name, index) => [name, padded(schema(), index)]));
}

function names(folder: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${folder}/${index}.yaml`);
}

function padded(text: string, seed: number): string {
  return `${text}description: |\n${`  Part ${seed} of an API that people wrote much about.\n`.repeat(20)}`;
}

async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function ms(times: readonly number[]): string {
  return `${median(times).toFixed(0)} ms`;
}

function ratio(ours: readonly number[], theirs: readonly number[]): string {
  return (median(ours) / median(theirs)).toFixed(1);
}
