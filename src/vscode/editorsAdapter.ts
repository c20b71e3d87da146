import { Uri, workspace, type TextDocument } from 'vscode';
import { Failure } from '../core/errors.ts';
import type { RepoPath } from '../core/model/repoPath.ts';
import type { Editors } from '../ports/editors.ts';

interface Unsaved {
  readonly path: RepoPath;
  readonly document: TextDocument;
}

/** The open text documents of this window. */
export class EditorsAdapter implements Editors {
  unsaved(workspaceFolder: string, folder: string, paths: readonly RepoPath[]): readonly RepoPath[] {
    return find(workspaceFolder, folder, paths).map(({ path }) => path);
  }

  async save(workspaceFolder: string, folder: string, paths: readonly RepoPath[]): Promise<void> {
    const refused: RepoPath[] = [];
    for (const { path, document } of find(workspaceFolder, folder, paths))
      if (!(await document.save())) refused.push(path);
    if (refused.length > 0) throw new Failure('unsavedEditors', { paths: refused });
  }
}

function find(workspaceFolder: string, folder: string, paths: readonly RepoPath[]): readonly Unsaved[] {
  const dirty = new Map<string, TextDocument>();
  for (const document of workspace.textDocuments) if (document.isDirty) dirty.set(document.uri.toString(), document);
  // Most often nothing is unsaved, and there may be thousands of paths.
  if (dirty.size === 0) return [];
  const base =
    folder === '' ? Uri.parse(workspaceFolder, true) : Uri.joinPath(Uri.parse(workspaceFolder, true), folder);
  return paths.flatMap((path) => {
    const document = dirty.get(Uri.joinPath(base, path).toString());
    return document === undefined ? [] : [{ path, document }];
  });
}
