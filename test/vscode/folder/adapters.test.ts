import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Failure } from '../../../src/core/errors.ts';
import { DisposableStore } from '../../../src/core/events.ts';
import { limits } from '../../../src/core/limits.ts';
import { asRepoPath } from '../../../src/core/model/repoPath.ts';
import { EditorsAdapter } from '../../../src/vscode/editorsAdapter.ts';
import { PersonalAdapter } from '../../../src/vscode/personalAdapter.ts';
import { WorkspaceAdapter } from '../../../src/vscode/workspaceAdapter.ts';
import { waitFor } from '../support/waitFor.ts';

function onlyFolder(): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder);
  return folder.uri;
}

async function write(path: string, text: string): Promise<vscode.Uri> {
  const uri = vscode.Uri.joinPath(onlyFolder(), path);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  return uri;
}

const isFailure =
  (reason: Failure['reason']) =>
  (error: unknown): boolean =>
    Failure.is(error, reason);

describe('The workspace as the engine sees it', () => {
  const owned = new DisposableStore();
  const apisFile = '.vscode/apis.json';
  let adapter: WorkspaceAdapter;

  before(() => {
    adapter = owned.add(new WorkspaceAdapter());
  });
  afterEach(async () => {
    await vscode.workspace.fs
      .delete(vscode.Uri.joinPath(onlyFolder(), '.vscode'), { recursive: true })
      .then(undefined, () => undefined);
  });
  after(() => owned.dispose());

  it('has the folder of the window, trusted', () => {
    assert.deepEqual(
      adapter.folders.map(({ uri }) => uri),
      [onlyFolder().toString()],
    );
    assert.equal(adapter.trusted, true);
  });

  it('has no apis.json where there is none, and writes the first one', async () => {
    const folder = onlyFolder().toString();
    assert.equal(await adapter.readApisFile(folder), undefined);
    await adapter.writeApisFile(folder, '{}\n', undefined);
    assert.equal(await adapter.readApisFile(folder), '{}\n');
  });

  it('replaces only what it knows', async () => {
    const folder = onlyFolder().toString();
    await write(apisFile, '{"a":1}');
    await assert.rejects(adapter.writeApisFile(folder, '{}', '{"a":0}'), isFailure('changedMeanwhile'));
    await assert.rejects(adapter.writeApisFile(folder, '{}', undefined), isFailure('changedMeanwhile'));
    assert.equal(await adapter.readApisFile(folder), '{"a":1}');
    await adapter.writeApisFile(folder, '{"a":2}', '{"a":1}');
    assert.equal(await adapter.readApisFile(folder), '{"a":2}');
  });

  it('does not write under an unsaved editor', async () => {
    const folder = onlyFolder().toString();
    const document = await vscode.workspace.openTextDocument(await write(apisFile, '{}'));
    const editor = await vscode.window.showTextDocument(document);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), ' '));
    await waitFor(() => document.isDirty, 'the edit did not arrive');
    await assert.rejects(adapter.writeApisFile(folder, '{"b":1}', '{}'), isFailure('unsavedEditors'));
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('refuses a file that is too large by its size, unread', async () => {
    await write(apisFile, ' '.repeat(limits.apisFileBytes + 1));
    await assert.rejects(adapter.readApisFile(onlyFolder().toString()), isFailure('tooLarge'));
  });

  it('tells when the file comes, changes and goes', async () => {
    let heard = 0;
    owned.add(adapter.onDidChange(() => heard++));
    // What is heard first may be the end of an earlier test; then a file that comes and goes in one breath is no news.
    for (let attempt = 1; ; attempt++) {
      const quiet = heard;
      const uri = await write(apisFile, '{}');
      await waitFor(() => heard > quiet, 'the new apis.json was not noticed');
      const before = heard;
      await vscode.workspace.fs.delete(uri);
      try {
        await waitFor(() => heard > before, 'the deleted apis.json was not noticed', 5_000);
        return;
      } catch (error) {
        if (attempt === 3) throw error;
      }
    }
  });
});

describe('Unsaved editors as the engine sees them', () => {
  const folder = (): string => onlyFolder().toString();
  const editors = new EditorsAdapter();
  const [clean, dirty] = [asRepoPath('apis/clean.yaml'), asRepoPath('apis/dirty file.yaml')];

  it('are found below the folder of the checkout, and saved', async () => {
    await write(`repo/${clean}`, 'a: 1\n');
    const uri = await write(`repo/${dirty}`, 'a: 1\n');
    const editor = await vscode.window.showTextDocument(uri);
    assert.deepEqual(editors.unsaved(folder(), 'repo', [clean, dirty]), []);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '# mine\n'));
    await waitFor(() => editor.document.isDirty, 'the edit did not arrive');
    assert.deepEqual(editors.unsaved(folder(), 'repo', [clean, dirty]), [dirty]);
    assert.deepEqual(editors.unsaved(folder(), 'repo', [clean]), []);
    assert.deepEqual(editors.unsaved(folder(), '', [dirty]), [], 'another checkout has another file of that name');
    assert.deepEqual(editors.unsaved(folder(), '', [asRepoPath(`repo/${dirty}`)]), [`repo/${dirty}`]);
    await editors.save(folder(), 'repo', [clean, dirty]);
    assert.deepEqual(editors.unsaved(folder(), 'repo', [clean, dirty]), []);
    assert.equal(new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)), '# mine\na: 1\n');
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  });
});

describe('What is a person’s own', () => {
  function memento(): vscode.Memento {
    const values = new Map<string, unknown>();
    return {
      keys: () => [...values.keys()],
      get: <T>(key: string, otherwise?: T) => (values.has(key) ? (values.get(key) as T) : otherwise),
      update: async (key: string, value: unknown) => void values.set(key, value),
    };
  }

  it('is approved once, and taken back', async () => {
    const personal = new PersonalAdapter(memento());
    assert.equal(personal.isApproved('x'), false);
    await personal.approve('x');
    await personal.approve('x');
    await personal.approve('y');
    assert.equal(personal.isApproved('x'), true);
    await personal.revoke('x');
    assert.equal(personal.isApproved('x'), false);
    assert.equal(personal.isApproved('y'), true);
  });

  it('remembers twenty repositories, the newest first, each once', async () => {
    const recent = (index: number) => ({ host: 'git' as const, address: `r${index}` });
    const personal = new PersonalAdapter(memento());
    for (let index = 0; index < 25; index++) await personal.rememberRepository(recent(index));
    await personal.rememberRepository(recent(10));
    assert.equal(personal.recentRepositories.length, 20);
    assert.deepEqual(personal.recentRepositories.slice(0, 2), [recent(10), recent(24)]);
  });

  it('survives a store that holds something else', () => {
    const broken = { ...memento(), get: () => ({ not: 'a list' }) } as unknown as vscode.Memento;
    assert.equal(new PersonalAdapter(broken).isApproved('x'), false);
    assert.deepEqual(new PersonalAdapter(broken).recentRepositories, []);
  });
});
