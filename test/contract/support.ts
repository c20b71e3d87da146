import assert from 'node:assert/strict';
import { Failure, type FailureReason } from '../../src/core/errors.ts';
import type { FileChange } from '../../src/core/model/change.ts';
import type { BlobId, CommitId } from '../../src/core/model/ids.ts';
import type { RepoPath } from '../../src/core/model/repoPath.ts';
import type { FileMode } from '../../src/core/model/snapshot.ts';
import type { CallContext, CommitRequest, RepositoryHost } from '../../src/ports/repositoryHost.ts';
import { gitBlobId } from '../forge/memory/memoryRepository.ts';
import type { World } from './hostUnderTest.ts';

export const isLong = process.env['LONG'] === '1';

export function call(signal: AbortSignal = new AbortController().signal): CallContext {
  return { signal, interactive: false };
}

export function bytesOf(content: string | Uint8Array): Uint8Array {
  return new Uint8Array(Buffer.from(content as Uint8Array));
}

export function commitId(id: string | undefined): CommitId {
  assert.ok(id !== undefined);
  return id as CommitId;
}

export function write(
  path: string,
  content: string | Uint8Array,
  expected: string | Uint8Array | null,
  mode: FileMode = 'regular',
): FileChange {
  return { kind: 'write', path: path as RepoPath, bytes: bytesOf(content), mode, expected: idOf(expected) };
}

export function remove(path: string, expected: string | Uint8Array): FileChange {
  return { kind: 'delete', path: path as RepoPath, expected: idOf(expected)! };
}

function idOf(content: string | Uint8Array | null): BlobId | null {
  return content === null ? null : gitBlobId(bytesOf(content));
}

/** A commit on `main`'s present head, unless told otherwise. */
export function commitOn(
  world: World,
  changes: readonly FileChange[],
  request: Partial<Omit<CommitRequest, 'changes'>> = {},
): Promise<{ readonly commit: CommitId; readonly parent: CommitId | undefined }> {
  const expectedHead = world.headOf('main') as CommitId | undefined;
  const whole = { branch: 'main', expectedHead, message: 'Changes by me', ...request, changes };
  return world.host.commit(world.repository, whole, call());
}

export async function fails(work: Promise<unknown>, ...reasons: readonly FailureReason[]): Promise<Failure> {
  const error = await work.then(
    () => assert.fail(`nothing failed, expected ${reasons.join(' or ')}`),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Failure) || !reasons.includes(error.reason)) throw error;
  return error;
}

export async function all<T>(pages: AsyncIterable<readonly T[]>): Promise<readonly T[]> {
  const items: T[] = [];
  for await (const page of pages) items.push(...page);
  return items;
}

export async function readText(
  host: RepositoryHost,
  repository: string,
  commit: string,
  path: string,
): Promise<string | undefined> {
  const read = await host.readFiles(repository, commit as CommitId, [{ path: path as RepoPath }], call());
  const bytes = read.get(path as RepoPath);
  return bytes === undefined ? undefined : Buffer.from(bytes).toString();
}

/** Waits for a condition, looking again and again; the test's own timeout ends a wait in vain. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

export const strangeNames: readonly string[] = [
  'with space.yaml',
  ' leading and trailing ',
  'emoji 🎉/grinning 😀.json',
  'hash#tag.yaml',
  'percent%20.yaml',
  '-dash.yaml',
  '--option=value',
  'quote"and\'apostrophe',
  'tab\tand\nnewline',
  'ünïcödé/日本語.yaml',
  'star*?[x].yaml',
  ':(glob)magic',
  '!bang',
  'a/b/c/d/e/f/g/deep.yaml',
];

export const strangeBranches: readonly string[] = [
  'feature/one',
  'feature/one-more/step',
  'issue#42',
  'fifty%20percent',
  'größe/日本語',
  'UPPER',
  'upper',
  'quote\'and"double',
  'emoji🎉',
];

export const sacredBytes: Readonly<Record<string, Uint8Array>> = {
  'crlf.yaml': bytesOf('a: 1\r\nb: 2\r\n'),
  'mixed.yaml': bytesOf('a: 1\r\nb: 2\nc: 3\r'),
  'bom.json': bytesOf('\uFEFF{"a": 1}\n'),
  'no-final-newline.yaml': bytesOf('a: 1'),
  'empty.yaml': new Uint8Array(),
  'only-newlines.txt': bytesOf('\n\n\n'),
  'every-byte.bin': Uint8Array.from({ length: 512 }, (_, index) => index % 256),
  'looks-like-a-batch.txt': bytesOf(`${'a'.repeat(40)} blob 3\nabc\n`),
};
