import { l10n } from 'vscode';
import type { BranchNameRule } from '../core/model/branchName.ts';
import type { PathRule } from '../core/model/pathRules.ts';

/** The rule of Git that a branch's name breaks, in words; `undefined` for a rule that has none here. */
export function branchRuleText(rule: string): string | undefined {
  const texts: Readonly<Record<BranchNameRule, string>> = {
    empty: l10n.t('A branch needs a name.'),
    dash: l10n.t('A branch’s name cannot begin with “-”.'),
    dot: l10n.t('No part of a branch’s name can begin with “.”, and the name cannot end with it.'),
    dots: l10n.t('A branch’s name cannot hold “..”.'),
    slash: l10n.t('A branch’s name cannot begin or end with “/”, or hold “//”.'),
    lock: l10n.t('No part of a branch’s name can end with “.lock”.'),
    character: l10n.t('A branch’s name cannot hold blanks, control characters or any of ~ ^ : ? * [ \\'),
    atBrace: l10n.t('A branch’s name cannot hold “{0}”.', '@{'),
    at: l10n.t('“@” alone cannot be a branch’s name.'),
    head: l10n.t('“HEAD” cannot be a branch’s name.'),
    tooLong: l10n.t('This name is too long for a branch.'),
  };
  return textOf(texts, rule);
}

/** The rule that a path breaks, in words; `undefined` for a rule that has none here. */
export function pathRuleText(rule: string): string | undefined {
  const device = l10n.t('Windows keeps a name of this path for a device.');
  const character = l10n.t('This path holds a character that some computers cannot have in a file’s name.');
  const texts: Readonly<Record<PathRule, string>> = {
    empty: l10n.t('A path needs a name between two “/”.'),
    absolute: l10n.t('Use a relative path, without “/” in front.'),
    traversal: l10n.t('A path cannot hold “.” or “..” as a name.'),
    drive: l10n.t('Use a relative path, without a drive.'),
    backslash: l10n.t('Use “/” between folders.'),
    nul: character,
    notUnicode: character,
    reserved: l10n.t('“.git” and “.api-source-control” are not to be touched.'),
    tooLong: l10n.t('This path is too long.'),
    control: character,
    device,
    trailing: l10n.t('No name of this path can end with a blank or “.”.'),
    character,
    sameName: l10n.t('Some computers take this name and another one for the same.'),
  };
  return textOf(texts, rule);
}

function textOf(texts: Readonly<Record<string, string>>, rule: string): string | undefined {
  return Object.hasOwn(texts, rule) ? texts[rule] : undefined;
}
