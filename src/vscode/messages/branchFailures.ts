import { l10n } from 'vscode';
import type { FailureFacts, FailureReason } from '../../core/errors.ts';
import { failureMessage, warningMessage, type FailureMessage } from './failureMessage.ts';
import { hostWords } from './hostWords.ts';

export type BranchReason = Extract<
  FailureReason,
  'branchNotFound' | 'branchDeleted' | 'branchExists' | 'branchInUse' | 'invalidName' | 'protectedBranch'
>;

const newBranchFirst = ['pushToNewBranch', 'switchBranch'] as const;

/** Names and branches. */
export function describeBranch(reason: BranchReason, facts: FailureFacts): FailureMessage {
  const repository = facts.repository ?? l10n.t('the repository');
  const branch = facts.branch ?? l10n.t('this branch');
  switch (reason) {
    case 'branchNotFound':
      return failureMessage(
        l10n.t(
          'The branch “{0}” does not exist in “{1}”. It may have been deleted or renamed. Your files are untouched; choose another branch.',
          branch,
          repository,
        ),
        'switchBranch',
        'retry',
      );
    case 'branchDeleted':
      return warningMessage(
        facts.detail === undefined
          ? l10n.t(
              'Somebody deleted the branch “{0}” of “{1}”. Your files are untouched: push them to a new branch, or switch to another one.',
              branch,
              repository,
            )
          : l10n.t(
              'Somebody deleted the branch “{0}” of “{1}”, or gave it another name: “{2}” has all of its commits. Your files are untouched: switch to “{2}”, or push them to a new branch.',
              branch,
              repository,
              facts.detail,
            ),
        ...(facts.detail === undefined ? newBranchFirst : [...newBranchFirst].reverse()),
      );
    case 'branchExists':
      return failureMessage(
        l10n.t(
          'A branch named “{0}” exists in “{1}” already. Choose another name, or switch to it.',
          branch,
          repository,
        ),
        'switchBranch',
      );
    case 'branchInUse':
      return failureMessage(
        l10n.t(
          'You are working on the branch “{0}” of “{1}”, so it cannot be deleted. Switch to another branch first.',
          branch,
          repository,
        ),
        'switchBranch',
      );
    case 'invalidName':
      return failureMessage(
        facts.detail === undefined
          ? l10n.t('“{0}” cannot be used as a name. Choose another one.', branch)
          : l10n.t('This name cannot be used: {0}. Choose another one.', facts.detail),
      );
    case 'protectedBranch':
      return warningMessage(
        facts.detail === undefined
          ? l10n.t(
              'The branch “{0}” of “{1}” is protected, so nothing was pushed. Your changes are still here; take them to a new branch and push that.',
              branch,
              repository,
            )
          : l10n.t(
              '“{1}” takes no push to “{0}”: {2}. Nothing was pushed. Your changes are still here; take them to a new branch and push that.',
              branch,
              repository,
              hostWords(facts.detail),
            ),
        'pushToNewBranch',
        'switchBranch',
        'showLog',
      );
  }
}
