import { createHash } from 'node:crypto';
import type { BlobId } from '../../src/core/model/ids.ts';
import type { HttpTools } from '../../src/hosts/http/httpTools.ts';
import type { Credential, Session } from '../../src/ports/accounts.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Hasher } from '../../src/ports/hasher.ts';
import type { Timer } from '../../src/ports/timer.ts';
import { ListedLog } from './listedLog.ts';

/** As long as a watch over an answer takes to ring; what is shorter is a pause. */
const shortestWatch = 60_000;

/** Time of which pauses are over at once, and noted; watches never ring. */
export class RushedTime implements Timer, Clock {
  readonly waited: number[] = [];
  #rushed = 0;

  now(): number {
    return Date.now() + this.#rushed;
  }

  after(milliseconds: number, work: () => void): { dispose(): void } {
    if (milliseconds >= shortestWatch) return { dispose: () => undefined };
    this.waited.push(milliseconds);
    const end = this.#rushed + milliseconds;
    const soon = setImmediate(() => {
      this.#rushed = Math.max(this.#rushed, end);
      work();
    });
    return { dispose: () => clearImmediate(soon) };
  }
}

export const hasher: Hasher = {
  blobId: (bytes) =>
    Promise.resolve(createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex') as BlobId),
};

/** What an adapter is made of in tests: the real `fetch`, time that does not make anybody wait, a log that is kept. */
export interface ForgeTools extends HttpTools {
  readonly time: RushedTime;
  readonly log: ListedLog;
}

export function forgeTools(tools: Partial<HttpTools> = {}): ForgeTools {
  const time = new RushedTime();
  return {
    fetch: globalThis.fetch,
    clock: time,
    timer: time,
    hasher,
    random: () => 0,
    ...tools,
    time,
    log: new ListedLog(),
  };
}

/** Whoever has this token; `undefined`: nobody. */
export function sessionOf(account: string | undefined, token?: string): Session {
  const credential: Credential | undefined = token === undefined ? undefined : { kind: 'bearer', token };
  return { account, credential: () => Promise.resolve(credential) };
}
