import { QuickInputButtons, ThemeIcon, window, type InputBox, type QuickInputButton } from 'vscode';
import { DisposableStore } from '../../core/events.ts';
import { openPage } from '../openPage.ts';
import { frame, type StepEnd, type StepFrame } from './steps.ts';

export interface InputRequest<S> {
  readonly prompt: string;
  readonly value: string;
  readonly placeholder?: string;
  /** Shows dots in place of the text. */
  readonly password?: boolean;
  /** A page that helps to answer, as a button. */
  readonly link?: { readonly title: string; readonly url: string };
  /** Why the text cannot stay as it is. */
  readonly wrong: (text: string) => string | undefined;
  /** May take its time and fail. */
  readonly accept: (text: string, signal: AbortSignal) => S | Promise<S>;
  /** Words for what `accept` threw; the box stays open for another try. */
  readonly refused?: (error: unknown) => string;
}

/** One step that asks for a text. */
export function inputStep<S>(stepFrame: StepFrame, request: InputRequest<S>): Promise<StepEnd<S>> {
  const box = window.createInputBox();
  frame(box, stepFrame);
  box.prompt = request.prompt;
  box.placeholder = request.placeholder;
  box.value = request.value;
  box.password = request.password ?? false;
  return new InputRun(box, request, stepFrame.isFirst).end;
}

/** One showing of an input box: what it waits for, how it ends. */
class InputRun<S> {
  readonly end: Promise<StepEnd<S>>;
  private readonly lifetime = new DisposableStore();
  private readonly work = new AbortController();
  private readonly link: QuickInputButton | undefined;
  private finish: (end: StepEnd<S>) => void = () => undefined;

  constructor(
    private readonly box: InputBox,
    private readonly request: InputRequest<S>,
    isFirst: boolean,
  ) {
    this.end = new Promise((resolve) => {
      this.finish = (end) => {
        this.lifetime.dispose();
        resolve(end);
      };
    });
    const { link } = request;
    this.link = link && { iconPath: new ThemeIcon('link-external'), tooltip: link.title };
    box.buttons = [...(isFirst ? [] : [QuickInputButtons.Back]), ...(this.link === undefined ? [] : [this.link])];
    this.lifetime.add(box);
    this.lifetime.add({ dispose: () => this.work.abort() });
    this.lifetime.add(box.onDidHide(() => this.finish({ kind: 'cancel' })));
    this.lifetime.add(box.onDidTriggerButton((button) => this.press(button)));
    this.lifetime.add(box.onDidChangeValue(() => (box.validationMessage = undefined)));
    this.lifetime.add(box.onDidAccept(() => void this.accept()));
    box.show();
  }

  private press(button: QuickInputButton): void {
    if (button !== this.link) this.finish({ kind: 'back' });
    else if (this.request.link !== undefined) void openPage(this.request.link.url);
  }

  private async accept(): Promise<void> {
    const { box, request, work } = this;
    if (box.busy) return;
    const text = box.value.trim();
    box.validationMessage = request.wrong(text);
    if (box.validationMessage !== undefined) return;
    box.busy = true;
    try {
      const state = await request.accept(text, work.signal);
      if (!work.signal.aborted) this.finish({ kind: 'next', state });
    } catch (error) {
      if (request.refused === undefined) throw error;
      if (!work.signal.aborted) box.validationMessage = request.refused(error);
    } finally {
      box.busy = false;
    }
  }
}
