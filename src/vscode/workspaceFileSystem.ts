import { FileType, Uri, workspace } from 'vscode';
import type { FileKind, FolderFileSystem } from '../ports/folderFileSystem.ts';
import { Failure } from '../core/errors.ts';
import { checkPath } from '../core/model/pathRules.ts';
import { isNotFound } from './fileExists.ts';

/** A folder on whatever file system VS Code reaches. @throws Failure `unsafePath` when it leaves the workspace folder. */
export function openWorkspaceFolder(workspaceFolder: string, folder: string): FolderFileSystem {
  const refusal = folder === '' ? undefined : checkPath(folder, 'windows');
  if (refusal !== undefined) throw new Failure('unsafePath', { paths: [folder], detail: refusal.rule });
  const base = Uri.parse(workspaceFolder, true);
  const root = folder === '' ? base : Uri.joinPath(base, folder);
  const at = (path: string): Uri => (path === '' ? root : Uri.joinPath(root, path));
  return {
    async stat(path) {
      try {
        const { type, size, mtime } = await workspace.fs.stat(at(path));
        return { kind: kindOf(type), size, modified: mtime };
      } catch (error) {
        if (isNotFound(error)) return undefined;
        throw error;
      }
    },
    async list(path) {
      return (await workspace.fs.readDirectory(at(path))).map(([name, type]) => ({ name, kind: kindOf(type) }));
    },
    async read(path) {
      return workspace.fs.readFile(at(path));
    },
    async write(path, bytes) {
      await workspace.fs.writeFile(at(path), bytes);
    },
    async rename(from, to) {
      await workspace.fs.rename(at(from), at(to), { overwrite: true });
    },
    async delete(path) {
      await workspace.fs.delete(at(path));
    },
  };
}

function kindOf(type: FileType): FileKind {
  if ((type & FileType.SymbolicLink) !== 0) return 'link';
  if (type === FileType.File) return 'file';
  return type === FileType.Directory ? 'folder' : 'other';
}
