import assert from 'node:assert/strict';

interface Shown {
  readonly message: string;
  readonly buttons: readonly string[];
}

/** Somebody in front of VS Code's messages and inputs: what they were shown, and what they answer, in that order. */
export class FakePerson {
  readonly shown: Shown[] = [];
  readonly answers: (string | undefined)[] = [];
  /** Called when a progress with *Cancel* is shown: with what the button does. */
  whileWaiting: (cancel: () => void) => void = () => undefined;

  /** Puts themselves in front of `vscode`, which has to be the stub. */
  async sitDown(): Promise<void> {
    const show = (message: string, ...buttons: unknown[]): Promise<string | undefined> =>
      this.answer(
        message,
        buttons.filter((each) => typeof each === 'string'),
      );
    const { window } = await import('vscode');
    Object.assign(window, {
      showErrorMessage: show,
      showInformationMessage: show,
      showWarningMessage: show,
      showInputBox: ({ prompt, validateInput }: { prompt: string; validateInput: (text: string) => unknown }) => {
        this.shown.push({ message: prompt, buttons: [] });
        const answer = this.answers.shift();
        if (answer !== undefined) assert.equal(validateInput(answer), undefined, answer);
        return Promise.resolve(answer);
      },
      withProgress: (_: unknown, work: (progress: unknown, token: unknown) => Promise<unknown>) => {
        const listeners: (() => void)[] = [];
        const token = {
          onCancellationRequested: (listener: () => void) => {
            listeners.push(listener);
            return { dispose: () => undefined };
          },
        };
        const working = work({}, token);
        this.whileWaiting(() => listeners.forEach((listener) => listener()));
        return working;
      },
    });
  }

  private answer(message: string, buttons: readonly string[]): Promise<string | undefined> {
    this.shown.push({ message, buttons });
    assert.ok(this.answers.length > 0, `nobody foresaw: ${message}`);
    const answer = this.answers.shift();
    assert.ok(answer === undefined || buttons.includes(answer), `“${String(answer)}” is not among ${buttons.join()}`);
    return Promise.resolve(answer);
  }
}
