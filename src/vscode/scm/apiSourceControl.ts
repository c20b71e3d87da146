import { l10n, scm, type SourceControl, type SourceControlResourceGroup } from 'vscode';
import type { ApiNode } from '../../app/apiNode.ts';
import { DisposableStore, type Disposable } from '../../core/events.ts';
import { commands, groups, scmId } from '../contributions.ts';
import { ChangeRows } from './changeRows.ts';
import { groupItems } from './groupItems.ts';
import type { QuickDiff } from './quickDiff.ts';
import { messagePlaceholder } from './messagePlaceholder.ts';

/** What Ctrl/Cmd+Enter in the message box hands to the push command. */
export interface MessageBoxPush {
  readonly kind: 'messageBox';
  readonly api: ApiNode['key'];
}

/** The source control of one connected API. */
export class ApiSourceControl implements Disposable {
  readonly sourceControl: SourceControl;
  private readonly owned = new DisposableStore();
  private readonly conflicts: SourceControlResourceGroup;
  private readonly changes: SourceControlResourceGroup;
  private readonly incoming: SourceControlResourceGroup;
  private readonly rows = { conflicts: new ChangeRows(), changes: new ChangeRows(), incoming: new ChangeRows() };
  /** An empty message was refused: the placeholder says why until the next push. */
  private demanding = false;
  private node: ApiNode;

  constructor(node: ApiNode, quickDiff: QuickDiff | undefined) {
    this.node = node;
    // Without a root URI: VS Code would show its last segment as the title, the same for all APIs of a checkout.
    this.sourceControl = this.owned.add(scm.createSourceControl(scmId, node.api.name));
    const push: MessageBoxPush = { kind: 'messageBox', api: node.key };
    this.sourceControl.acceptInputCommand = { command: commands.push, title: l10n.t('Push'), arguments: [push] };
    this.conflicts = this.group(groups.conflicts, l10n.t('Conflicts'), true);
    this.changes = this.group(groups.changes, l10n.t('Changes'), false);
    this.incoming = this.group(groups.incoming, l10n.t('Incoming'), true);
    this.setQuickDiff(quickDiff);
    this.update(node);
  }

  get message(): string {
    return this.sourceControl.inputBox.value;
  }

  set message(text: string) {
    this.sourceControl.inputBox.value = text;
  }

  /** Whether what VS Code keeps for good is still right: a label cannot be changed. */
  fits(node: ApiNode): boolean {
    return this.node.api.name === node.api.name;
  }

  setQuickDiff(quickDiff: QuickDiff | undefined): void {
    if (quickDiff === undefined) delete this.sourceControl.quickDiffProvider;
    else this.sourceControl.quickDiffProvider = quickDiff;
  }

  demandMessage(demanding: boolean): void {
    this.demanding = demanding;
    this.updatePlaceholder();
  }

  update(node: ApiNode): void {
    const before = this.node;
    this.node = node;
    if (before.sync?.plan !== node.sync?.plan || before === node) {
      const { conflicts, changes, incoming } = groupItems(node.sync?.plan ?? []);
      this.conflicts.resourceStates = this.rows.conflicts.show(node, conflicts);
      this.changes.resourceStates = this.rows.changes.show(node, changes);
      this.incoming.resourceStates = this.rows.incoming.show(node, incoming);
      this.sourceControl.count = conflicts.length + changes.length;
    }
    this.updatePlaceholder();
  }

  dispose(): void {
    this.owned.dispose();
  }

  private group(id: string, label: string, hideWhenEmpty: boolean): SourceControlResourceGroup {
    const group = this.owned.add(this.sourceControl.createResourceGroup(id, label));
    group.hideWhenEmpty = hideWhenEmpty;
    return group;
  }

  private updatePlaceholder(): void {
    this.sourceControl.inputBox.placeholder = messagePlaceholder(this.node, this.demanding);
  }
}
