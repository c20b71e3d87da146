import type { RepoPath } from '../core/model/repoPath.ts';
import type { OperationContext } from '../ports/progress.ts';
import type { ApiEdits } from './apiEdits.ts';
import type { ApiKey } from './apiNode.ts';

/** Names the file that the definition starts from. The old root stays on the list, as a file that was added. */
export class SetRootFile {
  constructor(private readonly edits: ApiEdits) {}

  run(key: ApiKey, path: RepoPath, context: OperationContext): Promise<void> {
    return this.edits.changeAndLook(
      key,
      (api) => {
        const kept = api.rootFile === undefined || api.rootFile === path ? [] : [api.rootFile];
        const added = [...api.addedFiles, ...kept].filter((file) => file !== path);
        return { ...api, rootFile: path, addedFiles: [...new Set(added)] };
      },
      context,
    );
  }
}
