/** Randomness from outside, so that tests own it. */
export interface Ids {
  /** A new identifier that nobody else has: a UUID. */
  next(): string;
}
