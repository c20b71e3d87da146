import { Selection, TextEditorRevealType, Uri, window, workspace } from 'vscode';
import type { Disposable } from '../../core/events.ts';
import { fileExists } from '../fileExists.ts';
import type { OutputLog } from '../log.ts';
import { isApisFileRow } from '../tree/apisFileRow.ts';
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
    const [row] = args;
    const known = isApisFileRow(row) ? row : this.targets.named(args);
    const folder = known === undefined ? await pickFolder() : Uri.parse(known.workspaceFolder, true);
    if (folder === undefined) return;
    const uri = apisFileUri(folder);
    // A folder without any API has none: an unsaved one at its place shows the schema's help and writes nothing.
    const editor = await window.showTextDocument((await fileExists(uri)) ? uri : uri.with({ scheme: 'untitled' }));
    const [first] = isApisFileRow(row) ? row.problems : [];
    if (first === undefined) return;
    const start = editor.document.positionAt(first.offset);
    editor.selection = new Selection(start, start);
    editor.revealRange(editor.selection, TextEditorRevealType.InCenterIfOutsideViewport);
  }
}

async function pickFolder(): Promise<Uri | undefined> {
  const folders = workspace.workspaceFolders ?? [];
  return folders.length < 2 ? folders[0]?.uri : (await window.showWorkspaceFolderPick())?.uri;
}
