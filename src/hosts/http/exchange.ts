import { Failure, type FailureFacts } from '../../core/errors.ts';
import type { Fetch } from '../../ports/http.ts';
import type { Timer } from '../../ports/timer.ts';
import { cancelledUnsent } from './cancelledUnsent.ts';
import { joinedBytes } from './joinedBytes.ts';
import { ReceivedAnswer } from './receivedAnswer.ts';

/** Nothing heard for so long (milliseconds): nobody is there any more. */
const silence = 60_000;

/** One request on its way; its answer is read to the end. */
export interface Exchange {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | undefined;
  readonly redirect: 'manual' | 'follow';
  readonly maxBytes: number;
  readonly facts: FailureFacts;
}

/** What `fetch` gave; `opaque`: a browser keeps a redirect's target to itself. */
export type Exchanged =
  { readonly kind: 'answer'; readonly answer: ReceivedAnswer } | { readonly kind: 'opaqueRedirect' };

/**
 * Sends once and waits for every byte.
 * @throws Failure `cancelled`, `timeout`, `tooLarge`; whatever `fetch` throws comes through as it is.
 */
export async function exchange(fetch: Fetch, timer: Timer, request: Exchange, signal: AbortSignal): Promise<Exchanged> {
  const stop = new AbortController();
  const cancel = (): void => stop.abort(new Failure('cancelled'));
  if (signal.aborted) throw cancelledUnsent();
  signal.addEventListener('abort', cancel, { once: true });
  const watch = new Watch(timer, () => stop.abort(new Failure('timeout', request.facts)));
  try {
    const response = await fetch(request.url, {
      method: request.method,
      headers: request.headers,
      redirect: request.redirect,
      // A browser would answer for a minute from its own cache, and a head be old; ETags are our own doing.
      cache: 'no-store',
      signal: stop.signal,
      ...(request.body === undefined ? {} : { body: request.body as BodyInit }),
    });
    watch.heard();
    if (response.type === 'opaqueredirect') return { kind: 'opaqueRedirect' };
    const bytes = await readBody(response, request, () => watch.heard());
    const url = response.url === '' ? request.url : response.url;
    return {
      kind: 'answer',
      answer: new ReceivedAnswer(response.status, url, response.headers, bytes, request.facts),
    };
  } catch (error) {
    // Which error `fetch` throws for an abort differs; why we aborted does not.
    throw stop.signal.aborted ? (stop.signal.reason as Failure) : error;
  } finally {
    watch.dispose();
    signal.removeEventListener('abort', cancel);
  }
}

async function readBody(
  response: Response,
  { maxBytes, facts }: Exchange,
  heard: () => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const reader = response.body?.getReader();
  if (reader === undefined) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    heard();
    length += value.length;
    if (length > maxBytes) {
      await reader.cancel();
      throw new Failure('tooLarge', { ...facts, detail: `an answer of more than ${String(maxBytes)} bytes` });
    }
    chunks.push(value);
  }
  return joinedBytes(chunks);
}

/** Rings when nothing was heard for too long. */
class Watch {
  #waiting;

  constructor(
    private readonly timer: Timer,
    private readonly ring: () => void,
  ) {
    this.#waiting = timer.after(silence, ring);
  }

  heard(): void {
    this.#waiting.dispose();
    this.#waiting = this.timer.after(silence, this.ring);
  }

  dispose(): void {
    this.#waiting.dispose();
  }
}
