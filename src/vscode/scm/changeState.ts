import {
  l10n,
  ThemeIcon,
  type Command,
  type SourceControlResourceDecorations,
  type SourceControlResourceState,
  type Uri,
} from 'vscode';
import type { ApiKey, ApiNode } from '../../app/apiNode.ts';
import type { PlanItem } from '../../core/sync/planItem.ts';
import { fileUri } from '../apiFiles.ts';
import type { ChangeMark } from '../changeMark.ts';
import { commands } from '../contributions.ts';
import { itemTooltip, markColor } from '../markTexts.ts';

/** One file in the Source Control view; commands get it back as it is. */
export class ChangeState implements SourceControlResourceState {
  readonly api: ApiKey;
  readonly resourceUri: Uri;
  readonly command: Command;
  readonly decorations: SourceControlResourceDecorations;
  readonly contextValue: string;

  constructor(
    node: ApiNode,
    private shown: PlanItem,
    readonly mark: ChangeMark,
  ) {
    const item = shown;
    this.api = node.key;
    this.resourceUri = fileUri(node, item.path);
    this.command = { command: commands.openChange, title: l10n.t('Open Changes'), arguments: [this] };
    this.contextValue = item.kind === 'conflict' ? `conflict ${item.conflict}` : mark;
    this.decorations = {
      strikeThrough: mark === 'deleted' || mark === 'incomingDeleted',
      faded: mark.startsWith('incoming'),
      tooltip: itemTooltip(item, mark),
      iconPath: new ThemeIcon(iconOf(mark), markColor(mark)),
    };
  }

  get item(): PlanItem {
    return this.shown;
  }

  /** Takes over what `fresh` is about where both say the same to a person; `false` where they do not. */
  follow(fresh: ChangeState): boolean {
    const saysTheSame =
      this.api === fresh.api &&
      this.mark === fresh.mark &&
      this.contextValue === fresh.contextValue &&
      this.decorations.tooltip === fresh.decorations.tooltip &&
      this.resourceUri.toString() === fresh.resourceUri.toString();
    if (saysTheSame) this.shown = fresh.item;
    return saysTheSame;
  }
}

function iconOf(mark: ChangeMark): string {
  switch (mark) {
    case 'added':
    case 'incomingAdded':
      return 'diff-added';
    case 'modified':
    case 'incomingModified':
    case 'mergeable':
      return 'diff-modified';
    case 'deleted':
    case 'incomingDeleted':
      return 'diff-removed';
    case 'renamed':
    case 'incomingRenamed':
      return 'diff-renamed';
    case 'conflict':
      return 'warning';
  }
}
