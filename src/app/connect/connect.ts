import { throwIfCancelled } from '../../core/cancellation.ts';
import { Failure } from '../../core/errors.ts';
import type { Api } from '../../core/model/api.ts';
import type { PathPlatform } from '../../core/model/pathRules.ts';
import type { RepoPath } from '../../core/model/repoPath.ts';
import type { RepositoryRef } from '../../core/model/repository.ts';
import type { CheckoutState } from '../../core/sync/checkoutState.ts';
import { moveBase } from '../../core/sync/moves.ts';
import { encodeState } from '../../core/sync/stateCodec.ts';
import type { Editors } from '../../ports/editors.ts';
import type { Hosts } from '../../ports/hosts.ts';
import type { Personal } from '../../ports/personal.ts';
import type { OperationContext } from '../../ports/progress.ts';
import type { WorkspaceClone } from '../../ports/workspaceClone.ts';
import { apiKey, checkoutKey } from '../apiKeys.ts';
import type { ApprovedServers } from '../accounts/approvedServers.ts';
import type { Bindings } from '../accounts/bindings.ts';
import type { ApiKey } from '../apiNode.ts';
import type { ApisFiles } from '../apisFiles.ts';
import { approvalKey } from '../approvals.ts';
import type { Checkouts } from '../checkout/checkouts.ts';
import type { Leases } from '../checkout/leases.ts';
import type { Recover } from '../checkout/recover.ts';
import { settledView } from '../checkout/remoteView.ts';
import { transact } from '../checkout/transact.ts';
import type { ConnectRequest } from '../connectRequest.ts';
import { refuseTyped, refuseUnsaved } from '../guards.ts';
import type { Look } from '../look/look.ts';
import type { Operations } from '../operations.ts';
import { prepareTaking, type Taking } from '../take.ts';
import { uncancelled } from '../uncancelled.ts';
import { checkTrial, failureOf } from './checkTrial.ts';
import type { ConnectRequests } from './connectRequests.ts';
import { stateFor, type Trial } from './connectTrial.ts';

/** Entry in `apis.json`, approval, the folder's state and the first pull: all of it or nothing. */
export class Connect {
  constructor(
    private readonly requests: ConnectRequests,
    private readonly operations: Operations,
    private readonly checkouts: Checkouts,
    private readonly apis: ApisFiles,
    private readonly hosts: Hosts,
    private readonly personal: Personal,
    private readonly servers: ApprovedServers,
    private readonly bindings: Bindings,
    private readonly editors: Editors,
    private readonly look: Look,
    private readonly platform: PathPlatform,
    private readonly leases: Leases,
    private readonly recover: Recover,
  ) {}

  run(request: ConnectRequest, context: OperationContext): Promise<ApiKey> {
    const key = checkoutKey(request.workspaceFolder, request.localFolder);
    return this.operations.run(key, 'connect', context, () => this.connect(request, context));
  }

  private async connect(request: ConnectRequest, context: OperationContext): Promise<ApiKey> {
    const tried = await this.requests.try(request, context);
    const problems = 'problems' in tried ? tried.problems : [...tried.nameProblems, ...checkTrial(tried.trial)];
    const [problem] = problems;
    if (problem !== undefined || 'problems' in tried) throw problem ? failureOf(problem) : new Failure('invalidFile');
    const { trial, existing } = tried;
    const taking = await this.prepare(trial, context);
    throwIfCancelled(context.signal);
    await this.leases.hold(trial.storage.lease, 'connect', context, async () => {
      await this.refuseMoved(trial);
      await this.establish(trial, taking, request, existing, context);
    });
    await this.show(trial, uncancelled(context));
    return apiKey(request.workspaceFolder, trial.api.id);
  }

  /** What the trial was made of must still be so. @throws Failure `busy` when another window was faster. */
  private async refuseMoved({ api, storage, state, checkout }: Trial): Promise<void> {
    const { workspaceFolder, folder, clone } = checkout;
    const recovery = await this.recover.run({ workspaceFolder, folder, storage }, [api.name]);
    const now = await stateFor(checkout, api);
    // In a clone the base moves with what was fetched on the way, and nothing of it is written.
    const isSame = clone === undefined ? encodeState(now) === encodeState(state) : now.branch === state.branch;
    if (recovery === undefined && isSame) return;
    throw new Failure('busy', { paths: [folder] });
  }

  private async prepare({ checkout, survey, ground, remote }: Trial, context: OperationContext): Promise<Taking> {
    if (checkout.clone !== undefined) return takeNothing(checkout.clone, survey.members, context);
    refuseUnsaved(this.editors, checkout, survey.universe);
    const sides = { base: ground.base, remote: remote.files, beside: survey.members, universe: survey.universe };
    return prepareTaking(checkout, survey.plan, sides, this.platform, context);
  }

  /** Each step knows how to take itself back; files and state come last, so that a failure leaves none. */
  private async establish(
    trial: Trial,
    taking: Taking,
    { workspaceFolder, account }: ConnectRequest,
    existing: Api | undefined,
    context: OperationContext,
  ): Promise<void> {
    const { api, storage, scratch } = trial;
    const approval = approvalKey(workspaceFolder, api, api.connection.repository);
    const undo: (() => Promise<void>)[] = [];
    try {
      if (!this.personal.isApproved(approval)) {
        await this.personal.approve(approval);
        undo.push(() => this.personal.revoke(approval));
      }
      undo.push(await this.bind(api.connection.repository, account));
      await this.apis.put(workspaceFolder, api);
      undo.push(() =>
        existing === undefined ? this.apis.remove(workspaceFolder, api.id) : this.apis.put(workspaceFolder, existing),
      );
      await scratch.keepIn(storage.blobs);
      const { changes } = taking;
      refuseTyped(this.editors, trial.checkout, changes);
      await transact({ storage }, { operation: 'connect', changes, next: connectedState(trial, taking) }, context);
    } catch (error) {
      for (const step of undo.reverse()) await step();
      throw error;
    }
    const { repository } = api.connection;
    // It was chosen or typed by name.
    await this.servers.approve(repository);
    await this.personal.rememberRepository({ host: repository.host, address: this.hosts.address(repository) });
  }

  /** The choice of the form, kept for this person; answers how to take it back. */
  private async bind(repository: RepositoryRef, account: string | undefined): Promise<() => Promise<void>> {
    const before = this.bindings.chosen(repository);
    await this.bindings.bind(repository, this.bindings.of(repository, account) ?? before);
    return () => this.bindings.bind(repository, before);
  }

  private async show({ checkout, state, remote }: Trial, context: OperationContext): Promise<void> {
    const real = await this.checkouts.open(checkout.key);
    if (real.clone !== undefined) {
      await this.look.ask(real, context);
      return;
    }
    const files = remote.files.keptIn(real.storage.blobs);
    const view = settledView(state.branch, remote.head, files);
    real.seen.set(state.branch, view);
    await this.look.see(real, await this.look.stateOf(real), view, context);
  }
}

/**
 * A clone has its files already; what is new in the repository comes with a pull.
 * @throws Failure `sparseCheckout` for files that nobody could see or change here.
 */
async function takeNothing(
  clone: WorkspaceClone,
  members: ReadonlySet<RepoPath>,
  { signal }: OperationContext,
): Promise<Taking> {
  const paths = await clone.leftOut([...members], signal);
  if (paths.length > 0) throw new Failure('sparseCheckout', { paths });
  return { changes: [], moves: new Map(), taken: [], merged: [], conflicts: [] };
}

function connectedState({ state, remote, ground }: Trial, { moves }: Taking): CheckoutState {
  const { branch } = ground;
  const moved =
    remote.head === undefined
      ? branch
      : { ...branch, head: remote.head, base: moveBase(branch.base, moves, remote.head) };
  return { ...state, branches: new Map([...state.branches, [state.branch, moved]]) };
}
