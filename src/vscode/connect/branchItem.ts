import { l10n } from 'vscode';
import type { Branch } from '../../core/model/repository.ts';
import type { BranchItem } from '../../protocol/connectMessages.ts';

export function branchItem({ name, isDefault, isProtected }: Branch): BranchItem {
  if (isDefault) return { name, note: l10n.t('default') };
  return { name, note: isProtected === true ? l10n.t('protected') : '' };
}
