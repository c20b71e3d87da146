import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ApiNode } from '../../../src/app/apiNode.ts';
import { Failure } from '../../../src/core/errors.ts';
import { DisposableStore } from '../../../src/core/events.ts';
import { asBlobId } from '../../../src/core/model/ids.ts';
import { asRepoPath } from '../../../src/core/model/repoPath.ts';
import { fileExists } from '../../../src/vscode/fileExists.ts';
import { dropMergeResults, mergeResultUri, readMergeResult } from '../../../src/vscode/files/mergeResult.ts';
import { waitFor } from '../support/waitFor.ts';

const path = asRepoPath('apis/pets.yaml');
const [mine, theirs, newer] = ['1', '2', '3'].map((digit) => asBlobId(digit.repeat(40)));

/** An API whose file differs on both sides. */
function conflictIn(folder: vscode.Uri, local = mine): ApiNode {
  const item = {
    kind: 'conflict',
    path,
    local: { id: local, mode: 'regular' },
    remote: { id: theirs, mode: 'regular' },
  };
  return { workspaceFolder: folder.toString(), api: { folder: '' }, sync: { plan: [item] } } as unknown as ApiNode;
}

/** A file system with one merge result in it. */
class RefusingFiles implements vscode.FileSystemProvider {
  refuses: 'stat' | 'write' = 'write';
  readonly onDidChangeFile = () => ({ dispose: () => undefined });

  watch(): vscode.Disposable {
    return { dispose: () => undefined };
  }
  stat(uri: vscode.Uri): vscode.FileStat {
    if (this.refuses === 'stat') throw vscode.FileSystemError.NoPermissions('no permission');
    const type = uri.path.endsWith('.yaml') ? vscode.FileType.File : vscode.FileType.Directory;
    return { type, ctime: 0, mtime: 0, size: type === vscode.FileType.File ? 8 : 0 };
  }
  readDirectory(): [string, vscode.FileType][] {
    return [[`${mine}-${theirs}`, vscode.FileType.Directory]];
  }
  readFile(): Uint8Array {
    return new TextEncoder().encode('both: 1\n');
  }
  writeFile(): void {
    throw vscode.FileSystemError.NoPermissions('no permission');
  }
  createDirectory(): void {
    this.writeFile();
  }
  delete(): void {
    this.writeFile();
  }
  rename(): void {
    this.writeFile();
  }
}

describe('What a person makes in the merge editor', () => {
  const owned = new DisposableStore();
  after(() => owned.dispose());

  describe('on a disk', () => {
    const folder = (): vscode.Uri => {
      const [first] = vscode.workspace.workspaceFolders ?? [];
      assert.ok(first);
      return vscode.Uri.joinPath(first.uri, 'merged');
    };
    const result = (node: ApiNode): vscode.Uri => {
      const uri = mergeResultUri(node, path);
      assert.ok(uri);
      return uri;
    };
    const write = (node: ApiNode, text: string) =>
      vscode.workspace.fs.writeFile(result(node), new TextEncoder().encode(text));

    afterEach(() => vscode.workspace.fs.delete(folder(), { recursive: true }));

    it('is nothing before the editor was opened, and is known by the versions that it was made from', async () => {
      const node = conflictIn(folder());
      await vscode.workspace.fs.createDirectory(folder());
      assert.equal(await readMergeResult(node, path), undefined);
      await write(node, 'both: 1\n');
      const found = await readMergeResult(node, path);
      assert.deepEqual([found?.mine, found?.theirs], [mine, theirs]);
      assert.equal(new TextDecoder().decode(found?.bytes), 'both: 1\n');
    });

    it('is read with what is not saved yet', async () => {
      const node = conflictIn(folder());
      await write(node, 'both: 1\n');
      const editor = await vscode.window.showTextDocument(result(node));
      await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '# mine\n'));
      await waitFor(() => editor.document.isDirty, 'the edit did not arrive');
      const found = await readMergeResult(node, path);
      assert.equal(new TextDecoder().decode(found?.bytes), '# mine\nboth: 1\n');
      await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    });

    it('of another version is found too, as such, and goes with the others', async () => {
      const [before, now] = [conflictIn(folder()), conflictIn(folder(), newer)];
      await write(before, 'old: 1\n');
      assert.equal((await readMergeResult(now, path))?.mine, mine);
      await write(now, 'new: 1\n');
      assert.equal((await readMergeResult(now, path))?.mine, newer);
      await dropMergeResults(now, path);
      assert.equal(await readMergeResult(now, path), undefined);
      assert.equal(await fileExists(result(before)), false);
    });
  });

  describe('on a file system that refuses', () => {
    const files = new RefusingFiles();
    const node = conflictIn(vscode.Uri.parse('refusing:/shop'));

    before(() => {
      owned.add(vscode.workspace.registerFileSystemProvider('refusing', files));
    });

    it('is not taken for absent because it cannot be looked at', async () => {
      files.refuses = 'stat';
      await assert.rejects(readMergeResult(node, path), /no permission/i);
      await assert.rejects(dropMergeResults(node, path), /no permission/i);
    });

    it('is not taken while it cannot be saved', async () => {
      files.refuses = 'write';
      const uri = mergeResultUri(node, path);
      assert.ok(uri);
      const editor = await vscode.window.showTextDocument(uri);
      await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '# mine\n'));
      await waitFor(() => editor.document.isDirty, 'the edit did not arrive');
      await assert.rejects(readMergeResult(node, path), (error) => Failure.is(error, 'unsavedEditors'));
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    });
  });
});
