import { RelativePattern, Uri, workspace } from 'vscode';
import { Failure } from '../core/errors.ts';
import { DisposableStore, Emitter, type Disposable } from '../core/events.ts';
import { limits } from '../core/limits.ts';
import type { Workspace, WorkspaceFolder } from '../ports/workspace.ts';
import { isNotFound } from './fileExists.ts';

const apisFile = '.vscode/apis.json';

/** The workspace of this window. */
export class WorkspaceAdapter implements Workspace, Disposable {
  private readonly subscriptions = new DisposableStore();
  private readonly changes = this.subscriptions.add(new Emitter<void>());
  private watchers = new DisposableStore();

  readonly onDidChange = this.changes.event;

  constructor() {
    this.subscriptions.add(
      workspace.onDidChangeWorkspaceFolders(() => {
        this.watch();
        this.changes.fire();
      }),
    );
    this.subscriptions.add(workspace.onDidGrantWorkspaceTrust(() => this.changes.fire()));
    this.watch();
  }

  get folders(): readonly WorkspaceFolder[] {
    return (workspace.workspaceFolders ?? []).map(({ uri, name }) => ({ uri: uri.toString(), name }));
  }

  get trusted(): boolean {
    return workspace.isTrusted;
  }

  async readApisFile(folder: string): Promise<string | undefined> {
    const uri = uriOf(folder);
    try {
      const { size } = await workspace.fs.stat(uri);
      if (size > limits.apisFileBytes) throw new Failure('tooLarge', { paths: [apisFile], detail: `${size} bytes` });
      return new TextDecoder().decode(await workspace.fs.readFile(uri));
    } catch (error) {
      if (isNotFound(error)) return undefined;
      if (error instanceof Failure) throw error;
      throw new Failure('invalidFile', { paths: [apisFile], detail: messageOf(error) }, { cause: error });
    }
  }

  async writeApisFile(folder: string, text: string, expected: string | undefined): Promise<void> {
    const uri = uriOf(folder);
    // An unsaved editor would win over what we write, or ask the person which of two files is right.
    const open = workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
    if (open?.isDirty === true) throw new Failure('unsavedEditors', { paths: [apisFile] });
    if ((await this.readApisFile(folder)) !== expected) throw new Failure('changedMeanwhile', { paths: [apisFile] });
    try {
      await workspace.fs.createDirectory(Uri.joinPath(uri, '..'));
      await workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    } catch (error) {
      throw new Failure('writeFailed', { paths: [apisFile], detail: messageOf(error) }, { cause: error });
    }
  }

  dispose(): void {
    this.watchers.dispose();
    this.subscriptions.dispose();
  }

  private watch(): void {
    this.watchers.dispose();
    this.watchers = new DisposableStore();
    for (const folder of workspace.workspaceFolders ?? []) {
      const watcher = this.watchers.add(workspace.createFileSystemWatcher(new RelativePattern(folder, apisFile)));
      for (const event of [watcher.onDidCreate, watcher.onDidChange, watcher.onDidDelete])
        this.watchers.add(event(() => this.changes.fire()));
    }
  }
}

function uriOf(folder: string): Uri {
  return Uri.joinPath(Uri.parse(folder, true), apisFile);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
