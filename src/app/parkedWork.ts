import { Failure } from '../core/errors.ts';
import type { FileChange } from '../core/model/change.ts';
import type { RepoPath } from '../core/model/repoPath.ts';
import { sameVersion } from '../core/model/snapshot.ts';
import type { ParkedFile, ParkedFiles } from '../core/sync/checkoutState.ts';
import type { Checkout } from './checkout/checkout.ts';
import type { LocalFiles } from './checkout/localFiles.ts';

/** What coming back to a branch with parked work comes to, before the first byte is written. */
export interface Return {
  readonly changes: readonly FileChange[];
  readonly restored: ParkedFiles;
  /** Its contents are nowhere any more: it waits on, should they be found again. */
  readonly left: ParkedFiles;
}

/**
 * Contents of what is to be parked go where nothing evicts them.
 * @throws Failure `changedMeanwhile` when a file is another one than the person was asked about.
 */
export async function keepContents({ storage }: Checkout, parked: ParkedFiles): Promise<void> {
  const changed: RepoPath[] = [];
  for (const [path, { local }] of parked) {
    if (local === null || (await storage.blobs.has(local.id))) continue;
    const bytes = await storage.files.read(path);
    if (bytes === undefined || (await storage.blobs.put(bytes)) !== local.id) changed.push(path);
  }
  if (changed.length > 0) throw new Failure('changedMeanwhile', { paths: changed });
}

/** Whatever the target's version of these files is: what the person had made of them is in the folder again. */
export async function prepareReturn({ storage }: Checkout, parked: ParkedFiles, local: LocalFiles): Promise<Return> {
  const now = await local.snapshot(parked.keys());
  const changes: FileChange[] = [];
  const restored = new Map<RepoPath, ParkedFile>();
  const left = new Map<RepoPath, ParkedFile>();
  for (const [path, file] of parked) {
    const here = now.get(path);
    const bytes = file.local === null ? undefined : await storage.blobs.get(file.local.id);
    if (file.local !== null && bytes === undefined) {
      left.set(path, file);
      continue;
    }
    restored.set(path, file);
    if (file.local === null || bytes === undefined) {
      if (here !== undefined) changes.push({ kind: 'delete', path, expected: here.id });
    } else if (!sameVersion(here, file.local)) {
      changes.push({ kind: 'write', path, bytes, mode: file.local.mode, expected: here?.id ?? null });
    }
  }
  return { changes, restored, left };
}
