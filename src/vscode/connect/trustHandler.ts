import type { Workspace } from '../../ports/workspace.ts';
import type { FormCalls } from '../../protocol/connectMessages.ts';
import type { Handlers } from '../../protocol/responder.ts';

/** Answers once a folder that was not trusted is; in one that is already, never. */
export function trustHandler(workspace: Workspace): Pick<Handlers<FormCalls>, 'trusted'> {
  return {
    trusted: (_question, { signal }) =>
      new Promise((resolve) => {
        const before = workspace.trusted;
        const subscription = workspace.onDidChange(() => {
          if (workspace.trusted && !before) end();
        });
        signal.addEventListener('abort', end, { once: true });

        function end(): void {
          subscription.dispose();
          resolve(null);
        }
      }),
  };
}
