import type { ForgeReply, ForgeRequest } from './forgeRoute.ts';

/**
 * What goes wrong instead of an answer. `dropBefore`: the connection is cut and nothing happened; `dropAfter`: cut after
 * it took effect; `truncate`: the right answer, cut in its middle; `slow`: late.
 */
export type Fault = ForgeReply | 'dropBefore' | 'dropAfter' | 'truncate' | { readonly slow: number };

/** `commits`: whether the request would move a branch. */
export type Match = (request: ForgeRequest, commits: boolean) => boolean;

/** Everything that a test can make go wrong at a forge, on until switched off. */
export class ForgeFaults {
  /** Requests wait for it. */
  hold: Promise<void> | undefined;
  /** Milliseconds that every answer takes longer. */
  latency = 0;
  /** Runs once, right before the next commit is compared with the head: a teammate who is faster. */
  beforeCommit: (() => void) | undefined;
  /** The connection of the next commit is cut after it took effect. */
  loseAnswer = false;
  #faults: { readonly match: Match; readonly fault: Fault; readonly once: boolean }[] = [];

  /** Once, for the next request that matches; several wait in line. */
  next(match: Match, fault: Fault): void {
    this.#faults.push({ match, fault, once: true });
  }

  /** For every request that matches; gives the way back. */
  always(match: Match, fault: Fault): () => void {
    const entry = { match, fault, once: false };
    this.#faults.push(entry);
    return () => this.#remove(entry);
  }

  clear(): void {
    this.#faults = [];
  }

  take(request: ForgeRequest, commits: boolean): Fault | undefined {
    const entry = this.#faults.find(({ match }) => match(request, commits));
    if (entry?.once) this.#remove(entry);
    if (entry) return entry.fault;
    if (!commits || !this.loseAnswer) return undefined;
    this.loseAnswer = false;
    return 'dropAfter';
  }

  #remove(entry: object): void {
    this.#faults = this.#faults.filter((other) => other !== entry);
  }
}
