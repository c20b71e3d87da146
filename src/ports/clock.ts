/** Milliseconds since 1970, from outside, so that tests own time. */
export interface Clock {
  now(): number;
}
