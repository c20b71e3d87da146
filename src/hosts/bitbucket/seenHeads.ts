import type { CommitId } from '../../core/model/ids.ts';
import type { Clock } from '../../ports/clock.ts';

/** Milliseconds for which a look at a branch counts. */
const fresh = 10_000;

/**
 * Where branches were a moment ago. The host makes a branch anew that a commit names and that was deleted meanwhile;
 * so a push looks first, unless somebody did so just now.
 */
export class SeenHeads {
  readonly #seen = new Map<string, { readonly head: CommitId; readonly at: number }>();

  constructor(private readonly clock: Clock) {}

  note(repository: string, branch: string, head: CommitId | undefined): void {
    const key = `${repository} ${branch}`;
    if (head === undefined) this.#seen.delete(key);
    else this.#seen.set(key, { head, at: this.clock.now() });
  }

  isAt(repository: string, branch: string, head: CommitId): boolean {
    const seen = this.#seen.get(`${repository} ${branch}`);
    return seen?.head === head && this.clock.now() - seen.at <= fresh;
  }
}
