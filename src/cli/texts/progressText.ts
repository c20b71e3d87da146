import type { ProgressStep } from '../../ports/progress.ts';
import type { News } from '../../ports/tell.ts';
import { operationName } from './operationName.ts';

/** What is worth saying while somebody waits; `undefined`: it is over in a moment. */
export function progressText(step: ProgressStep): string | undefined {
  if (step.step !== 'waitingForTurn') return undefined;
  return `Waiting: ${workingText(step)}`;
}

/** Who has a folder to themselves. */
export function workingText({ operation, machine }: { readonly operation: string; readonly machine: string }): string {
  const where = machine === '' ? '' : ` on ${machine}`;
  return `another window or program${where} works on this folder (${operationName(operation)}).`;
}

/** What was cut off here before, and what became of it. */
export function recoveredText({ operation, outcome, kept, backup }: News): string {
  const left = kept.length === 0 ? '' : ` What was changed since stays as it is: ${kept.join(', ')}.`;
  const copies = backup === undefined ? '' : ` What has no place any more was copied to ${backup.folder}.`;
  return `A ${operationName(operation)} that was cut off here was ${outcome} first.${left}${copies}`;
}
