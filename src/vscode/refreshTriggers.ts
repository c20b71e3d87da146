import { RelativePattern, window, workspace, type Uri } from 'vscode';
import { checkoutKeyOf } from '../app/apiKeys.ts';
import { isReadable } from '../app/approvals.ts';
import type { CheckoutKey } from '../app/apiNode.ts';
import type { ReadonlyApiStore } from '../app/apiStore.ts';
import type { AutoRefresh } from '../app/autoRefresh.ts';
import { DisposableStore, type Disposable, type Event } from '../core/events.ts';
import type { OpenClones } from '../ports/openClones.ts';
import { folderUri, pathBelow } from './apiFiles.ts';
import { settings } from './contributions.ts';

/** Written by ourselves or by Git all the time, and no file of any API. */
const ownFolders = /^(?:\.git|\.api-source-control)(?:\/|$)/;

/** What the checkout remembers: another window may have pulled, pushed or switched. */
const memory = '.api-source-control/state.json';

/** Whether a person lets us look by the clock. */
export function isRefreshAutomatic(): boolean {
  return workspace.getConfiguration(settings.section).get<boolean>(settings.refreshAutomatic, true);
}

/** Tells the refresh what happens in the window: focus, the view, files of checkouts, clones that Git works in. */
export class RefreshTriggers implements Disposable {
  private readonly subscriptions = new DisposableStore();
  private readonly watchers = new Map<CheckoutKey, Disposable>();

  constructor(
    private readonly store: ReadonlyApiStore,
    private readonly refresh: AutoRefresh,
    viewVisibility: Event<{ readonly visible: boolean }>,
    clones: OpenClones,
  ) {
    if (!window.state.focused) refresh.focus(false);
    this.subscriptions.add(window.onDidChangeWindowState(({ focused }) => refresh.focus(focused)));
    this.subscriptions.add(viewVisibility(({ visible }) => visible && refresh.viewShown()));
    this.subscriptions.add(clones.onDidChange((root) => this.cloneChanged(root)));
    this.subscriptions.add(store.onDidChange(() => this.watchCheckouts()));
    this.watchCheckouts();
  }

  dispose(): void {
    this.subscriptions.dispose();
    for (const watcher of this.watchers.values()) watcher.dispose();
    this.watchers.clear();
  }

  /** A commit, a checkout or a stash, in a terminal or in Git's view, of which the files may show nothing. */
  private cloneChanged(root: string): void {
    for (const node of this.store.apis) {
      const folder = folderUri(node).toString();
      const isInside = folder === root || folder.startsWith(`${root}/`);
      if (isInside && node.state === 'connected') this.refresh.filesChanged(checkoutKeyOf(node));
    }
  }

  /** One watcher for each folder, however many APIs are in it. */
  private watchCheckouts(): void {
    const folders = new Map<CheckoutKey, Uri>();
    for (const node of this.store.apis) if (isReadable(node)) folders.set(checkoutKeyOf(node), folderUri(node));
    for (const [key, watcher] of this.watchers) {
      if (folders.has(key)) continue;
      watcher.dispose();
      this.watchers.delete(key);
    }
    for (const [key, folder] of folders) if (!this.watchers.has(key)) this.watchers.set(key, this.watch(key, folder));
  }

  private watch(checkout: CheckoutKey, folder: Uri): Disposable {
    const watching = new DisposableStore();
    const watcher = watching.add(workspace.createFileSystemWatcher(new RelativePattern(folder, '**/*')));
    const changed = (uri: Uri): void => {
      const path = pathBelow(folder, uri);
      if (path !== undefined && (path === memory || !ownFolders.test(path))) this.refresh.filesChanged(checkout);
    };
    for (const event of [watcher.onDidCreate, watcher.onDidChange, watcher.onDidDelete]) watching.add(event(changed));
    // Watchers miss what moves in folders that were made a moment ago, as connecting does.
    watching.add(workspace.onDidSaveTextDocument(({ uri }) => changed(uri)));
    return watching;
  }
}
