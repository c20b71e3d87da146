import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** What processes that were killed left behind is removed once it is so old that nobody can be at it any more. */
const ages = {
  /** Git holds a lock for an instant, and waits ten seconds for another's. */
  lock: 60_000,
  /** An index, a pack on its way, a mirror in the making: written to until the very end. */
  work: 60 * 60_000,
} as const;

/** Cleans one mirror. */
export async function cleanMirror(folder: string): Promise<void> {
  const lock = /\.lock$/;
  await removeOld(folder, /^index-/, ages.work);
  for (const directory of ['fetch.git', 'view.git']) {
    await removeOld(join(folder, directory), lock, ages.lock);
    await removeOld(join(folder, directory, 'refs'), lock, ages.lock, { recursive: true });
    await removeOld(join(folder, directory, 'objects', 'pack'), /^tmp_|^\.tmp-/, ages.work);
  }
}

/** Cleans the folder of all mirrors: those that were never finished, or on their way out. */
export function cleanStorage(storage: string): Promise<void> {
  return removeOld(storage, /^[0-9a-f]{32}\.[0-9a-f-]{36}$/, ages.work);
}

async function removeOld(folder: string, name: RegExp, age: number, options?: { recursive: true }): Promise<void> {
  const found = await readdir(folder, { ...options, withFileTypes: true }).catch(noneIfAbsent);
  for (const entry of found) {
    const path = join(entry.parentPath, entry.name);
    if (!name.test(entry.name) || !(await isOlder(path, age))) continue;
    await rm(path, { recursive: true, force: true }).catch(unlessHeld);
  }
}

/** Windows keeps what a process has open: then somebody is at it after all. */
function unlessHeld(error: NodeJS.ErrnoException): void {
  if (!['EPERM', 'EBUSY', 'EACCES', 'ENOTEMPTY'].includes(error.code ?? '')) throw error;
}

function noneIfAbsent(error: NodeJS.ErrnoException): [] {
  if (error.code === 'ENOENT') return [];
  throw error;
}

/** What is gone meanwhile is nobody's business any more. */
async function isOlder(path: string, age: number): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found !== undefined && Date.now() - found.mtimeMs > age;
}
