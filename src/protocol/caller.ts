import type { CallTable, Cancel, KindOf, Rejection, Reply, Request, Trouble } from './call.ts';

export type Outcome<Answer> =
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'trouble'; readonly trouble: Trouble }
  /** A newer call of the same kind took its place, or it was called off. */
  | { readonly kind: 'superseded' };

interface Pending<T> {
  readonly kind: KindOf<T>;
  readonly onPart: (part: unknown) => void;
  readonly settle: (outcome: Outcome<unknown>) => void;
}

/** The asking end of a channel. A newer call of one kind takes the place of the older one. */
export class Caller<T extends CallTable<T>> {
  private readonly pending = new Map<number, Pending<T>>();
  private lastId = 0;

  constructor(private readonly post: (message: Request<T> | Cancel) => void) {}

  /** Never rejects: what went wrong is an outcome. */
  call<K extends KindOf<T>>(
    kind: K,
    question: T[K]['question'],
    onPart: (part: T[K]['part']) => void = () => undefined,
  ): Promise<Outcome<T[K]['answer']>> {
    this.cancel(kind);
    const id = ++this.lastId;
    return new Promise((settle) => {
      this.pending.set(id, { kind, onPart, settle });
      // The compiler cannot see that one K makes one member of the union.
      this.post({ type: 'request', id, kind, question } as Request<T>);
    });
  }

  /** Calls off what is under way of that kind, at both ends. */
  cancel(kind: KindOf<T>): void {
    for (const [id, call] of this.pending) {
      if (call.kind !== kind) continue;
      this.pending.delete(id);
      this.post({ type: 'cancel', id });
      call.settle({ kind: 'superseded' });
    }
  }

  /** Takes what the other end posted; an answer to nothing that is under way is dropped. */
  receive(message: Reply<T> | Rejection): void {
    const call = this.pending.get(message.id);
    if (call === undefined) return;
    if (message.type === 'part') {
      call.onPart(message.part);
      return;
    }
    this.pending.delete(message.id);
    if (message.type === 'rejection') call.settle({ kind: 'trouble', trouble: message.trouble });
    else call.settle({ kind: 'answer', answer: message.answer });
  }
}
