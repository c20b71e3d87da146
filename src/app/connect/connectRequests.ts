import type { Api } from '../../core/model/api.ts';
import type { ApiId } from '../../core/model/ids.ts';
import { Failure } from '../../core/errors.ts';
import type { Ids } from '../../ports/ids.ts';
import type { OperationContext } from '../../ports/progress.ts';
import type { ApisFiles } from '../apisFiles.ts';
import type { ReadonlyApiStore } from '../apiStore.ts';
import type { AskedRepository, ConnectRequest, FieldProblem } from '../connectRequest.ts';
import { checkFields, checkName, checkRivals } from './checkFields.ts';
import { fieldOf } from './checkTrial.ts';
import type { ConnectTrial, Trial } from './connectTrial.ts';
import type { ResolveRepository } from './resolveRepository.ts';

/** A request that was played through, or why it could not be. */
export type Tried =
  | {
      readonly trial: Trial;
      readonly existing: Api | undefined;
      readonly others: readonly Api[];
      /** What is wrong with the name, which decides nothing of what connecting brings. */
      readonly nameProblems: readonly FieldProblem[];
    }
  | { readonly problems: readonly FieldProblem[] };

/** Reads a connect request: what its fields say first, then what the host says. */
export class ConnectRequests {
  constructor(
    private readonly apis: ApisFiles,
    private readonly store: ReadonlyApiStore,
    private readonly resolve: ResolveRepository,
    private readonly ids: Ids,
    private readonly trial: ConnectTrial,
  ) {}

  /** @throws Failure where it is no field's fault: `offline`, `signInNeeded`, `untrusted` … */
  async try(request: ConnectRequest, context: OperationContext): Promise<Tried> {
    const existing = this.existing(request);
    const others = (await this.apis.list(request.workspaceFolder)).filter(({ id }) => id !== existing?.id);
    const problems = checkFields(request, this.resolve, others);
    const nameProblems = checkName(request, others);
    if (problems.length > 0) return { problems: [...nameProblems, ...problems] };
    try {
      const { ref } = await this.resolve.run(askedOf(request), context);
      const rivals = checkRivals(request, ref, others);
      if (rivals.length > 0) return { problems: [...nameProblems, ...rivals] };
      const id = existing?.id ?? (this.ids.next() as ApiId);
      const trial = await this.trial.run(request, ref, { existing, id }, context);
      return { trial, existing, others, nameProblems };
    } catch (error) {
      const problem = Failure.is(error) ? fieldOf(error) : undefined;
      if (problem === undefined) throw error;
      return { problems: [...nameProblems, problem] };
    }
  }

  /** @throws Failure `notApproved` for an API that is gone, `folderInUse` for one that is connected already. */
  private existing({ api }: ConnectRequest): Api | undefined {
    if (api === undefined) return undefined;
    const node = this.store.get(api);
    if (node === undefined) throw new Failure('notApproved');
    if (node.state === 'connected') throw new Failure('folderInUse', { paths: [node.api.folder] });
    return node.api;
  }
}

function askedOf({ host, repository, account }: ConnectRequest): AskedRepository {
  return { host, address: repository, ...(account === undefined ? {} : { account }) };
}
