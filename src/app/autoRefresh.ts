import { DisposableStore, type Disposable } from '../core/events.ts';
import type { Api } from '../core/model/api.ts';
import type { Accounts } from '../ports/accounts.ts';
import type { Clock } from '../ports/clock.ts';
import type { OperationContext } from '../ports/progress.ts';
import type { Timer } from '../ports/timer.ts';
import type { Workspace } from '../ports/workspace.ts';
import { isAboutAccess } from './accounts/isAboutAccess.ts';
import { checkoutKeyOf } from './apiKeys.ts';
import type { ApiKey, ApiNode, CheckoutKey } from './apiNode.ts';
import { isReadable } from './approvals.ts';
import type { ReadonlyApiStore } from './apiStore.ts';
import { quietContext } from './quietContext.ts';
import { freshPace, pace, paceAfter, type RefreshPace } from './refreshPace.ts';

export interface AutoRefreshPorts {
  readonly store: ReadonlyApiStore;
  readonly workspace: Workspace;
  readonly accounts: Pick<Accounts, 'onDidChange'>;
  readonly clock: Clock;
  readonly timer: Timer;
  /** Whether looks by the clock are wanted; a person may turn them off. */
  readonly isAutomatic: () => boolean;
  readonly look: (checkout: CheckoutKey, context: OperationContext) => Promise<void>;
  /** A look at the folder only. */
  readonly glance: (checkout: CheckoutKey, context: OperationContext) => Promise<void>;
  readonly onError: (error: unknown) => void;
}

/** Decides when to look: told what happens around it, it looks once per checkout and asks nobody for anything. */
export class AutoRefresh implements Disposable {
  private readonly paces = new Map<CheckoutKey, RefreshPace>();
  private readonly timers = new Map<CheckoutKey, Disposable>();
  private readonly hints = new Map<CheckoutKey, Disposable>();
  private readonly looking = new Set<CheckoutKey>();
  /** Somebody signed in while they were looked at: what the look comes to is old. */
  private readonly lookAgain = new Set<CheckoutKey>();
  /** The entry that each API had when it was looked at. */
  private readonly entries = new Map<ApiKey, Api>();
  private readonly subscriptions = new DisposableStore();
  private readonly stop = new AbortController();
  private isFocused = true;

  constructor(private readonly ports: AutoRefreshPorts) {
    this.subscriptions.add(ports.store.onDidChange(() => this.lookAtNew()));
    this.subscriptions.add(ports.workspace.onDidChange(() => this.lookAtNew()));
    this.subscriptions.add(ports.accounts.onDidChange(() => this.accountsChanged()));
    this.lookAtNew();
  }

  /** The window got or lost the focus. */
  focus(isFocused: boolean): void {
    this.isFocused = isFocused;
    if (isFocused) this.returned();
    else for (const key of [...this.timers.keys()]) this.unschedule(key);
  }

  /** A view of ours was opened. */
  viewShown(): void {
    this.returned();
  }

  /**
   * A watcher saw something move in a folder: a hint, since our own writes make it too. Of many hints the first sets
   * the time, so that a folder in which something moves all the time is looked at as well.
   */
  filesChanged(checkout: CheckoutKey): void {
    if (this.stop.signal.aborted || this.hints.has(checkout) || !this.keys().includes(checkout)) return;
    const fire = (): void => {
      this.hints.delete(checkout);
      this.glance(checkout);
    };
    this.hints.set(checkout, this.ports.timer.after(pace.afterHint, fire));
  }

  dispose(): void {
    this.stop.abort();
    this.subscriptions.dispose();
    for (const key of [...this.timers.keys()]) this.unschedule(key);
    for (const key of [...this.hints.keys()]) this.dropHint(key);
  }

  private returned(): void {
    const now = this.ports.clock.now();
    for (const key of this.keys()) {
      const { lastLook } = this.paceOf(key);
      this.paces.set(key, { ...this.paceOf(key), delay: pace.first });
      if (now - lastLook >= pace.betweenFocuses) this.start(key);
      else this.scheduleNext(key);
    }
  }

  /** What failed for lack of access is looked at again at once, whatever the host asked somebody else to wait for. */
  private accountsChanged(): void {
    for (const key of this.keys()) {
      if (this.looking.has(key)) this.lookAgain.add(key);
      else this.retryAccess(key);
    }
  }

  private retryAccess(key: CheckoutKey): void {
    if (!this.nodes(key).some(({ failure }) => failure !== undefined && isAboutAccess(failure))) return;
    this.paces.set(key, freshPace);
    this.start(key);
  }

  /** What was never looked at is looked at now, in whatever window. */
  private lookAtNew(): void {
    const keys = this.keys();
    for (const key of [...this.paces.keys()]) if (!keys.includes(key)) this.forget(key);
    for (const key of keys) if (this.nodes(key).some((node) => this.isNew(node))) this.start(key);
  }

  private start(key: CheckoutKey): void {
    if (this.looking.has(key) || this.ports.clock.now() < this.paceOf(key).notBefore) return;
    this.looking.add(key);
    this.unschedule(key);
    this.look(key)
      .catch((error: unknown) => this.report(error))
      .finally(() => {
        this.looking.delete(key);
        this.scheduleNext(key);
        if (this.lookAgain.delete(key)) this.retryAccess(key);
      });
  }

  private glance(key: CheckoutKey): void {
    if (!this.keys().includes(key)) return;
    this.ports.glance(key, quietContext(this.stop.signal)).catch((error: unknown) => this.report(error));
  }

  private report(error: unknown): void {
    if (!this.stop.signal.aborted) this.ports.onError(error);
  }

  private async look(key: CheckoutKey): Promise<void> {
    const before = headsOf(this.nodes(key));
    for (const node of this.nodes(key)) this.entries.set(node.key, node.api);
    try {
      await this.ports.look(key, quietContext(this.stop.signal));
    } finally {
      const nodes = this.nodes(key);
      const failure = nodes.find((node) => node.failure !== undefined)?.failure;
      const outcome = { isNews: headsOf(nodes) !== before, ...(failure === undefined ? {} : { failure }) };
      this.paces.set(key, paceAfter(this.paceOf(key), outcome, this.ports.clock.now()));
    }
  }

  private scheduleNext(key: CheckoutKey): void {
    const { delay } = this.paceOf(key);
    const isWanted = this.isFocused && this.ports.isAutomatic() && this.nodes(key).some(isConnected);
    if (delay !== undefined && isWanted) this.schedule(key, delay);
  }

  private schedule(key: CheckoutKey, delay: number): void {
    this.unschedule(key);
    if (this.stop.signal.aborted) return;
    const fire = (): void => {
      this.timers.delete(key);
      this.start(key);
    };
    this.timers.set(key, this.ports.timer.after(delay, fire));
  }

  private unschedule(key: CheckoutKey): void {
    this.timers.get(key)?.dispose();
    this.timers.delete(key);
  }

  private dropHint(key: CheckoutKey): void {
    this.hints.get(key)?.dispose();
    this.hints.delete(key);
  }

  private forget(key: CheckoutKey): void {
    this.unschedule(key);
    this.dropHint(key);
    this.paces.delete(key);
  }

  private paceOf(key: CheckoutKey): RefreshPace {
    return this.paces.get(key) ?? freshPace;
  }

  /** Nothing of an API that is not approved is looked at, and untrusted folders talk to no host. */
  private keys(): readonly CheckoutKey[] {
    const { store, workspace } = this.ports;
    const open = store.apis.filter(({ state }) => state === 'local' || (state === 'connected' && workspace.trusted));
    return [...new Set(open.map(checkoutKeyOf))];
  }

  /** Never looked at, or by another entry of `apis.json` than it has now. */
  private isNew({ key, api, definition, failure, running }: ApiNode): boolean {
    if (running !== undefined) return false;
    const known = this.entries.get(key);
    return known === undefined ? definition === undefined && failure === undefined : known !== api;
  }

  private nodes(key: CheckoutKey): readonly ApiNode[] {
    return this.ports.store.apis.filter((node) => isReadable(node) && checkoutKeyOf(node) === key);
  }
}

function isConnected({ state }: ApiNode): boolean {
  return state === 'connected';
}

function headsOf(nodes: readonly ApiNode[]): string {
  return nodes.map(({ sync }) => `${sync?.branch ?? ''} ${sync?.head ?? ''}`).join();
}
