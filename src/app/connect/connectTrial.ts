import { Failure } from '../../core/errors.ts';
import type { Api } from '../../core/model/api.ts';
import { defaultCollectionFolder } from '../../core/model/api.ts';
import type { ApiId } from '../../core/model/ids.ts';
import type { PathPlatform } from '../../core/model/pathRules.ts';
import { asRepoPath } from '../../core/model/repoPath.ts';
import type { RepositoryRef } from '../../core/model/repository.ts';
import { branchState, type CheckoutState } from '../../core/sync/checkoutState.ts';
import type { CheckoutStorage } from '../../ports/checkoutStorage.ts';
import type { Hasher } from '../../ports/hasher.ts';
import type { OperationContext } from '../../ports/progress.ts';
import { checkoutKey } from '../apiKeys.ts';
import { Checkout } from '../checkout/checkout.ts';
import { isSameRepository, type Checkouts, type ConnectedApi } from '../checkout/checkouts.ts';
import type { RemoteView } from '../checkout/remoteView.ts';
import { viewRemote } from '../checkout/viewRemote.ts';
import { ScratchBlobs } from '../checkout/scratchBlobs.ts';
import type { ConnectRequest } from '../connectRequest.ts';
import { groundOf, type Ground } from '../look/ground.ts';
import { newState } from '../look/look.ts';
import { surveyApi, type ApiSurvey } from '../look/survey.ts';

/** What connecting would find, with nothing written anywhere. */
export interface Trial {
  readonly api: ConnectedApi;
  /** Its blobs are scratch. */
  readonly checkout: Checkout;
  readonly scratch: ScratchBlobs;
  /** The folder's own. */
  readonly storage: CheckoutStorage;
  readonly state: CheckoutState;
  readonly remote: RemoteView;
  readonly ground: Ground;
  readonly survey: ApiSurvey;
}

/** Plays a connect request through, up to the first byte: what the form previews is what connecting does. */
export class ConnectTrial {
  constructor(
    private readonly checkouts: Checkouts,
    private readonly hasher: Hasher,
    private readonly platform: PathPlatform,
  ) {}

  /**
   * The fields of the request must have been checked (`checkFields`).
   * @throws Failure `branchNotFound`, `folderInUse`, and everything that keeps the host from being asked.
   */
  async run(
    request: ConnectRequest,
    repository: RepositoryRef,
    { existing, id }: { readonly existing: Api | undefined; readonly id: ApiId },
    context: OperationContext,
  ): Promise<Trial> {
    const api = requestedApi(request, repository, existing, id);
    const scratchable = await this.scratchCheckout(request, repository);
    const { checkout } = scratchable;
    const state = await stateFor(checkout, api);
    if (state.branch !== request.branch) {
      if (checkout.clone !== undefined) throw new Failure('branchInUse', { branch: state.branch, detail: 'clone' });
      throw new Failure('folderInUse', { paths: [request.localFolder], branch: state.branch });
    }
    context.progress.report({ step: 'askingHost' });
    const remote = await viewRemote(checkout, state.branch, branchState(state), context);
    if (remote.failure !== undefined) throw remote.failure;
    await refuseMissingBranch(checkout, remote, context);
    context.progress.report({ step: 'comparing' });
    const ground = await groundOf(checkout, branchState(state), remote.files, this.platform, context);
    return { ...scratchable, api, state, remote, ground, survey: await surveyApi(api, ground) };
  }

  private async scratchCheckout(
    { workspaceFolder, localFolder, account }: ConnectRequest,
    repository: RepositoryRef,
  ): Promise<Pick<Trial, 'checkout' | 'scratch' | 'storage'>> {
    const key = checkoutKey(workspaceFolder, localFolder);
    const real = await this.checkouts.make(key, { workspaceFolder, folder: localFolder }, repository, account);
    const scratch = new ScratchBlobs(this.hasher, real.storage.blobs);
    const storage = { ...real.storage, blobs: scratch };
    return {
      scratch,
      storage: real.storage,
      checkout: new Checkout(key, workspaceFolder, localFolder, repository, real.host, storage, real.clone),
    };
  }
}

/** What a folder remembers of another repository, which no API names any more, is no claim on it. */
export async function stateFor(checkout: Checkout, api: ConnectedApi): Promise<CheckoutState> {
  const known = await checkout.storage.state.load();
  const isOurs = known !== undefined && isSameRepository(known.repository, checkout.repository);
  return isOurs ? known : newState(checkout, api);
}

/** Only a repository without any commit may lack the branch: its first push makes it. */
async function refuseMissingBranch(checkout: Checkout, remote: RemoteView, context: OperationContext): Promise<void> {
  if (remote.head !== undefined) return;
  const repository = await checkout.host.repository(checkout.repository.id, context);
  if (!repository.empty) throw new Failure('branchNotFound', { branch: remote.branch, repository: repository.name });
}

function requestedApi(
  request: ConnectRequest,
  repository: RepositoryRef,
  existing: Api | undefined,
  id: ApiId,
): ConnectedApi {
  const root = blankless(request.rootFile);
  const folder = blankless(request.collectionFolder);
  return {
    id,
    name: request.name.trim(),
    folder: request.localFolder,
    ...(root === undefined ? {} : { rootFile: asRepoPath(root) }),
    // Paths are relative to the folder: in another one they would name other files.
    addedFiles: existing?.folder === request.localFolder ? existing.addedFiles : [],
    collectionFolder: folder === undefined ? defaultCollectionFolder : asRepoPath(folder),
    connection: { repository, branch: request.branch },
  };
}

function blankless(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === '' ? undefined : text.trim();
}
