import { l10n } from 'vscode';
import type { QuestionKind, Questions } from '../../ports/ask.ts';
import { listFiles, nameFiles } from './nameFiles.ts';

export interface Dialog<Answer> {
  readonly message: string;
  readonly detail: string;
  /** The buttons besides Cancel, and the answers that they stand for; the first is the one that Enter presses. */
  readonly choices: readonly (readonly [button: string, answer: Answer])[];
}

type Dialogs = { readonly [K in QuestionKind]: (facts: Questions[K]['facts']) => Dialog<Questions[K]['answer']> };

const dialogs: Dialogs = {
  pushDeletes: ({ api, branch, paths }) => ({
    message:
      paths.length === 1
        ? l10n.t('Push to “{1}” and delete {0} there?', paths[0] ?? '', branch)
        : l10n.t('Push to “{1}” and delete {0} files of “{2}” there?', paths.length, branch, api),
    detail: consequence(
      paths,
      l10n.t(
        'It is gone from your folder already. After the push it is gone for everybody on this branch. It is copied to a backup first.',
      ),
      l10n.t(
        'They are gone from your folder already. After the push they are gone for everybody on this branch. They are copied to a backup first.',
      ),
    ),
    choices: [[l10n.t('Push and Delete'), 'push']],
  }),
  unsavedBeforePush: ({ paths }) => ({
    message:
      paths.length === 1
        ? l10n.t('{0} has unsaved edits. Save it and push?', paths[0] ?? '')
        : l10n.t('{0} files have unsaved edits. Save them and push?', paths.length),
    detail: consequence(
      paths,
      l10n.t('Only what is saved can be pushed.'),
      l10n.t('Only what is saved can be pushed.'),
    ),
    choices: [[l10n.t('Save and Push'), 'saveAndPush']],
  }),
  switchWithChanges: ({ from, to, apis, paths, conflicts }) => ({
    message: l10n.t('Switch from “{0}” to “{1}” with changes that are not pushed?', from, to),
    detail: paragraphs(
      listFiles(paths),
      conflicts.length === 0
        ? l10n.t('Take along: they stay in your files and become changes of “{0}”.', to)
        : l10n.t('They cannot be taken along: “{0}” has other versions of {1}.', to, nameFiles(conflicts)),
      l10n.t('Park: they wait on “{0}” and are back when you switch back to it.', from),
      apis.length > 1 ? l10n.t('These APIs share the folder and switch together: {0}.', apis.join(', ')) : '',
    ),
    choices: [
      ...(conflicts.length === 0 ? [[l10n.t('Take Along'), 'takeAlong'] as const] : []),
      [l10n.t('Park on “{0}”', from), 'park'],
    ],
  }),
  acceptTheirs: ({ paths }) => ({
    message:
      paths.length === 1
        ? l10n.t('Replace your version of {0} with the one in the repository?', paths[0] ?? '')
        : l10n.t('Replace your versions of {0} files with those in the repository?', paths.length),
    detail: consequence(
      paths,
      l10n.t('Your version is copied to a backup first, and this can be undone.'),
      l10n.t('Your versions are copied to a backup first, and this can be undone.'),
    ),
    choices: [[l10n.t('Accept Theirs'), 'acceptTheirs']],
  }),
  undecided: ({ paths, places }) => ({
    message:
      places === 1
        ? l10n.t('1 place is not decided. Take the result as it is?')
        : l10n.t('{0} places are not decided. Take the result as it is?', places),
    detail: paragraphs(
      listFiles(paths),
      l10n.t(
        'There the result has what was before both changes: neither yours nor theirs. Cancel to choose in the merge editor. Your version is copied to a backup first, and this can be undone.',
      ),
    ),
    choices: [[l10n.t('Take the Result'), 'takeResult']],
  }),
  discard: ({ paths }) => ({
    message:
      paths.length === 1
        ? l10n.t('Discard your changes in {0}?', paths[0] ?? '')
        : l10n.t('Discard your changes in {0} files?', paths.length),
    detail: consequence(
      paths,
      l10n.t(
        'It goes back to the version of your last pull or push. Your version is copied to a backup first, and this can be undone.',
      ),
      l10n.t(
        'They go back to the version of your last pull or push. Your versions are copied to a backup first, and this can be undone.',
      ),
    ),
    choices: [[l10n.t('Discard Changes'), 'discard']],
  }),
  restoreBackup: ({ paths }) => ({
    message:
      paths.length === 1
        ? l10n.t('Replace {0} with the copy in the backup?', paths[0] ?? '')
        : l10n.t('Replace {0} files with the copies in the backup?', paths.length),
    detail: consequence(
      paths,
      l10n.t('What you have now is copied to a backup first, and this can be undone.'),
      l10n.t('What you have now is copied to a backup first, and this can be undone.'),
    ),
    choices: [[l10n.t('Replace'), 'replace']],
  }),
  deleteBranch: ({ branch, repository, parked }) => ({
    message: l10n.t('Delete the branch “{0}” of “{1}”?', branch, repository),
    detail: paragraphs(
      l10n.t('It is gone for everybody. Commits that are on no other branch are lost with it.'),
      parked.length === 0 ? '' : l10n.t('What you parked on it is copied to a backup first:'),
      listFiles(parked),
    ),
    choices: [[l10n.t('Delete Branch'), 'delete']],
  }),
  dropParked: ({ branch, repository, parked }) => ({
    message: l10n.t('Drop what you parked on “{0}”?', branch),
    detail: paragraphs(
      l10n.t(
        'The branch is not in “{0}” any more. Only your parked work goes; it is copied to a backup first:',
        repository,
      ),
      listFiles(parked),
    ),
    choices: [[l10n.t('Drop'), 'drop']],
  }),
  disconnect: ({ api, branch, unpushed, parked }) => ({
    message: l10n.t('Disconnect “{0}” with changes that were never pushed?', api),
    detail: paragraphs(
      unpushed.length === 0 ? '' : `${l10n.t('Not pushed to “{0}”:', branch)}\n${listFiles(unpushed)}`,
      ...parked.map(({ branch: on, paths }) => `${l10n.t('Parked on “{0}”:', on)}\n${listFiles(paths)}`),
      l10n.t('All of it is copied to a backup first, and this can be undone.'),
    ),
    choices: [[l10n.t('Disconnect'), 'disconnect']],
  }),
  unpushedCommits: ({ branch, repository, commits }) => ({
    message: l10n.t('Push {0} more commits of “{1}” to “{2}”?', commits.length, branch, repository),
    detail: paragraphs(listFiles(commits), l10n.t('They were made in your clone before and go along with this push.')),
    choices: [[l10n.t('Push All'), 'push']],
  }),
  mergeInClone: ({ branch, repository, paths }) => ({
    message: l10n.t('Pull “{0}” of “{1}” and resolve {2} conflicts?', branch, repository, paths.length),
    detail: paragraphs(
      listFiles(paths),
      l10n.t(
        'Git stops at these files. Resolve them under Conflicts in the Source Control view, then commit the merge in Git’s, or abort it there.',
      ),
    ),
    choices: [[l10n.t('Pull and Resolve'), 'merge']],
  }),
  rewrittenBranch: ({ branch, repository, replaced }) => ({
    message: l10n.t(
      'The branch “{0}” of “{1}” was rewritten. Compare your files with the new one?',
      branch,
      repository,
    ),
    detail: paragraphs(
      l10n.t(
        'Your last pull is no longer part of its history: somebody force-pushed or made the branch again. What you have not pushed stays, as changes or conflicts.',
      ),
      replaced.length === 0
        ? ''
        : l10n.t(
            'These files are as you last pushed or pulled them, and different on the new branch. A pull replaces them; they are copied to a backup first:',
          ),
      listFiles(replaced),
    ),
    choices: [[l10n.t('Compare Again'), 'compareAgain']],
  }),
};

function paragraphs(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n\n');
}

/** What the answer does to the files; a single one is named by the question already. */
function consequence(paths: readonly string[], ofOne: string, ofMany: string): string {
  return paths.length === 1 ? ofOne : `${listFiles(paths)}\n\n${ofMany}`;
}

/** The words of a question. */
export function dialogOf<K extends QuestionKind>(
  kind: K,
  facts: Questions[K]['facts'],
): Dialog<Questions[K]['answer']> {
  return dialogs[kind](facts);
}
