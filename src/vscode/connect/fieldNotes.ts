import { l10n } from 'vscode';
import type { FieldProblem } from '../../app/connectRequest.ts';
import type { FieldNote } from '../../protocol/connectMessages.ts';
import { branchRuleText, pathRuleText } from '../ruleTexts.ts';

/** What is wrong with a field and what would be right, in words. */
export function fieldNote(problem: FieldProblem): FieldNote {
  return { field: problem.field, message: messageOf(problem) };
}

function messageOf({ field, reason, detail }: FieldProblem): string {
  switch (reason) {
    case 'required':
      return l10n.t('This field cannot be blank.');
    case 'unsafe':
      return unsafeText(field, detail);
    case 'notFound':
      return notFoundText(field);
    case 'notADefinition':
      return field === 'localFolder'
        ? l10n.t(
            '{0} is there already and is no API definition that is known here. Move it away, or choose another folder.',
            detail ?? '',
          )
        : l10n.t('This file is no API definition that is known here. Choose another, or leave the field blank.');
    case 'isFile':
      return l10n.t('This is a file of the branch. Name the folder that it is in, or another one.');
    case 'notInWorkspace':
      return l10n.t('This folder lies outside of the workspace folder. Name one inside it.');
    case 'folderHasOtherCheckout':
      return detail === undefined
        ? l10n.t('This folder holds another repository or branch already. Choose another folder.')
        : l10n.t('This folder holds “{0}” already. Choose another folder.', detail);
    case 'cloneHasOtherBranch':
      return detail === undefined
        ? l10n.t(
            'Your clone in this folder is on another branch. Choose that one; you can switch once it is connected.',
          )
        : l10n.t(
            'Your clone in this folder is on “{0}”. Choose that one; you can switch once it is connected.',
            detail,
          );
    case 'nameTaken':
      return l10n.t('Another API of this workspace folder has that name.');
  }
}

function unsafeText(field: FieldProblem['field'], detail: string | undefined): string {
  if (field === 'repository') return addressRefused(detail);
  if (field === 'name') return l10n.t('A name cannot hold characters that nobody sees. Type it anew.');
  if (field === 'branch') return branchRuleText(detail ?? '') ?? l10n.t('This name cannot be used for a branch.');
  return pathRuleText(detail ?? '') ?? l10n.t('This path cannot be used. Name another one.');
}

/** `rule`: what the host says about its own addresses. */
export function addressRefused(rule: string | undefined): string {
  return rule === undefined
    ? l10n.t('This address is refused. Use an https, ssh or file address, or a path.')
    : l10n.t('This address is refused: {0}.', rule);
}

function notFoundText(field: FieldProblem['field']): string {
  switch (field) {
    case 'branch':
      return l10n.t('The repository has no branch of that name. Choose one of the list.');
    case 'rootFile':
      return l10n.t('The branch has no file of that name. Choose one of the list, or leave the field blank.');
    case 'repository':
      return l10n.t('There is no repository at this address, or you may not see it.');
    case 'name':
    case 'collectionFolder':
    case 'localFolder':
      return l10n.t('This was not found.');
  }
}
