/** What somebody says who takes a checkout for themselves. */
export interface LeaseClaim {
  /** What for. */
  readonly operation: string;
  /** Milliseconds since 1970. */
  readonly since: number;
}

/** Who has a checkout to themselves: a window, or a script. */
export interface LeaseHolder extends LeaseClaim {
  /** Of this taking; nobody has the same. Empty: what is written there cannot be read. */
  readonly id: string;
  /** The computer's name; empty where nobody tells. */
  readonly machine: string;
  /** Changes with every sign of life. */
  readonly beat: string;
  /** Surely gone: it was a process of this computer, and there is no such process any more. */
  readonly hasEnded: boolean;
}

/** The right to write in a checkout's folder, in `.api-source-control/lease.json`: one at a time has it. */
export interface LeaseStore {
  /** Takes what nobody has. `false`: somebody has it. @throws Failure `writeFailed`. */
  take(claim: LeaseClaim): Promise<boolean>;
  /** Nothing happens where nothing was taken. @throws Failure `busy` when what was taken was given to another since. */
  confirm(): Promise<void>;
  /** A sign of life, for those who wait. */
  beat(): Promise<void>;
  /** Gives back what was taken, if it still is. */
  release(): Promise<void>;
  holder(): Promise<LeaseHolder | undefined>;
  /** Takes it from a holder that shows no life. Where another has it by now, nothing happens. */
  evict(holder: LeaseHolder): Promise<void>;
}
