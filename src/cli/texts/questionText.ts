import type { QuestionKind } from '../../ports/ask.ts';

/** What only a person can answer, in the editor. Nothing has happened. */
export function questionText(question: QuestionKind): string {
  return `${questions[question]} Nothing was done: decide it in the editor.`;
}

const questions: Readonly<Record<QuestionKind, string>> = {
  pushDeletes: 'this would delete the root file, or more than half of the API’s files.',
  unsavedBeforePush: 'there are unsaved edits.',
  switchWithChanges: 'there are changes that were not pushed.',
  acceptTheirs: 'this would give up changes.',
  undecided: 'places of a merge were not decided.',
  discard: 'this would give up changes.',
  restoreBackup: 'this would replace files.',
  deleteBranch: 'work is parked on the branch.',
  dropParked: 'work is parked on the branch.',
  disconnect: 'there is work that was not pushed.',
  unpushedCommits: 'commits of the Git clone that were not pushed would go along.',
  mergeInClone: 'Git would stop in the middle, at files that a person has to join.',
  rewrittenBranch: 'the branch was force-pushed.',
};
