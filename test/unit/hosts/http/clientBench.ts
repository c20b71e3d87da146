import type { Timer } from '../../../../src/ports/timer.ts';
import type { Credential, Session } from '../../../../src/ports/accounts.ts';
import type { CallContext } from '../../../../src/ports/repositoryHost.ts';
import { HttpClient, type HttpClientOptions } from '../../../../src/hosts/http/httpClient.ts';
import type { HttpTools } from '../../../../src/hosts/http/httpTools.ts';
import { ListedLog } from '../../../contract/listedLog.ts';

/** What reached the network. */
export interface SentRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: string;
}

/** What the network does with the next request; an error is thrown as `fetch` throws. */
export type Reaction = (request: SentRequest) => Response | Error | Promise<Response>;

export const secret = 'secret-token-1234';

/** A client on a network of one's own making; its time passes at once, and is noted. */
export class ClientBench {
  readonly sent: SentRequest[] = [];
  readonly waited: number[] = [];
  readonly log = new ListedLog();
  readonly client: HttpClient;
  now = 1_000_000;
  credential: Credential | undefined = { kind: 'bearer', token: secret };

  constructor(
    private readonly reactions: Reaction[],
    options: Partial<HttpClientOptions> = {},
  ) {
    const session: Session = { account: 'jane', credential: () => Promise.resolve(this.credential) };
    this.client = new HttpClient(this.tools(), {
      host: 'github',
      origin: 'https://host.example',
      api: ['https://api.host.example'],
      session,
      ...options,
    });
  }

  private tools(): HttpTools {
    // Only pauses are over at once: a watch over a request that is answered never rings.
    const timer: Timer = {
      after: (milliseconds, work) => {
        if (milliseconds >= 60_000) return { dispose: () => undefined };
        this.waited.push(milliseconds);
        this.now += milliseconds;
        queueMicrotask(work);
        return { dispose: () => undefined };
      },
    };
    return {
      fetch: async (input, init) =>
        this.react(new Request(input, { ...init, signal: null }), init?.signal ?? undefined),
      clock: { now: () => this.now },
      timer,
      log: this.log,
      hasher: { blobId: () => Promise.reject(new Error('unused')) },
      random: () => 0,
    };
  }

  private async react(request: Request, signal: AbortSignal | undefined): Promise<Response> {
    const sent = { method: request.method, url: request.url, headers: request.headers, body: await request.text() };
    this.sent.push(sent);
    const reaction = this.reactions.length > 1 ? this.reactions.shift() : this.reactions[0];
    if (reaction === undefined) throw new Error('no reaction left');
    const outcome = await Promise.race([reaction(sent), aborted(signal)]);
    if (outcome instanceof Error) throw outcome;
    return outcome;
  }
}

function aborted(signal: AbortSignal | undefined): Promise<Error> {
  return new Promise((resolve) => signal?.addEventListener('abort', () => resolve(new Error('aborted'))));
}

export function answer(status: number, body: unknown = {}, headers: Record<string, string> = {}): Reaction {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const isEmpty = status === 204 || status === 304;
  return () =>
    new Response(isEmpty ? null : text, { status, headers: { 'content-type': 'application/json', ...headers } });
}

/** As Node's `fetch` does it: the reason is in the cause. */
export function broken(code: string): Reaction {
  return () => new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) });
}

export function quiet(signal: AbortSignal = new AbortController().signal): CallContext {
  return { signal, interactive: false };
}
