/** Which promise of sync (1 to 8) a guard keeps. */
export type PromiseNumber = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

/** A source file with one guard taken out, and the test that must notice. */
export interface Mutant {
  /** A host, or what is the same for all of them. */
  readonly part: 'github' | 'gitlab' | 'bitbucket' | 'azureDevOps' | 'sync';
  readonly promise: PromiseNumber;
  readonly what: string;
  readonly file: string;
  /** Texts that are in the file exactly once, and what takes their place. */
  readonly edits: readonly (readonly [text: string, replacement: string])[];
  /** Title of a test of `tests`, without the titles around it. */
  readonly noticedBy: string;
  readonly tests: Tests;
}

export interface Tests {
  readonly file: string;
  /** A part of the titles of those that are run. */
  readonly only?: string;
}
