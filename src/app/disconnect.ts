import { Failure } from '../core/errors.ts';
import type { Api } from '../core/model/api.ts';
import type { Ask } from '../ports/ask.ts';
import type { Personal } from '../ports/personal.ts';
import type { OperationContext } from '../ports/progress.ts';
import { checkoutKeyOf } from './apiKeys.ts';
import type { ApiKey, ApiNode } from './apiNode.ts';
import type { ApisFiles } from './apisFiles.ts';
import type { ReadonlyApiStore } from './apiStore.ts';
import { approvalKey, endedKey } from './approvals.ts';
import { localCopies, parkedCopies, type BackUp } from './backup/backUp.ts';
import type { Checkouts } from './checkout/checkouts.ts';
import type { LoadApis } from './loadApis.ts';
import type { LookAll } from './lookAll.ts';
import type { Look } from './look/look.ts';
import type { Operations } from './operations.ts';
import type { Undoable } from './undoable.ts';
import { unpushedWork } from './unpushedWork.ts';

type Scope = 'forMe' | 'forEveryone';

/**
 * Ends a connection. Local files stay, and so does what the folder remembers: without its base nobody could tell an
 * edit from what was pulled, should the API be connected again.
 */
export class Disconnect {
  constructor(
    private readonly operations: Operations,
    private readonly checkouts: Checkouts,
    private readonly apis: ApisFiles,
    private readonly personal: Personal,
    private readonly store: ReadonlyApiStore,
    private readonly load: LoadApis,
    private readonly look: Look,
    private readonly looks: LookAll,
    private readonly ask: Ask,
    private readonly backUp: BackUp,
  ) {}

  /** @throws Failure `invalidName` unless `confirmation` is the API's name. */
  async run(key: ApiKey, scope: Scope, confirmation: string, context: OperationContext): Promise<Undoable> {
    const node = this.store.get(key);
    if (node?.api.connection === undefined) throw new Failure('notApproved');
    if (confirmation !== node.api.name) throw new Failure('invalidName', { detail: node.api.name });
    const checkout = checkoutKeyOf(node);
    const done = await this.operations.run(checkout, 'disconnect', context, () =>
      this.disconnect(node, scope, context),
    );
    if (this.checkouts.nodesOf(checkout).length === 0) this.checkouts.forget(checkout);
    await this.looks.files(key, context);
    return done;
  }

  private async disconnect(node: ApiNode, scope: Scope, context: OperationContext): Promise<Undoable> {
    const { workspaceFolder, api } = node;
    const kept = await this.keepWork(node, context);
    if (scope === 'forEveryone') await this.apis.change(workspaceFolder, api.id, withoutConnection);
    const approval = approvalOf(node);
    const wasApproved = approval !== undefined && this.personal.isApproved(approval);
    if (approval !== undefined) {
      await this.personal.decline(endedKey(approval));
      await this.personal.revoke(approval);
    }
    await this.load.run();
    return { ...kept, undo: (again) => this.reconnect(node, scope, wasApproved, again) };
  }

  /** The files stay in any case; the copies are for who wonders, months later, where that one change went. */
  private async keepWork(node: ApiNode, context: OperationContext): Promise<Pick<Undoable, 'backup'>> {
    const work = await unpushedWork(node, this.checkouts, this.look, context);
    if (work === undefined) return {};
    const { checkout, branch, unpushed } = work;
    const parked = [...work.parked].map(([name, files]) => ({ branch: name, paths: [...files.keys()] }));
    const answer = await this.ask.ask('disconnect', { api: node.api.name, branch, unpushed, parked });
    if (answer === 'cancel') throw new Failure('cancelled');
    const copies = [...(await localCopies(checkout, unpushed)), ...(await parkedCopies(checkout, work.parked))];
    return this.backUp.run(checkout, { reason: 'disconnect', branch }, copies);
  }

  /** @throws Failure `changedMeanwhile` when the API is connected again by now. */
  private async reconnect(node: ApiNode, scope: Scope, wasApproved: boolean, context: OperationContext): Promise<void> {
    const { key, workspaceFolder, api } = node;
    await this.operations.run(checkoutKeyOf(node), 'connect', context, async () => {
      if (scope === 'forEveryone') await this.apis.change(workspaceFolder, api.id, (now) => connectedAgain(now, api));
      const approval = approvalOf(node);
      if (wasApproved && approval !== undefined) await this.personal.approve(approval);
      await this.load.run();
    });
    if (this.store.get(key)?.state === 'connected') await this.looks.one(checkoutKeyOf(node), context);
  }
}

function approvalOf({ workspaceFolder, api }: ApiNode): string | undefined {
  return api.connection === undefined ? undefined : approvalKey(workspaceFolder, api, api.connection.repository);
}

/** The API itself stays, with its files. */
function withoutConnection(api: Api): Api {
  const { connection: _, ...rest } = api;
  return rest;
}

function connectedAgain(now: Api, { connection }: Api): Api {
  if (now.connection !== undefined || connection === undefined) {
    throw new Failure('changedMeanwhile', { paths: ['.vscode/apis.json'] });
  }
  return { ...now, connection };
}
