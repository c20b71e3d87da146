import type { CallTable, Cancel, KindOf, Rejection, Reply, Request, Trouble } from './call.ts';

/** Circumstances of one call at the answering end. */
export interface Circumstances<Part> {
  /** Fires when the call is called off, a newer one of its kind comes, or the channel closes. */
  readonly signal: AbortSignal;
  /** Sends what is known so far. */
  readonly part: (part: Part) => void;
}

export type Handlers<T extends CallTable<T>> = {
  readonly [K in KindOf<T>]: (
    question: T[K]['question'],
    circumstances: Circumstances<T[K]['part']>,
  ) => Promise<T[K]['answer']>;
};

interface Running {
  readonly id: number;
  readonly controller: AbortController;
}

/** What a channel's answering end needs from its surroundings. */
export interface ResponderOptions<T extends CallTable<T>> {
  readonly handlers: Handlers<T>;
  /** Turns what came over the wire into a message; `undefined`: it is none of ours and is dropped. */
  readonly parse: (message: unknown) => Request<T> | Cancel | undefined;
  readonly post: (message: Reply<T> | Rejection) => void;
  /** Words for what a handler threw. */
  readonly describe: (error: unknown) => Trouble;
}

/** The answering end of a channel: at most one call of each kind runs, the newest. */
export class Responder<T extends CallTable<T>> {
  private readonly running = new Map<string, Running>();
  private closed = false;

  constructor(private readonly options: ResponderOptions<T>) {}

  receive(raw: unknown): void {
    const message = this.options.parse(raw);
    if (message === undefined || this.closed) return;
    if (message.type === 'cancel') this.cancel(message.id);
    else void this.answer(message);
  }

  dispose(): void {
    this.closed = true;
    for (const { controller } of this.running.values()) controller.abort();
    this.running.clear();
  }

  private cancel(id: number): void {
    for (const [kind, call] of this.running) {
      if (call.id !== id) continue;
      this.running.delete(kind);
      call.controller.abort();
    }
  }

  private async answer({ id, kind, question }: Request<T>): Promise<void> {
    this.running.get(kind)?.controller.abort();
    const controller = new AbortController();
    const call: Running = { id, controller };
    this.running.set(kind, call);
    const { signal } = controller;
    const post = (message: unknown): void => {
      // Made of one kind's own parts and answers; the compiler cannot follow K through the table.
      if (!signal.aborted) this.options.post(message as Reply<T> | Rejection);
    };
    try {
      const answer = await this.options.handlers[kind](question, {
        signal,
        part: (part) => post({ type: 'part', id, kind, part }),
      });
      post({ type: 'answer', id, kind, answer });
    } catch (error) {
      if (!signal.aborted) post({ type: 'rejection', id, trouble: this.options.describe(error) });
    } finally {
      if (this.running.get(kind) === call) this.running.delete(kind);
    }
  }
}
