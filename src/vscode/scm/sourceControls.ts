import { commands as vscodeCommands, workspace } from 'vscode';
import type { ApiKey, ApiNode } from '../../app/apiNode.ts';
import type { ReadonlyApiStore } from '../../app/apiStore.ts';
import { DisposableStore, type Disposable } from '../../core/events.ts';
import { settings } from '../contributions.ts';
import { ApiSourceControl } from './apiSourceControl.ts';
import { QuickDiff } from './quickDiff.ts';

/** One source control for each connected API, made and disposed as the store says. */
export class SourceControls implements Disposable {
  private readonly subscriptions = new DisposableStore();
  private readonly controls = new Map<ApiKey, ApiSourceControl>();

  constructor(private readonly store: ReadonlyApiStore) {
    this.subscriptions.add(store.onDidChange(() => this.update()));
    this.subscriptions.add(
      workspace.onDidChangeConfiguration((event) => {
        if (!event.affectsConfiguration(`${settings.section}.${settings.quickDiff}`)) return;
        for (const [key, control] of this.controls) control.setQuickDiff(this.quickDiffOf(key));
      }),
    );
    this.update();
  }

  /** The API of a source control that a menu hands to a command. */
  apiOf(sourceControl: unknown): ApiKey | undefined {
    for (const [key, control] of this.controls) if (control.sourceControl === sourceControl) return key;
    return undefined;
  }

  message(api: ApiKey): string {
    return this.controls.get(api)?.message ?? '';
  }

  /** Says in the box why nothing was sent, and puts the cursor there, where it is not there already. */
  async demandMessage(api: ApiKey, alreadyFocused: boolean): Promise<void> {
    this.controls.get(api)?.demandMessage(true);
    if (alreadyFocused) return;
    await vscodeCommands.executeCommand('workbench.view.scm');
    await vscodeCommands.executeCommand('workbench.scm.action.focusNextInput');
  }

  /** A message is there, and is being pushed. */
  acceptMessage(api: ApiKey): void {
    this.controls.get(api)?.demandMessage(false);
  }

  /** After success; what was typed meanwhile stays. */
  clearMessage(api: ApiKey, pushed: string): void {
    const control = this.controls.get(api);
    if (control?.message === pushed) control.message = '';
  }

  dispose(): void {
    this.subscriptions.dispose();
    for (const control of this.controls.values()) control.dispose();
    this.controls.clear();
  }

  private update(): void {
    for (const key of [...this.controls.keys()]) if (this.store.get(key)?.state !== 'connected') this.drop(key);
    for (const node of this.store.apis) if (node.state === 'connected') this.show(node);
  }

  private show(node: ApiNode): void {
    const known = this.controls.get(node.key);
    if (known !== undefined && known.fits(node)) {
      known.update(node);
      return;
    }
    const message = known?.message ?? '';
    this.drop(node.key);
    const control = new ApiSourceControl(node, this.quickDiffOf(node.key));
    control.message = message;
    this.controls.set(node.key, control);
  }

  private drop(key: ApiKey): void {
    this.controls.get(key)?.dispose();
    this.controls.delete(key);
  }

  private quickDiffOf(key: ApiKey): QuickDiff | undefined {
    const wanted = workspace.getConfiguration(settings.section).get<boolean>(settings.quickDiff, true);
    return wanted ? new QuickDiff(this.store, key) : undefined;
  }
}
