import { l10n, QuickInputButtons, window, type QuickPick, type QuickPickItem } from 'vscode';
import { DisposableStore, type Disposable } from '../../core/events.ts';
import type { Trouble } from '../../protocol/call.ts';
import { systemTimer } from '../systemTimer.ts';
import { frame, type StepEnd, type StepFrame } from './steps.ts';

/** Milliseconds without a key before a host is searched. */
const typingPause = 250;

export interface Choice<V> extends QuickPickItem {
  readonly value: V;
}

type Row<V> = (QuickPickItem & { readonly value?: V; readonly action?: string }) | Choice<V>;

export interface PickRequest<V, S> {
  readonly placeholder: string;
  /** Chosen before: it is the active one. */
  readonly active?: string;
  /** Tells the rows as they come; each time all that are known. */
  readonly load: (tell: (choices: readonly Choice<V>[]) => void, signal: AbortSignal) => Promise<void>;
  /** The row for what was typed and is in no list; absent: only rows of the list. */
  readonly typed?: (text: string) => Choice<V> | undefined;
  /** Lists anew for what was typed; absent: what was loaded is all. */
  readonly search?: (
    query: string,
    tell: (choices: readonly Choice<V>[]) => void,
    signal: AbortSignal,
  ) => Promise<void>;
  /** Takes a choice; may take its time and fail. */
  readonly accept: (value: V, signal: AbortSignal) => Promise<StepEnd<S>>;
  readonly describe: (error: unknown) => Trouble;
  /** Performs an action of `describe`; may end the step. */
  readonly act: (action: string) => Promise<StepEnd<S> | undefined>;
}

/** One step that chooses from a list, which may come slowly or not at all. */
export function pickStep<V, S>(stepFrame: StepFrame, request: PickRequest<V, S>): Promise<StepEnd<S>> {
  const pick = window.createQuickPick<Row<V>>();
  frame(pick, stepFrame);
  pick.placeholder = request.placeholder;
  pick.matchOnDescription = true;
  pick.buttons = stepFrame.isFirst ? [] : [QuickInputButtons.Back];
  return new PickRun(pick, request).end;
}

/** One showing of a quick pick: what it knows, what it waits for, how it ends. */
class PickRun<V, S> {
  readonly end: Promise<StepEnd<S>>;
  private readonly lifetime = new DisposableStore();
  private finish: (end: StepEnd<S>) => void = () => undefined;
  private choices: readonly Choice<V>[] = [];
  /** What the host was asked for; the choices that it found by that text are shown for it as they came. */
  private foundBy = '';
  private trouble: Trouble | undefined;
  private again: () => void = () => undefined;
  private work = new AbortController();
  private waiting: Disposable | undefined;

  constructor(
    private readonly pick: QuickPick<Row<V>>,
    private readonly request: PickRequest<V, S>,
  ) {
    this.end = new Promise((resolve) => {
      this.finish = (end) => {
        this.lifetime.dispose();
        resolve(end);
      };
    });
    this.lifetime.add(pick);
    this.lifetime.add({ dispose: () => this.work.abort() });
    this.lifetime.add({ dispose: () => this.waiting?.dispose() });
    this.lifetime.add(pick.onDidHide(() => this.finish({ kind: 'cancel' })));
    this.lifetime.add(pick.onDidTriggerButton(() => this.finish({ kind: 'back' })));
    this.lifetime.add(pick.onDidChangeValue((text) => this.type(text)));
    this.lifetime.add(pick.onDidAccept(() => this.accept()));
    pick.show();
    this.load();
  }

  private load(): void {
    void this.attempt((signal) => this.request.load(this.telling(signal), signal));
  }

  /** Newer typing takes the place of the search that waits, and of the one that runs. */
  private type(text: string): void {
    this.showRows();
    const { search } = this.request;
    if (search === undefined) return;
    this.waiting?.dispose();
    this.waiting = systemTimer.after(typingPause, () => {
      const query = text.trim();
      void this.attempt((signal) => search(query, this.telling(signal, query), signal));
    });
  }

  private telling(signal: AbortSignal, query = ''): (choices: readonly Choice<V>[]) => void {
    return (choices) => {
      if (signal.aborted) return;
      this.choices = choices;
      this.foundBy = query;
      this.showRows();
    };
  }

  private accept(): void {
    const row = this.pick.selectedItems[0];
    if (row === undefined) return;
    if ('action' in row && row.action !== undefined) this.act(row.action);
    else if (row.value !== undefined) this.take(row.value);
  }

  private act(action: string): void {
    if (action === 'retry') this.again();
    else void this.request.act(action).then((end) => end !== undefined && this.finish(end));
  }

  private take(value: V): void {
    void this.attempt(async (signal) => {
      // Nothing is chosen twice, and nothing called off by a second Enter.
      this.waiting?.dispose();
      this.pick.enabled = false;
      const end = await this.request.accept(value, signal);
      if (!signal.aborted) this.finish(end);
    });
  }

  /** The newest work only; what goes wrong becomes a row with what can be done about it. */
  private async attempt(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    this.work.abort();
    const controller = new AbortController();
    this.work = controller;
    this.again = () => void this.attempt(work);
    this.trouble = undefined;
    this.pick.busy = true;
    this.showRows();
    try {
      await work(controller.signal);
    } catch (error) {
      if (!controller.signal.aborted) this.trouble = this.request.describe(error);
    }
    if (controller.signal.aborted) return;
    this.pick.busy = false;
    this.pick.enabled = true;
    this.showRows();
  }

  private showRows(): void {
    const rows = [...this.typedRow(), ...this.troubleRows(), ...this.choiceRows()];
    this.pick.keepScrollPosition = true;
    this.pick.items = rows;
    const active = rows.find((row) => row.label === this.request.active);
    if (this.pick.value === '' && this.trouble === undefined && active !== undefined) this.pick.activeItems = [active];
  }

  private choiceRows(): readonly Row<V>[] {
    const isFound = this.foundBy !== '' && this.pick.value.trim() === this.foundBy;
    return isFound ? this.choices.map((choice) => ({ ...choice, alwaysShow: true })) : this.choices;
  }

  private typedRow(): readonly Row<V>[] {
    const text = this.pick.value.trim();
    const isListed = this.choices.some(({ label }) => label === text);
    const row = text === '' || isListed ? undefined : this.request.typed?.(text);
    return row === undefined ? [] : [{ ...row, alwaysShow: true }];
  }

  private troubleRows(): readonly Row<V>[] {
    if (this.trouble === undefined) return [];
    const { message, actions } = this.trouble;
    return [
      { label: `$(error) ${l10n.t('This did not work')}`, detail: message, alwaysShow: true },
      ...actions.map(({ id, label }) => ({ label, action: id, alwaysShow: true })),
    ];
  }
}
