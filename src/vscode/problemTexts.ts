import { l10n } from 'vscode';
import type { ApisFileProblem } from '../app/apiStore.ts';
import type { DocumentProblem, ReferenceProblem } from '../core/definition/definition.ts';
import { branchRuleText, pathRuleText } from './ruleTexts.ts';

/** One sentence for the tree and for the Problems panel. */
export function referenceProblemText({ kind, target, suggestion }: ReferenceProblem): string {
  if (kind === 'outside') return l10n.t('“{0}” is outside of the repository, so it is not kept with this API.', target);
  return suggestion === undefined
    ? l10n.t('“{0}” is not in the repository.', target)
    : l10n.t('“{0}” is not in the repository. Did you mean “{1}”?', target, suggestion);
}

export function documentProblemText({ message }: DocumentProblem): string {
  switch (message) {
    case 'doesNotParse':
      return l10n.t('This document cannot be parsed. Its references were found as text all the same.');
    case 'duplicateKey':
      return l10n.t('This document has the same key twice in one place.');
    case 'tooLarge':
      return l10n.t('This document is too large to be searched for references.');
    case 'tooDeep':
      return l10n.t('This document is nested too deeply to be searched for references.');
    case 'binary':
      return l10n.t('This file is not text, so it was not searched for references.');
  }
}

/** Why an entry of `apis.json` cannot be used. */
export function apisProblemText({ code, property, rule }: ApisFileProblem): string {
  const name = property ?? '';
  switch (code) {
    case 'unreadable':
      return l10n.t('This file cannot be read.');
    case 'tooLarge':
      return l10n.t('This file is too large to be read.');
    case 'tooDeep':
      return l10n.t('This file is nested too deeply to be read.');
    case 'syntax':
      return l10n.t('This is not valid JSON.');
    case 'wrongVersion':
      return l10n.t('This version of the file is not known here. A newer API Source Control may know it.');
    case 'missing':
      return l10n.t('“{0}” is missing.', name);
    case 'wrongType':
      return name === ''
        ? l10n.t('This value has the wrong type.')
        : l10n.t('The value of “{0}” has the wrong type.', name);
    case 'empty':
      return l10n.t('“{0}” cannot be blank.', name);
    case 'duplicateKey':
      return l10n.t('“{0}” is here twice.', name);
    case 'duplicateId':
      return l10n.t('Another API of this file has this id already.');
    case 'duplicateName':
      return l10n.t('Another API of this file has this name already. Give it another one.');
    case 'sharedFolder':
      return l10n.t('The folder of another repository overlaps this one, so files would belong to both. Name another.');
    case 'unsafeOrigin':
      return l10n.t(
        'No repository is at such an address. Name one that begins with https:// (with Git also ssh, file).',
      );
    case 'unsafeFolder':
    case 'unsafePath':
      return pathRuleText(rule ?? '') ?? l10n.t('This path cannot be used. Name another one.');
    case 'unknownHost':
      return l10n.t('This host is not known here.');
    case 'invalidName':
      return branchRuleText(rule ?? '') ?? l10n.t('This name cannot be used for a branch.');
    case 'secret':
      return l10n.t('This address holds a password, which everybody who has this file can read. Take it out.');
  }
}
