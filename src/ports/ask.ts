import type { RepoPath } from '../core/model/repoPath.ts';

/** Everything that an operation may have to ask in its middle. Each answer is one of the question's own words. */
export interface Questions {
  /** A push that deletes the root file or more than half of an API's files. */
  readonly pushDeletes: {
    readonly facts: { readonly api: string; readonly branch: string; readonly paths: readonly RepoPath[] };
    readonly answer: 'push' | 'cancel';
  };
  readonly unsavedBeforePush: {
    readonly facts: { readonly paths: readonly RepoPath[] };
    readonly answer: 'saveAndPush' | 'cancel';
  };
  readonly switchWithChanges: {
    readonly facts: {
      readonly from: string;
      readonly to: string;
      /** Every API of the checkout, since all of them switch. */
      readonly apis: readonly string[];
      /** Everything that was changed and not pushed. */
      readonly paths: readonly RepoPath[];
      /** Those that the other branch has in another version: while there are any, nothing can be taken along. */
      readonly conflicts: readonly RepoPath[];
    };
    /** `park`: they wait on the branch that is left, and are back on return. */
    readonly answer: 'takeAlong' | 'park' | 'cancel';
  };
  readonly acceptTheirs: {
    readonly facts: { readonly paths: readonly RepoPath[] };
    readonly answer: 'acceptTheirs' | 'cancel';
  };
  /** A result of the merge editor has places where nothing was decided: it would take back both sides there. */
  readonly undecided: {
    readonly facts: { readonly paths: readonly RepoPath[]; readonly places: number };
    readonly answer: 'takeResult' | 'cancel';
  };
  readonly discard: {
    readonly facts: { readonly paths: readonly RepoPath[] };
    readonly answer: 'discard' | 'cancel';
  };
  /** Only where files are replaced by a backup's. */
  readonly restoreBackup: {
    readonly facts: { readonly paths: readonly RepoPath[] };
    readonly answer: 'replace' | 'cancel';
  };
  readonly deleteBranch: {
    readonly facts: {
      readonly branch: string;
      readonly repository: string;
      /** What waits on it. */
      readonly parked: readonly RepoPath[];
    };
    readonly answer: 'delete' | 'cancel';
  };
  /** What waits on a branch that is not in the repository any more is to go. */
  readonly dropParked: {
    readonly facts: { readonly branch: string; readonly repository: string; readonly parked: readonly RepoPath[] };
    readonly answer: 'drop' | 'cancel';
  };
  /** Only where something was never pushed. */
  readonly disconnect: {
    readonly facts: {
      readonly api: string;
      readonly branch: string;
      readonly unpushed: readonly RepoPath[];
      readonly parked: readonly { readonly branch: string; readonly paths: readonly RepoPath[] }[];
    };
    readonly answer: 'disconnect' | 'cancel';
  };
  /** Commits of a clone that were made before go along with a push. */
  readonly unpushedCommits: {
    readonly facts: { readonly branch: string; readonly repository: string; readonly commits: readonly string[] };
    readonly answer: 'push' | 'cancel';
  };
  /** Git will stop half way, at files that a person has to join. */
  readonly mergeInClone: {
    readonly facts: { readonly branch: string; readonly repository: string; readonly paths: readonly string[] };
    readonly answer: 'merge' | 'cancel';
  };
  readonly rewrittenBranch: {
    readonly facts: {
      readonly branch: string;
      readonly repository: string;
      /** Files here that are as they were pushed or pulled last, and another version, or none, on the new branch. */
      readonly replaced: readonly RepoPath[];
    };
    readonly answer: 'compareAgain' | 'cancel';
  };
}

export type QuestionKind = keyof Questions;

/** Asks the person. A closed dialog is `cancel`. */
export interface Ask {
  ask<K extends QuestionKind>(kind: K, facts: Questions[K]['facts']): Promise<Questions[K]['answer']>;
}
