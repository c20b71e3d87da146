import type { RepoPath } from '../core/model/repoPath.ts';

/** Unsaved editors on files of a checkout. */
export interface Editors {
  /** Those of `paths`, below `folder` of the workspace folder, that have unsaved edits. */
  unsaved(workspaceFolder: string, folder: string, paths: readonly RepoPath[]): readonly RepoPath[];
  save(workspaceFolder: string, folder: string, paths: readonly RepoPath[]): Promise<void>;
}
