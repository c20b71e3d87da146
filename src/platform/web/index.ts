import type { CloneVerbParts, CloneVerbs } from '../../app/clone/cloneVerbs.ts';
import type { BlobId } from '../../core/model/ids.ts';
import type { PathPlatform } from '../../core/model/pathRules.ts';
import type { HostEntry } from '../../hosts/catalogue.ts';
import type { CheckoutStorages } from '../../ports/checkoutStorage.ts';
import type { OpenGitWriter } from '../../ports/gitWriter.ts';
import type { OpenLoopback } from '../../ports/loopback.ts';
import type { Hasher } from '../../ports/hasher.ts';
import type { WorkspaceClones } from '../../ports/workspaceClone.ts';
import type { HostSettings } from '../hostSettings.ts';
import type { StorageTools } from '../storageTools.ts';

/** Nobody can listen in a browser. */
export const openLoopback: OpenLoopback | undefined = undefined;

export function createHasher(): Hasher {
  return {
    async blobId(bytes) {
      const header = new TextEncoder().encode(`blob ${bytes.length}\0`);
      const object = new Uint8Array(header.length + bytes.length);
      object.set(header);
      object.set(bytes, header.length);
      const digest = new Uint8Array(await crypto.subtle.digest('SHA-1', object));
      return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('') as BlobId;
    },
  };
}

/** Nobody tells what is below a virtual file system: the strictest family's rules hold. */
export function pathPlatform(): PathPlatform {
  return 'windows';
}

export function platformStorages({ virtual }: StorageTools): CheckoutStorages {
  return virtual;
}

/** There is no program to run in a browser. */
export function platformHosts(_settings: HostSettings): readonly HostEntry[] {
  return [];
}

/** Nothing to work with in a clone: there is no Git. */
export const cloneVerbs: ((parts: CloneVerbParts) => Promise<CloneVerbs>) | undefined = undefined;

/** There are no clones on a virtual disk that Git could work in. */
export function workspaceClones(
  _settings: HostSettings,
  _tools: Omit<StorageTools, 'virtual'>,
): WorkspaceClones | undefined {
  return undefined;
}

/** A browser hides what a server does not let other sites read. */
export const readsAnyServer = false;

/** There is no Git to run in a browser. */
export function gitWriter(_settings: HostSettings): OpenGitWriter | undefined {
  return undefined;
}
