import type { OperationContext } from '../../ports/progress.ts';
import type { Shell } from '../shell.ts';
import { progressText } from '../texts/progressText.ts';

/** For operations of a script: nobody is asked for credentials, and waiting is told once, not at every look. */
export function operationContext({ signal, err }: Pick<Shell, 'signal' | 'err'>): OperationContext {
  let said: string | undefined;
  return {
    signal,
    interactive: false,
    progress: {
      report: (step) => {
        const text = progressText(step);
        if (text !== undefined && text !== said) err(text);
        said = text ?? said;
      },
    },
  };
}
