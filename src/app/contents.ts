import type { RepoPath } from '../core/model/repoPath.ts';
import type { UnmergedFile } from '../core/model/unmergedFile.ts';
import { branchState } from '../core/sync/checkoutState.ts';
import type { CallContext } from '../ports/repositoryHost.ts';
import { checkoutKeyOf } from './apiKeys.ts';
import type { ApiKey } from './apiNode.ts';
import type { Checkout } from './checkout/checkout.ts';
import type { Checkouts } from './checkout/checkouts.ts';
import { rememberRemote } from './checkout/viewRemote.ts';
import type { Look } from './look/look.ts';
import type { Side, UnmergedSide } from './useCases.ts';

/** What each is called in the index's own words. */
const unmergedSides = {
  unmergedBase: 'base',
  unmergedMine: 'mine',
  unmergedTheirs: 'theirs',
} as const satisfies Record<UnmergedSide, keyof UnmergedFile>;

/** Bytes of the sides that are not on disk, as the last look saw them. Editors ask, so nobody is asked to sign in. */
export class Contents {
  constructor(
    private readonly checkouts: Checkouts,
    private readonly look: Look,
  ) {}

  async run(key: ApiKey, path: RepoPath, side: Side): Promise<Uint8Array | undefined> {
    const call: CallContext = { signal: new AbortController().signal, interactive: false };
    const checkout = await this.checkouts.open(checkoutKeyOf(this.checkouts.nodeOf(key)));
    const isUnmerged = side !== 'base' && side !== 'remote';
    const bytes = isUnmerged
      ? await unmergedContents(checkout, path, side, call)
      : await this.agreedContents(checkout, path, side, call);
    return bytes && (await checkout.understood(new Map([[path, bytes]]), call.signal)).get(path);
  }

  private async agreedContents(
    checkout: Checkout,
    path: RepoPath,
    side: Exclude<Side, UnmergedSide>,
    call: CallContext,
  ): Promise<Uint8Array | undefined> {
    const state = await this.look.stateOf(checkout);
    const branch = branchState(state);
    if (side === 'base') return (await checkout.baseFiles(branch).read([path], call)).get(path);
    const { files } = rememberRemote(checkout, state.branch, branch);
    const bytes = (await files.read([path], call)).get(path);
    const id = files.idOf(path);
    if (bytes !== undefined && id !== undefined) checkout.shown.set(path, id);
    return bytes;
  }
}

/** Git keeps these by id alone: no commit need have them. */
async function unmergedContents(
  { clone }: Checkout,
  path: RepoPath,
  side: UnmergedSide,
  { signal }: CallContext,
): Promise<Uint8Array | undefined> {
  const version = (await clone?.unmerged(signal))?.get(path)?.[unmergedSides[side]];
  return version === undefined ? undefined : clone?.blob(version.id, signal);
}
