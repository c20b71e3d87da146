/** What the command line gets from the process that it runs in. */
export interface Shell {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** One line for whoever asked. */
  readonly out: (line: string) => void;
  /** One line beside the answer: what is going on, and what went wrong. */
  readonly err: (line: string) => void;
  /** Ctrl-C. */
  readonly signal: AbortSignal;
  /** The folder of the built programs, for those that Git starts. */
  readonly programs: string;
  /** The version of the extension. */
  readonly version: () => string;
}

/** What a script sees. `findings`: a person has something to do. `unable`: wrong usage, or nothing could be done. */
export const exitCodes = { ok: 0, findings: 1, unable: 2, cancelled: 130 } as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
