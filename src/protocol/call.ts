/** One thing that can be asked over a channel: its question, what may come before the answer, and the answer. */
export interface Call {
  readonly question: unknown;
  readonly part: unknown;
  readonly answer: unknown;
}

/** Everything that can be asked over one channel, by kind. */
export type CallTable<T> = { readonly [K in keyof T]: Call };

export type KindOf<T> = keyof T & string;

/** What went wrong with one call, in words for the person. */
export interface Trouble {
  readonly message: string;
  readonly actions: readonly TroubleAction[];
}

export interface TroubleAction {
  /** Sent back when the person chooses it. */
  readonly id: string;
  readonly label: string;
}

export type Request<T extends CallTable<T>> = {
  [K in KindOf<T>]: {
    readonly type: 'request';
    readonly id: number;
    readonly kind: K;
    readonly question: T[K]['question'];
  };
}[KindOf<T>];

export interface Cancel {
  readonly type: 'cancel';
  readonly id: number;
}

export type Reply<T extends CallTable<T>> = {
  [K in KindOf<T>]:
    | { readonly type: 'part'; readonly id: number; readonly kind: K; readonly part: T[K]['part'] }
    | { readonly type: 'answer'; readonly id: number; readonly kind: K; readonly answer: T[K]['answer'] };
}[KindOf<T>];

export interface Rejection {
  readonly type: 'rejection';
  readonly id: number;
  readonly trouble: Trouble;
}
