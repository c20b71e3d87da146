import { l10n, ProgressLocation, window } from 'vscode';
import type { ApiKey } from '../app/apiNode.ts';
import { operations, type OperationKind } from '../app/operation.ts';
import { Failure } from '../core/errors.ts';
import type { HostId } from '../core/model/repository.ts';
import type { Log } from '../ports/log.ts';
import type { OperationContext } from '../ports/progress.ts';
import { views } from './contributions.ts';
import { LateProgress } from './lateProgress.ts';
import { describeFailure } from './messages.ts';
import { offeredActions, type FailureActionKind, type FailureMessage } from './messages/failureMessage.ts';

export interface OperationRequest<T> {
  /** What is being done, for the progress: "Pulling “Payments”". */
  readonly title: string;
  /** Absent for what is over at once and touches no checkout. */
  readonly kind?: OperationKind;
  /** The API that a failure's actions are about. */
  readonly api?: ApiKey;
  readonly work: (context: OperationContext) => Promise<T>;
  /** After success, also when that came by *Retry*. */
  readonly done?: (value: T) => void | Promise<void>;
}

/** Where something failed: what its actions are about. */
export interface FailurePlace {
  readonly api?: ApiKey | undefined;
  /** Where there is no API yet: the host that was asked. */
  readonly host?: HostId | undefined;
}

/** Performs the actions of a failure's message, except *Retry*. */
export interface FailureActionRunner {
  /** Whether the action makes sense there. */
  offers(action: FailureActionKind, failure: Failure, place: FailurePlace): boolean;
  perform(
    action: Exclude<FailureActionKind, 'retry'>,
    failure: Failure | undefined,
    place: FailurePlace,
  ): Promise<void>;
}

/** Runs a use case from a click, and makes one message of a failure. Never rejects. */
export class OperationRunner {
  constructor(
    private readonly log: Log,
    private readonly actions: FailureActionRunner,
  ) {}

  async run<T>(request: OperationRequest<T>): Promise<void> {
    const controller = new AbortController();
    const progress = new LateProgress(request.title, controller);
    try {
      const context = { signal: controller.signal, progress, interactive: true };
      const value = await showInPlace(request.kind, () => request.work(context));
      progress.dispose();
      await request.done?.(value);
    } catch (error) {
      progress.dispose();
      if (!Failure.is(error, 'cancelled')) void this.explain(error, request, { again: () => this.run(request) });
    }
  }

  /** One message. `done`: what was done before it failed; `again`: what *Retry* does, which is not offered without it. */
  async explain(
    error: unknown,
    request: Pick<OperationRequest<unknown>, 'title' | 'kind' | 'api'>,
    { done, again }: { readonly done?: string; readonly again?: () => Promise<void> } = {},
  ): Promise<void> {
    const failure = error instanceof Failure ? error : undefined;
    if (failure === undefined) this.log.error(`${request.kind ?? request.title}: ${stackOf(error)}`);
    else this.log.warn(`${request.kind ?? request.title}: ${failure.message}`);
    const described = failure === undefined ? unexpected(request.title) : describeFailure(failure);
    const place = { api: request.api };
    const actions = offeredActions(described, (kind) =>
      kind === 'retry' ? again !== undefined : failure === undefined || this.actions.offers(kind, failure, place),
    );
    const message = done === undefined ? described.message : `${done} ${described.message}`;
    const titles = actions.map(({ title }) => title);
    const chosen = await show({ ...described, message }, titles);
    const action = actions.find(({ title }) => title === chosen)?.kind;
    if (action === 'retry') await again?.();
    else if (action !== undefined) await this.actions.perform(action, failure, place);
  }
}

function showInPlace<T>(kind: OperationKind | undefined, work: () => Promise<T>): Thenable<T> {
  const inView = (): Thenable<T> => window.withProgress({ location: { viewId: views.apis } }, work);
  return kind !== undefined && operations[kind].showProgress
    ? window.withProgress({ location: ProgressLocation.SourceControl }, inView)
    : inView();
}

function show({ message, severity }: FailureMessage, titles: readonly string[]): Thenable<string | undefined> {
  switch (severity) {
    case 'information':
      return window.showInformationMessage(message, ...titles);
    case 'warning':
      return window.showWarningMessage(message, ...titles);
    case 'error':
      return window.showErrorMessage(message, ...titles);
  }
}

function unexpected(title: string): FailureMessage {
  return {
    message: l10n.t('Something unexpected went wrong in API Source Control ({0}). The log has the details.', title),
    actions: [{ kind: 'showLog', title: l10n.t('Show Log') }],
    severity: 'error',
  };
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
