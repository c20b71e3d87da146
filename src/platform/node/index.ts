import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { DiskStorages } from '../../adapters/disk/diskStorages.ts';
import type { CloneVerbParts, CloneVerbs } from '../../app/clone/cloneVerbs.ts';
import type { BlobId } from '../../core/model/ids.ts';
import type { PathPlatform } from '../../core/model/pathRules.ts';
import type { HostEntry } from '../../hosts/catalogue.ts';
import { accountWriter } from '../../hosts/git/accountWriter.ts';
import { gitEntry } from '../../hosts/git/gitEntry.ts';
import { lazyClones } from '../../hosts/git/clone/lazyClones.ts';
import type { CheckoutStorage, CheckoutStorages } from '../../ports/checkoutStorage.ts';
import type { OpenGitWriter } from '../../ports/gitWriter.ts';
import type { OpenLoopback } from '../../ports/loopback.ts';
import type { Hasher } from '../../ports/hasher.ts';
import type { WorkspaceClones } from '../../ports/workspaceClone.ts';
import type { HostSettings } from '../hostSettings.ts';
import type { StorageTools } from '../storageTools.ts';

/** For a browser that comes back from a host's page: loaded when somebody signs in that way. */
export const openLoopback: OpenLoopback | undefined = async (page) =>
  (await import('./loopback.ts')).openLoopback(page);

export function createHasher(): Hasher {
  return {
    blobId: (bytes) =>
      Promise.resolve(createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex') as BlobId),
  };
}

/** What a file's name may be on this computer. */
export function pathPlatform(): PathPlatform {
  if (process.platform === 'win32') return 'windows';
  return process.platform === 'darwin' ? 'mac' : 'linux';
}

/** A real disk where the workspace folder is on one; else whatever VS Code's file systems reach. */
export function platformStorages({ virtual, ...tools }: StorageTools): CheckoutStorages {
  const disk = new DiskStorages({ ...tools, platform: pathPlatform() });
  return {
    open: (workspaceFolder, folder) =>
      (workspaceFolder.startsWith('file:') ? disk : virtual).open(workspaceFolder, folder),
  };
}

/** Hosts that need programs of this computer. */
export function platformHosts({
  storage,
  programs,
  gitPath,
  credentials,
  hasher,
  log,
}: HostSettings): readonly HostEntry[] {
  const askpass = { main: join(programs, 'askpass.mjs'), node: process.execPath };
  return [gitEntry({ storage, gitPath, hasher, log, prompting: { credentials, askpass } })];
}

/** What Git does in a clone: loaded when the first one is worked in. */
export const cloneVerbs: ((parts: CloneVerbParts) => Promise<CloneVerbs>) | undefined = async (parts) =>
  (await import('../../app/clone/cloneVerbs.ts')).createCloneVerbs(parts);

/** The clones that people have on this computer. */
export function workspaceClones(
  { programs, gitPath, credentials, hasher, log }: HostSettings,
  tools: Omit<StorageTools, 'virtual'>,
): WorkspaceClones | undefined {
  const disk = new DiskStorages({ ...tools, platform: pathPlatform() });
  const askpass = { main: join(programs, 'askpass.mjs'), node: process.execPath };
  const openStorage = (root: string, memory: string): CheckoutStorage => disk.openAt(root, memory);
  return lazyClones({ gitPath, hasher, log, prompting: { credentials, askpass }, openStorage });
}

/** VS Code's fetch on Node asks every server. */
export const readsAnyServer = true;

/** Commits by Git, for hosts whose API makes none. */
export function gitWriter({ storage, programs, gitPath, hasher, log }: HostSettings): OpenGitWriter | undefined {
  const askpass = { main: join(programs, 'askpass.mjs'), node: process.execPath };
  return accountWriter({ storage, gitPath, hasher, log }, askpass);
}
