import { l10n, Uri, window, workspace } from 'vscode';
import type { ApiKey, ApiNode } from '../../app/apiNode.ts';
import type { ReadonlyApiStore } from '../../app/apiStore.ts';
import type { UseCases } from '../../app/useCases.ts';
import type { Disposable } from '../../core/events.ts';
import type { RepoPath } from '../../core/model/repoPath.ts';
import { fileUri } from '../apiFiles.ts';
import type { OperationRunner } from '../runOperation.ts';
import { askName } from './namePrompt.ts';
import { registerCommands } from './registerCommands.ts';
import { isAny, isLocal, type Targets } from './targets.ts';
import { definitionFilesBelow, pickPaths } from './workspaceFilePick.ts';

/** Make, rename and remove APIs, and give them collections. */
export class ApiCommands implements Disposable {
  private readonly registration: Disposable;

  constructor(
    private readonly store: ReadonlyApiStore,
    private readonly useCases: UseCases,
    private readonly runner: OperationRunner,
    private readonly targets: Targets,
    private readonly reveal: (api: ApiKey) => Promise<void>,
  ) {
    this.registration = registerCommands({
      newApi: () => this.newApi(),
      renameApi: (...args) => this.renameApi(args),
      removeApi: (...args) => this.removeApi(args),
      newCollection: (...args) => this.newCollection(args),
    });
  }

  dispose(): void {
    this.registration.dispose();
  }

  private async newApi(): Promise<void> {
    const folder = await pickWorkspaceFolder();
    if (folder === undefined) return;
    const title = l10n.t('New API');
    const name = await askName({ title, prompt: l10n.t('Name of the API'), placeHolder: l10n.t('Payments') }, (text) =>
      this.nameProblem(folder, text),
    );
    if (name === undefined) return;
    const files = await pickFirstFiles(folder, title);
    if (files === undefined) return;
    await this.runner.run({
      title: l10n.t('Making the API “{0}”', name),
      work: () => this.useCases.newApi(folder, name, files),
      done: (key) => this.reveal(key),
    });
  }

  private async renameApi(args: readonly unknown[]): Promise<void> {
    const node = await this.targets.api(args, isAny, l10n.t('Rename which API?'));
    if (node === undefined) return;
    const { name } = node.api;
    const options = { title: l10n.t('Rename “{0}”', name), prompt: l10n.t('New name of the API'), value: name };
    const renamed = await askName(options, (text) =>
      text === name ? undefined : this.nameProblem(node.workspaceFolder, text),
    );
    if (renamed === undefined || renamed === name) return;
    await this.runner.run({
      title: l10n.t('Renaming “{0}”', name),
      api: node.key,
      work: () => this.useCases.renameApi(node.key, renamed),
    });
  }

  private async removeApi(args: readonly unknown[]): Promise<void> {
    const node = await this.targets.api(args, isLocal, l10n.t('Remove which API?'));
    if (node === undefined) return;
    const remove = l10n.t('Remove');
    const message = l10n.t('Remove the API “{0}” from the list?', node.api.name);
    const detail = l10n.t('Its files stay where they are.');
    if ((await window.showWarningMessage(message, { modal: true, detail }, remove)) !== remove) return;
    await this.runner.run({
      title: l10n.t('Removing “{0}”', node.api.name),
      api: node.key,
      work: () => this.useCases.removeApi(node.key),
    });
  }

  private async newCollection(args: readonly unknown[]): Promise<void> {
    const node = await this.targets.api(args, isAny, l10n.t('New collection in which API?'));
    if (node === undefined) return;
    const title = l10n.t('New collection in “{0}”', node.api.name);
    const prompt = l10n.t('Name of the collection. Its file is made in “{0}”.', node.api.collectionFolder);
    const name = await askName({ title, prompt });
    if (name === undefined) return;
    await this.runner.run({
      title: l10n.t('Making the collection “{0}”', name),
      api: node.key,
      work: () => this.useCases.newCollection(node.key, name),
      done: (path) => openCreated(node, path),
    });
  }

  private nameProblem(workspaceFolder: string, name: string): string | undefined {
    const taken = this.store.apis.some((node) => node.workspaceFolder === workspaceFolder && node.api.name === name);
    return taken ? l10n.t('There is an API named “{0}” in this folder already.', name) : undefined;
  }
}

async function openCreated(node: ApiNode, path: RepoPath): Promise<void> {
  await window.showTextDocument(fileUri(node, path), { preview: false });
}

/** The only workspace folder, or the one that a person picks. */
async function pickWorkspaceFolder(): Promise<string | undefined> {
  const folders = workspace.workspaceFolders ?? [];
  if (folders.length < 2) return folders[0]?.uri.toString();
  const picked = await window.showWorkspaceFolderPick({ placeHolder: l10n.t('Make the API in which folder?') });
  return picked?.uri.toString();
}

async function pickFirstFiles(folder: string, title: string): Promise<readonly RepoPath[] | undefined> {
  const empty = {
    label: l10n.t('$(file) Empty'),
    detail: l10n.t('The definition is added later, or comes with a repository.'),
  };
  const fromFiles = {
    label: l10n.t('$(files) From files of the workspace…'),
    detail: l10n.t('The first definition among them becomes the root file.'),
  };
  const choice = await window.showQuickPick([empty, fromFiles], {
    title,
    placeHolder: l10n.t('What does the API start with?'),
  });
  if (choice === undefined) return undefined;
  return choice === empty ? [] : pickPaths(definitionFilesBelow(Uri.parse(folder, true)), title);
}
