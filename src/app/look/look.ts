import { Failure } from '../../core/errors.ts';
import type { Api } from '../../core/model/api.ts';
import type { ApiId } from '../../core/model/ids.ts';
import type { PathPlatform } from '../../core/model/pathRules.ts';
import { branchState, withBranch, type BranchState, type CheckoutState } from '../../core/sync/checkoutState.ts';
import { count } from '../../core/sync/planCount.ts';
import { encodeState } from '../../core/sync/stateCodec.ts';
import type { OperationContext } from '../../ports/progress.ts';
import { apiKey } from '../apiKeys.ts';
import type { ApiNode, SyncStatus } from '../apiNode.ts';
import type { ApiStore } from '../apiStore.ts';
import type { Checkout } from '../checkout/checkout.ts';
import type { Checkouts, ConnectedApi } from '../checkout/checkouts.ts';
import type { Leases } from '../checkout/leases.ts';
import type { RemoteView } from '../checkout/remoteView.ts';
import { recallRemote, rememberRemote, viewRemote } from '../checkout/viewRemote.ts';
import { branchFacts } from './branchFacts.ts';
import { groundOf } from './ground.ts';
import { settle } from './settle.ts';
import { surveyApi, type ApiSurvey } from './survey.ts';

/** What one look saw of a checkout; every plan that is carried out comes from one. */
export interface Sight {
  readonly checkout: Checkout;
  readonly state: CheckoutState;
  readonly branch: BranchState;
  readonly remote: RemoteView;
  readonly surveys: ReadonlyMap<ApiId, ApiSurvey>;
}

type PushStatus = Pick<SyncStatus, 'inDoubt' | 'pushingElsewhere'>;

/** Looks at folder and host, and publishes what it saw. */
export class Look {
  constructor(
    private readonly checkouts: Checkouts,
    private readonly store: ApiStore,
    private readonly platform: PathPlatform,
    private readonly leases: Leases,
  ) {}

  /** Asks the host. Works offline as far as it can: `remote.failure` then says why it saw no more. */
  async ask(checkout: Checkout, context: OperationContext): Promise<Sight> {
    const state = await this.settled(checkout, await this.stateOf(checkout), context);
    context.progress.report({ step: 'askingHost' });
    const remote = await viewRemote(checkout, state.branch, branchState(state), context);
    return this.see(checkout, state, remote, context);
  }

  /** As {@link ask}, for what cannot be done without the host. @throws Failure of the host. */
  async insist(checkout: Checkout, context: OperationContext): Promise<Sight> {
    const sight = await this.ask(checkout, context);
    if (sight.remote.failure !== undefined) throw sight.remote.failure;
    return sight;
  }

  /** As {@link glance}; asks the host where it was never seen. */
  async remember(checkout: Checkout, context: OperationContext): Promise<Sight> {
    const { branch } = await this.stateOf(checkout);
    return checkout.seen.has(branch) ? this.glance(checkout, context) : this.ask(checkout, context);
  }

  /** Looks at the folder only and takes the host as it, or in a clone anybody's Git, was seen last: never a question. */
  async glance(checkout: Checkout, context: OperationContext): Promise<Sight> {
    const state = await this.stateOf(checkout);
    const { branch } = state;
    const { clone } = checkout;
    if (clone === undefined) {
      return this.see(checkout, state, rememberRemote(checkout, branch, branchState(state)), context, 'memory');
    }
    const recalled = await recallRemote(checkout, clone, branch, branchState(state), context);
    return this.see(checkout, state, recalled, context);
  }

  /** The sight with a branch that was viewed already, published; `memory`: nothing is fetched for it. */
  async see(
    checkout: Checkout,
    state: CheckoutState,
    remote: RemoteView,
    context: OperationContext,
    reach: 'host' | 'memory' = 'host',
  ): Promise<Sight> {
    context.progress.report({ step: 'comparing' });
    const branch = branchState(state);
    const isReachable = reach === 'host' && remote.failure === undefined;
    const files = isReachable ? remote.files : remote.files.withoutHost();
    const whole = await groundOf(checkout, branch, files, this.platform, context);
    const ground = isReachable ? whole : { ...whole, base: whole.base.withoutHost() };
    const surveys = new Map<ApiId, ApiSurvey>();
    for (const api of this.checkouts.apisOf(checkout.key)) surveys.set(api.id, await surveyApi(api, ground));
    const kept = await this.keepMembers(checkout, state, surveys);
    const sight = { checkout, state: kept, branch: branchState(kept), remote, surveys };
    this.publish(sight, await this.pushOf(sight));
    return sight;
  }

  /** The checkout's own memory; a new one starts on the branch that its first API names. */
  async stateOf(checkout: Checkout): Promise<CheckoutState> {
    const known = await checkout.storage.state.load();
    if (known !== undefined) return known;
    const [first] = this.checkouts.apisOf(checkout.key);
    if (first === undefined) throw new Failure('notApproved', { repository: checkout.repository.name });
    return newState(checkout, first);
  }

  private async settled(checkout: Checkout, state: CheckoutState, context: OperationContext): Promise<CheckoutState> {
    if (state.intent === undefined) return state;
    try {
      // Until it is this window's turn, the window that pushes may have the answer.
      return await this.leases.hold(checkout.storage.lease, 'look', context, async () => {
        const now = await this.stateOf(checkout);
        return now.intent === undefined ? now : (await settle(checkout, now, now.intent, context)).state;
      });
    } catch (error) {
      if (!Failure.is(error) || error.reason === 'cancelled') throw error;
      return state;
    }
  }

  /** @throws Failure `busy` when another window switched the branch under this look. */
  private async keepMembers(
    checkout: Checkout,
    before: CheckoutState,
    surveys: ReadonlyMap<ApiId, ApiSurvey>,
  ): Promise<CheckoutState> {
    // What another window saved while this one looked is not taken back.
    const grown = async (): Promise<CheckoutState> => {
      const state = await this.stateOf(checkout);
      if (state.branch !== before.branch) throw new Failure('busy', { paths: [checkout.folder] });
      return withMembers(state, surveys);
    };
    const now = await this.stateOf(checkout);
    const next = await grown();
    if (encodeState(now) === encodeState(next)) return next;
    const saved = await this.leases.ifFree(checkout.storage.lease, 'look', async () => {
      const state = await grown();
      await checkout.storage.state.save(state);
      return state;
    });
    // Somebody else is at work here: the look after that keeps them.
    return saved ?? next;
  }

  /** An intent is a doubt only once nobody waits for the answer any more. */
  private async pushOf({ checkout, state }: Sight): Promise<PushStatus> {
    if (state.intent === undefined) return { inDoubt: false };
    const holder = await this.leases.elsewhere(checkout.storage.lease);
    return holder?.operation === 'push' ? { inDoubt: false, pushingElsewhere: true } : { inDoubt: true };
  }

  private publish({ checkout, state, remote, surveys }: Sight, push: PushStatus): void {
    for (const [id, survey] of surveys) {
      const sync = { ...syncStatus(checkout, state, remote, survey), ...push };
      const { definition, collections } = survey;
      this.store.update([apiKey(checkout.workspaceFolder, id)], (node) =>
        withFailure({ ...node, definition, collections, sync }, remote.failure),
      );
    }
  }
}

export function newState({ repository }: Checkout, api: ConnectedApi): CheckoutState {
  return { repository, branch: api.connection.branch, branches: new Map() };
}

/** `undefined` takes an earlier failure away. */
export function withFailure(node: ApiNode, failure: Failure | undefined): ApiNode {
  const { failure: _, ...rest } = node;
  return failure === undefined ? rest : { ...rest, failure };
}

/** @throws Failure `notApproved` when the API is no view on the checkout any more. */
export function surveyOf(sight: Sight, api: Api): ApiSurvey {
  const survey = sight.surveys.get(api.id);
  if (survey === undefined) throw new Failure('notApproved');
  return survey;
}

function syncStatus(
  checkout: Checkout,
  state: CheckoutState,
  remote: RemoteView,
  { plan }: ApiSurvey,
): Omit<SyncStatus, keyof PushStatus> {
  return {
    checkout: checkout.key,
    branch: state.branch,
    ...renamed(checkout),
    ...(remote.head === undefined ? {} : { head: remote.head }),
    standing: remote.standing,
    plan,
    ...count(plan),
    ...branchFacts(checkout, state, remote),
  };
}

function renamed({ name, repository }: Checkout): Pick<SyncStatus, 'repositoryName'> {
  return name === undefined || name === repository.name ? {} : { repositoryName: name };
}

function withMembers(state: CheckoutState, surveys: ReadonlyMap<ApiId, ApiSurvey>): CheckoutState {
  const branch = branchState(state);
  const found = [...surveys].filter(([id, { members }]) => members.size > 0 || branch.members.has(id));
  if (found.length === 0) return state;
  const members = new Map([...branch.members, ...found.map(([id, survey]) => [id, survey.members] as const)]);
  return withBranch(state, state.branch, { ...branch, members });
}
