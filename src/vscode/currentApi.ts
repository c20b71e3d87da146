import { window } from 'vscode';
import type { ApiKey, ApiNode } from '../app/apiNode.ts';
import type { ReadonlyApiStore } from '../app/apiStore.ts';
import { DisposableStore, Emitter, type Disposable } from '../core/events.ts';
import { apisOfFile } from './apiFiles.ts';
import { parseSideUri } from './files/sideUri.ts';

/** Which API a person is at: the one of the active editor's file, else the one selected last. */
export class CurrentApi implements Disposable {
  private readonly subscriptions = new DisposableStore();
  private readonly changes = this.subscriptions.add(new Emitter<void>());
  private selected: ApiKey | undefined;

  readonly onDidChange = this.changes.event;

  constructor(private readonly store: ReadonlyApiStore) {
    this.subscriptions.add(window.onDidChangeActiveTextEditor(() => this.changes.fire()));
    this.subscriptions.add(store.onDidChange(() => this.changes.fire()));
  }

  get node(): ApiNode | undefined {
    const selected = this.selected === undefined ? undefined : this.store.get(this.selected);
    const document = window.activeTextEditor?.document;
    if (document === undefined) return selected;
    // One side of a file, as in a diff, says itself whose it is.
    const side = parseSideUri(document.uri);
    if (side !== undefined) return this.store.get(side.api) ?? selected;
    const owners = apisOfFile(this.store, document.uri).map(({ node }) => node);
    // A file of several APIs: the one that the person chose, where that is one of them.
    return owners.find(({ key }) => key === this.selected) ?? owners[0] ?? selected;
  }

  /** From a tree row, a source control, or a command that named it. */
  select(api: ApiKey): void {
    if (this.selected === api) return;
    this.selected = api;
    this.changes.fire();
  }

  dispose(): void {
    this.subscriptions.dispose();
  }
}
