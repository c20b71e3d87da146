import type { QuickInput } from 'vscode';

/** What a step ended with. `to` jumps to the step of that name, which can be left forwards as usual. */
export type StepEnd<S> =
  | { readonly kind: 'next'; readonly state: S }
  | { readonly kind: 'to'; readonly step: string; readonly state?: S }
  | { readonly kind: 'back' }
  | { readonly kind: 'cancel' };

/** Where a step stands among those that apply. */
export interface StepFrame {
  readonly title: string;
  /** From 1. */
  readonly step: number;
  readonly totalSteps: number;
  readonly isFirst: boolean;
}

export interface Step<S> {
  readonly name: string;
  /** Absent: always. */
  readonly applies?: (state: S) => boolean;
  readonly run: (state: S, frame: StepFrame) => Promise<StepEnd<S>>;
}

/** Goes through the steps, back and forth, and answers what they made; `undefined` when the person gave up. */
export async function runSteps<S>(title: string, steps: readonly Step<S>[], start: S): Promise<S | undefined> {
  let state = start;
  let index = nextStep(steps, state, -1);
  while (index < steps.length) {
    const end = await steps[index]?.run(state, frameOf(title, steps, state, index));
    if (end === undefined || end.kind === 'cancel') return undefined;
    if (end.kind === 'next') {
      state = end.state;
      index = nextStep(steps, state, index);
    } else if (end.kind === 'back') index = Math.max(previousStep(steps, state, index), 0);
    else {
      state = end.state ?? state;
      index = Math.max(
        steps.findIndex(({ name }) => name === end.step),
        0,
      );
    }
  }
  return state;
}

/** Title, numbers and manners that every quick input of the flow has. */
export function frame(input: QuickInput, { title, step, totalSteps }: StepFrame): void {
  input.title = title;
  input.step = step;
  input.totalSteps = totalSteps;
  // A look into another window, for an address or a password, does not end the flow.
  input.ignoreFocusOut = true;
}

function frameOf<S>(title: string, steps: readonly Step<S>[], state: S, index: number): StepFrame {
  const before = steps.slice(0, index).filter((step) => doesApply(step, state)).length;
  const totalSteps = steps.filter((step) => doesApply(step, state)).length;
  return { title, step: before + 1, totalSteps, isFirst: before === 0 };
}

function nextStep<S>(steps: readonly Step<S>[], state: S, index: number): number {
  const next = steps.findIndex((step, at) => at > index && doesApply(step, state));
  return next < 0 ? steps.length : next;
}

function previousStep<S>(steps: readonly Step<S>[], state: S, index: number): number {
  return steps.findLastIndex((step, at) => at < index && doesApply(step, state));
}

function doesApply<S>(step: Step<S>, state: S): boolean {
  return step.applies?.(state) ?? true;
}
