import { Uri, window, workspace } from 'vscode';
import type { Disposable } from '../../core/events.ts';
import { fileExists } from '../fileExists.ts';
import type { OutputLog } from '../log.ts';
import { registerCommands } from './registerCommands.ts';
import type { Targets } from './targets.ts';

/** Where a folder keeps what it shares about its APIs. */
export function apisFileUri(workspaceFolder: Uri): Uri {
  return Uri.joinPath(workspaceFolder, '.vscode', 'apis.json');
}

/** Things to look at that belong to no operation. */
export class WindowCommands implements Disposable {
  private readonly registration: Disposable;

  constructor(
    private readonly targets: Targets,
    log: OutputLog,
  ) {
    this.registration = registerCommands({
      openApisFile: (...args) => this.openApisFile(args),
      showLog: () => log.show(),
    });
  }

  dispose(): void {
    this.registration.dispose();
  }

  private async openApisFile(args: readonly unknown[]): Promise<void> {
    const node = this.targets.named(args);
    const folder = node === undefined ? await pickFolder() : Uri.parse(node.workspaceFolder, true);
    if (folder === undefined) return;
    const uri = apisFileUri(folder);
    // A folder without any API has none: an unsaved one at its place shows the schema's help and writes nothing.
    await window.showTextDocument((await fileExists(uri)) ? uri : uri.with({ scheme: 'untitled' }));
  }
}

async function pickFolder(): Promise<Uri | undefined> {
  const folders = workspace.workspaceFolders ?? [];
  return folders.length < 2 ? folders[0]?.uri : (await window.showWorkspaceFolderPick())?.uri;
}
