/**
 * Times our closure of big real definitions beside json-schema-ref-parser's `resolve`, interleaved in one process.
 * Run: npx tsx test/bench/closure.bench.ts (DATA_DIR, default ../shared/data). Only the ratios say something.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { $RefParser } from '@apidevtools/json-schema-ref-parser';
import { closure } from '../../src/core/definition/closure.ts';
import { ScanCache } from '../../src/core/definition/scanCache.ts';
import { asRepoPath } from '../../src/core/model/repoPath.ts';
import { dataFolder } from '../data/dataFolder.ts';
import { DiskSource } from '../data/diskSource.ts';
import { median } from './median.ts';

const roots = [
  { repository: 'digitalocean__openapi', root: 'specification/DigitalOcean-public.v2.yaml' },
  { repository: 'vrchatapi__specification', root: 'openapi/openapi.yaml' },
  { repository: 'jdegre__5GC_APIs', root: 'TS24558_Eees_ACREvents.yaml' },
  { repository: 'Rebilly__api-definitions', root: 'openapi/openapi.yaml' },
  { repository: 'medusajs__medusa', root: 'www/apps/api-reference/specs/admin/openapi.full.yaml' },
];
const rounds = 5;

/** What a closure costs from nothing: listing the folder, reading and scanning. */
async function ours(folder: string, root: string): Promise<number> {
  const found = await closure(asRepoPath(root), new DiskSource(folder), new ScanCache(), new AbortController().signal);
  return found.files.length;
}

async function theirs(folder: string, root: string): Promise<number> {
  const parser = new $RefParser();
  await parser.resolve(join(folder, root), { continueOnError: true, resolve: { http: false } });
  return parser.$refs.paths().length;
}

async function timed(run: () => Promise<number>): Promise<{ ms: number; files: number }> {
  const start = performance.now();
  const files = await run();
  return { ms: performance.now() - start, files };
}

async function measure(folder: string, root: string): Promise<string> {
  const own: number[] = [];
  const other: number[] = [];
  let files = 0;
  for (let round = 0; round < rounds; round += 1) {
    const ownRun = await timed(() => ours(folder, root));
    own.push(ownRun.ms);
    files = ownRun.files;
    other.push((await timed(() => theirs(folder, root))).ms);
  }
  const ratio = median(other) / median(own);
  return `${files} files: ours ${median(own).toFixed(0)} ms, theirs ${median(other).toFixed(0)} ms, ${ratio.toFixed(1)} times faster`;
}

const trees = dataFolder('definitions/trees');
for (const { repository, root } of roots) {
  const folder = trees === undefined ? undefined : join(trees, repository);
  const isThere = folder !== undefined && existsSync(join(folder, root));
  console.log(`${repository} ${root}: ${isThere ? await measure(folder, root) : 'not in DATA_DIR'}`);
}
