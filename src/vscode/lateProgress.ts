import { ProgressLocation, window, type Progress as VsCodeProgress } from 'vscode';
import type { Disposable } from '../core/events.ts';
import type { Progress, ProgressStep } from '../ports/progress.ts';
import { progressText } from './progressTexts.ts';

/** What takes less is over before a person could read or cancel it. */
const moment = 1_500;

/** Progress that becomes a cancellable notification only when the work lasts longer than a moment. */
export class LateProgress implements Progress, Disposable {
  private readonly timer: ReturnType<typeof setTimeout>;
  private notification: VsCodeProgress<{ message?: string }> | undefined;
  private last: ProgressStep | undefined;
  private close: () => void = () => undefined;

  constructor(
    private readonly title: string,
    private readonly controller: AbortController,
  ) {
    this.timer = setTimeout(() => this.open(), moment);
  }

  report(step: ProgressStep): void {
    this.last = step;
    this.notification?.report({ message: progressText(step) });
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.close();
  }

  private open(): void {
    const options = { location: ProgressLocation.Notification, title: this.title, cancellable: true };
    void window.withProgress(options, (notification, token) => {
      token.onCancellationRequested(() => this.controller.abort());
      this.notification = notification;
      if (this.last !== undefined) this.report(this.last);
      return new Promise<void>((resolve) => {
        this.close = resolve;
      });
    });
  }
}
