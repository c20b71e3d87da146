import { l10n, ThemeColor } from 'vscode';
import type { PlanItem } from '../core/sync/planItem.ts';
import type { ChangeMark } from './changeMark.ts';

/** The mark in words, and for a renamed file what it was and is called. */
export function itemTooltip({ rename }: PlanItem, mark: ChangeMark): string {
  if (rename === undefined) return markTooltip(mark);
  const { from, here, there } = rename;
  if (here === undefined || there === undefined) return `${markTooltip(mark)}\n${from} → ${here ?? there ?? ''}`;
  return l10n.t('Conflict: {0} was renamed to {1} here and to {2} in the repository', from, here, there);
}

export function markTooltip(mark: ChangeMark): string {
  switch (mark) {
    case 'added':
      return l10n.t('Added here');
    case 'modified':
      return l10n.t('Modified here');
    case 'deleted':
      return l10n.t('Deleted here');
    case 'renamed':
      return l10n.t('Renamed here');
    case 'incomingAdded':
      return l10n.t('Added in the repository');
    case 'incomingModified':
      return l10n.t('Modified in the repository');
    case 'incomingDeleted':
      return l10n.t('Deleted in the repository');
    case 'incomingRenamed':
      return l10n.t('Renamed in the repository');
    case 'conflict':
      return l10n.t('Conflict: changed here and in the repository');
    case 'mergeable':
      return l10n.t('Changed here and in the repository; Pull joins both');
  }
}

/** One letter; the colours are Git's, so that themes fit. */
export function markLetter(mark: ChangeMark): string {
  switch (mark) {
    case 'added':
      return 'A';
    case 'modified':
    case 'mergeable':
      return 'M';
    case 'deleted':
      return 'D';
    case 'renamed':
      return 'R';
    case 'incomingAdded':
    case 'incomingModified':
    case 'incomingDeleted':
    case 'incomingRenamed':
      return '↓';
    case 'conflict':
      return '!';
  }
}

export function markColor(mark: ChangeMark): ThemeColor {
  switch (mark) {
    case 'added':
    case 'incomingAdded':
      return new ThemeColor('gitDecoration.addedResourceForeground');
    case 'deleted':
    case 'incomingDeleted':
      return new ThemeColor('gitDecoration.deletedResourceForeground');
    case 'renamed':
    case 'incomingRenamed':
      return new ThemeColor('gitDecoration.renamedResourceForeground');
    case 'conflict':
      return new ThemeColor('gitDecoration.conflictingResourceForeground');
    case 'modified':
    case 'mergeable':
    case 'incomingModified':
      return new ThemeColor('gitDecoration.modifiedResourceForeground');
  }
}
