import { repositoryNames } from '../../core/model/diskNames.ts';
import type { PathPlatform } from '../../core/model/pathRules.ts';
import type { BranchState } from '../../core/sync/checkoutState.ts';
import type { RepoPath } from '../../core/model/repoPath.ts';
import type { UnmergedFiles } from '../../core/model/unmergedFile.ts';
import type { WorkingCopy } from '../../ports/workingCopy.ts';
import type { CallContext } from '../../ports/repositoryHost.ts';
import type { BaseFiles } from '../checkout/baseFiles.ts';
import type { Checkout } from '../checkout/checkout.ts';
import type { Knowledge } from '../checkout/knowledge.ts';
import { LocalFiles } from '../checkout/localFiles.ts';
import type { RemoteFiles } from '../checkout/remoteFiles.ts';

type Contents = ReadonlyMap<RepoPath, Uint8Array>;

/** The three moments of a folder that its APIs are surveyed on. */
export interface Ground {
  readonly branch: BranchState;
  readonly base: BaseFiles;
  readonly local: LocalFiles;
  readonly remote: RemoteFiles;
  readonly knowledge: Knowledge;
  /** The working copy cannot tell modes (`WorkingCopy.modeless`). */
  readonly modeless: boolean;
  /** Files of a clone that Git could not join; none where no Git is. */
  readonly unmerged: UnmergedFiles;
  /** What was read, as it is to be understood: with the contents that a clone's Git keeps elsewhere. */
  readonly understood: (contents: Contents) => Promise<Contents>;
  readonly call: CallContext;
}

export async function groundOf(
  checkout: Checkout,
  branch: BranchState,
  remote: RemoteFiles,
  platform: PathPlatform,
  call: CallContext,
): Promise<Ground> {
  const { files } = checkout.storage;
  const nameOf = repositoryNames(branch.base.keys(), remote.paths(), platform);
  return {
    branch,
    base: checkout.baseFiles(branch),
    local: new LocalFiles(files, platform, call.signal, nameOf),
    remote,
    knowledge: checkout.knowledge,
    modeless: isModeless(files),
    unmerged: (await checkout.clone?.unmerged(call.signal)) ?? new Map(),
    understood: (contents) => checkout.understood(contents, call.signal),
    call,
  };
}

export function isModeless(files: WorkingCopy): boolean {
  return files.modeless === true;
}
