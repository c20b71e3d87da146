import type { RepoPath } from '../core/model/repoPath.ts';
import { branchState } from '../core/sync/checkoutState.ts';
import type { Editors } from '../ports/editors.ts';
import type { OperationContext } from '../ports/progress.ts';
import type { ApiEdits } from './apiEdits.ts';
import type { ApiKey } from './apiNode.ts';
import { localCopies, type BackUp } from './backup/backUp.ts';
import type { CheckoutWork } from './checkoutWork.ts';
import { refuseUnsaved } from './guards.ts';
import type { Look } from './look/look.ts';
import type { Backup } from './undoable.ts';

/** Deletes a file here; the next push deletes it in the repository. What was never pushed of it is copied first. */
export class DeleteFile {
  constructor(
    private readonly work: CheckoutWork,
    private readonly look: Look,
    private readonly edits: ApiEdits,
    private readonly editors: Editors,
    private readonly backUp: BackUp,
  ) {}

  run(key: ApiKey, path: RepoPath, context: OperationContext): Promise<{ readonly backup?: Backup }> {
    return this.work.run(key, 'removeFile', context, async ({ checkout, api }) => {
      refuseUnsaved(this.editors, checkout, [path]);
      const { files } = checkout.storage;
      const version = (await files.snapshot([path], context.signal)).get(path);
      const state = await this.look.stateOf(checkout);
      const base = branchState(state).base.get(path);
      const isPushed = version === undefined || version.id === base?.id;
      const copies = isPushed ? [] : await localCopies(checkout, [path]);
      const kept = await this.backUp.run(checkout, { reason: 'delete-file', branch: state.branch }, copies);
      if (version !== undefined) await files.apply([{ kind: 'delete', path, expected: version.id }], context.signal);
      if (api.addedFiles.includes(path)) {
        await this.edits.change(key, (now) => ({ ...now, addedFiles: now.addedFiles.filter((file) => file !== path) }));
      }
      await this.look.remember(checkout, context);
      return kept;
    });
  }
}
