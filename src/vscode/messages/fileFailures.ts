import { l10n } from 'vscode';
import type { FailureFacts, FailureReason } from '../../core/errors.ts';
import { pathRuleText } from '../ruleTexts.ts';
import { failureMessage, warningMessage, type FailureMessage } from './failureMessage.ts';
import { nameFiles } from './nameFiles.ts';

export type FileReason = Extract<
  FailureReason,
  | 'changedMeanwhile'
  | 'unsavedEditors'
  | 'unsafePath'
  | 'tooLarge'
  | 'invalidFile'
  | 'stillReferenced'
  | 'folderInUse'
  | 'writeFailed'
  | 'unfinished'
>;

/** What stands in the way in the folder. */
export function describeFile(reason: FileReason, facts: FailureFacts): FailureMessage {
  const files = nameFiles(facts.paths ?? []) || l10n.t('a file');
  switch (reason) {
    case 'changedMeanwhile':
      if (facts.detail === 'mergeResult') return describeOldMerge(files);
      return warningMessage(
        l10n.t('Another program changed {0} in this moment, so nothing was written. Try again.', files),
        'retry',
        'openFile',
      );
    case 'unsavedEditors':
      return warningMessage(
        l10n.t(
          'There are unsaved edits in {0}, which this would overwrite. Save or close them, then try again.',
          files,
        ),
        'saveAll',
        'openFile',
      );
    case 'unsafePath':
      if (facts.detail === 'link') return describeLinkHere(files);
      if (facts.detail === 'linkThere') return describeLink(files);
      return describeUnsafe(files, facts.detail);
    case 'tooLarge':
      return failureMessage(
        facts.detail === undefined
          ? l10n.t('This is too large to be handled: {0}. Nothing was changed.', files)
          : l10n.t('This is too large to be handled: {0} ({1}). Nothing was changed.', files, facts.detail),
        'showLog',
      );
    case 'invalidFile':
      return failureMessage(
        facts.detail === undefined
          ? l10n.t('{0} cannot be read as what it should be. It was left as it is; correct it and try again.', files)
          : l10n.t(
              '{0} cannot be read as what it should be: {1}. It was left as it is; correct it and try again.',
              files,
              facts.detail,
            ),
        'openFile',
        'showLog',
      );
    case 'stillReferenced':
      return describeReferenced(files, facts);
    case 'folderInUse':
      return failureMessage(
        facts.detail === undefined
          ? l10n.t('This folder holds files of another repository or branch already. Choose another folder.')
          : l10n.t('This folder is in use already: {0}. Choose another folder.', facts.detail),
      );
    case 'unfinished':
      return failureMessage(
        l10n.t(
          'Writing stopped in the middle, and {0} could not be put back yet. Nothing is lost: check free space and permissions, then try again, and it is finished or undone first.',
          files,
        ),
        'retry',
        'showLog',
      );
    case 'writeFailed':
      return failureMessage(
        facts.detail === undefined
          ? l10n.t(
              'Writing {0} failed, so everything was put back as it was. Check free space and permissions, then try again.',
              files,
            )
          : l10n.t(
              'Writing {0} failed ({1}), so everything was put back as it was. Check free space and permissions, then try again.',
              files,
              facts.detail,
            ),
        'retry',
        'showLog',
      );
  }
}

/** `detail`: the broken rule, and the other path where two do not fit beside each other (`rule: path`). */
function describeUnsafe(files: string, detail = ''): FailureMessage {
  const [rule = '', other] = detail.split(/: (.*)/s);
  const why = pathRuleText(rule);
  if (why === undefined)
    return failureMessage(
      l10n.t(
        'The path {0} cannot be written safely on this computer, so nothing was written. Rename it in the repository.',
        files,
      ),
      'showLog',
    );
  return failureMessage(
    l10n.t(
      'The path {0} cannot be written safely on this computer, so nothing was written. {1} Rename it in the repository.',
      other === undefined ? files : `${files}, ${other}`,
      why,
    ),
    'showLog',
  );
}

function describeOldMerge(files: string): FailureMessage {
  return warningMessage(
    l10n.t(
      'There is a newer version of {0} than the merge editor was opened with, so nothing was written. Open the merge editor again, or accept one side as it is.',
      files,
    ),
    'openMergeEditor',
    'openFile',
  );
}

function describeLink(files: string): FailureMessage {
  return failureMessage(
    l10n.t(
      'In the repository, {0} is now a link or a submodule, or lies below one. Those are left alone, so nothing was pushed. Move your file elsewhere, or replace the link in the repository first.',
      files,
    ),
    'showLog',
  );
}

function describeLinkHere(files: string): FailureMessage {
  return failureMessage(
    l10n.t(
      'In your folder, {0} is a link, or lies below one. Nothing is written through a link or over it: put the file itself in its place, then try again.',
      files,
    ),
    'showLog',
  );
}

function describeReferenced(files: string, { referencedBy, branch }: FailureFacts): FailureMessage {
  const others = nameFiles(referencedBy ?? []) || l10n.t('another file');
  return warningMessage(
    branch === undefined
      ? l10n.t(
          'The definition still needs {0}: it is referenced in {1}. Take the reference out there first.',
          files,
          others,
        )
      : l10n.t(
          'The definition still needs {0}: on “{2}” it is referenced in {1}. Push or pull first, so that the reference is gone there.',
          files,
          others,
          branch,
        ),
    'openFile',
  );
}
