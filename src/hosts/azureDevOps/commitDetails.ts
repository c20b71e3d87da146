import type { InferOutput } from 'valibot';
import { Failure } from '../../core/errors.ts';
import { asCommitId, type CommitId } from '../../core/model/ids.ts';
import type { CommitInfo } from '../../core/model/repository.ts';
import type { CallContext } from '../../ports/repositoryHost.ts';
import type { AzureDevOpsApi } from './api.ts';
import { isUnknownCommit } from './failures.ts';
import type { Place } from './places.ts';
import { commit as commitAnswer } from './schemas.ts';

export interface CommitDetail extends CommitInfo {
  readonly treeId: string;
}

const most = 2_000;

/** Commits with their trees, parents and whole messages, which only the answer about a single one has. */
export class CommitDetails {
  readonly #known = new Map<string, CommitDetail>();

  constructor(private readonly api: AzureDevOpsApi) {}

  /** @throws Failure `hostError` for a commit that is not there. */
  async get(place: Place, id: CommitId, call: CallContext): Promise<CommitDetail> {
    const known = this.#known.get(`${place.id} ${id}`);
    if (known) return known;
    const answer = await this.api.send({ path: `${place.path}/commits/${id}` }, call);
    if (isUnknownCommit(answer))
      throw new Failure('hostError', { ...this.api.facts(place.facts), detail: `there is no commit ${id}` });
    return this.keep(place, this.api.read(commitAnswer, answer, place.facts));
  }

  /** What was told of a commit on another occasion. */
  keep(place: Place, { commitId, treeId, parents, comment }: InferOutput<typeof commitAnswer>): CommitDetail {
    const id = asCommitId(commitId);
    const detail = { id, treeId, parents: parents.map(asCommitId), message: withoutLastBreak(comment) };
    this.#known.set(`${place.id} ${id}`, detail);
    const [oldest] = this.#known.keys();
    if (this.#known.size > most && oldest !== undefined) this.#known.delete(oldest);
    return detail;
  }
}

/** Git ends a message with a line break that its author did not write. */
function withoutLastBreak(message: string): string {
  return message.replace(/\n$/, '');
}
