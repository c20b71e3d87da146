import { commands as vscodeCommands } from 'vscode';
import type { ReadonlyApiStore } from '../app/apiStore.ts';
import type { Disposable } from '../core/events.ts';
import { contextKeys } from './contributions.ts';
import { hasWebPages } from './hasWebPages.ts';

/** Sets a context key only when its value changes: every set re-evaluates all menus. */
class ManagedContextKey {
  private current: boolean | undefined;

  constructor(private readonly name: string) {}

  set(value: boolean): void {
    if (value === this.current) return;
    this.current = value;
    void vscodeCommands.executeCommand('setContext', this.name, value);
  }
}

/** The store's facts that when-clauses of package.json ask for. */
export class ContextKeys implements Disposable {
  private readonly loaded = new ManagedContextKey(contextKeys.loaded);
  private readonly hasApis = new ManagedContextKey(contextKeys.hasApis);
  private readonly hasConnectedApis = new ManagedContextKey(contextKeys.hasConnectedApis);
  private readonly hasWebPages = new ManagedContextKey(contextKeys.hasWebPages);
  private readonly subscription: Disposable;

  constructor(private readonly store: ReadonlyApiStore) {
    this.subscription = store.onDidChange(() => this.update());
    this.update();
  }

  dispose(): void {
    this.subscription.dispose();
  }

  private update(): void {
    const { apis, loaded } = this.store;
    this.loaded.set(loaded);
    this.hasApis.set(apis.length > 0);
    this.hasConnectedApis.set(apis.some(({ state }) => state === 'connected'));
    this.hasWebPages.set(apis.some(hasWebPages));
  }
}
