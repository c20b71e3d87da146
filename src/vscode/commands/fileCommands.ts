import { l10n, window, type Uri } from 'vscode';
import type { ApiKey } from '../../app/apiNode.ts';
import type { UseCases } from '../../app/useCases.ts';
import type { Disposable } from '../../core/events.ts';
import { folderUri } from '../apiFiles.ts';
import { listFiles } from '../messages/nameFiles.ts';
import type { OperationRunner } from '../runOperation.ts';
import { shownFolder } from '../shownFolder.ts';
import { placeOf, tellBackup } from '../undoOffer.ts';
import { knownPaths, type FileAdder } from './fileAdder.ts';
import { registerCommands } from './registerCommands.ts';
import { isAny, isConnected, type TargetFiles, type Targets } from './targets.ts';
import { definitionFilesBelow, pickPaths } from './workspaceFilePick.ts';

/** Which files belong to an API. */
export class FileCommands implements Disposable {
  private readonly registration: Disposable;

  constructor(
    private readonly useCases: UseCases,
    private readonly runner: OperationRunner,
    private readonly targets: Targets,
    private readonly adder: FileAdder,
  ) {
    this.registration = registerCommands({
      addFiles: (...args) => this.addFiles(args),
      addWorkspaceFiles: (...args) => this.addWorkspaceFiles(args),
      setRootFile: (...args) => this.setRootFile(args),
      removeFile: (...args) => this.removeFiles(args),
      deleteFile: (...args) => this.deleteFiles(args),
    });
  }

  dispose(): void {
    this.registration.dispose();
  }

  /** Files that were dropped on an API; without one on the only API, or on the one that a person picks. */
  async drop(api: ApiKey | undefined, uris: readonly Uri[]): Promise<void> {
    const node = await this.targets.api([api], isAny, l10n.t('Add the files to which API?'));
    if (node !== undefined) await this.adder.addUris(node, uris);
  }

  private async addFiles(args: readonly unknown[]): Promise<void> {
    const node = await this.targets.api(args, isConnected, l10n.t('Add files to which API?'));
    if (node === undefined) return;
    await this.runner.run({
      title: l10n.t('Reading the files of “{0}”', node.api.name),
      kind: 'look',
      api: node.key,
      work: (context) => this.useCases.repositoryFiles(node.key, context),
      done: (paths) => {
        const known = knownPaths(node);
        const title = l10n.t('Add files from the repository to “{0}”', node.api.name);
        void pickPaths(
          paths.filter((path) => !known.has(path)),
          title,
        ).then((chosen) => chosen && this.adder.add(node, chosen));
      },
    });
  }

  private async addWorkspaceFiles(args: readonly unknown[]): Promise<void> {
    const node = await this.targets.api(args, isAny, l10n.t('Add files to which API?'));
    if (node === undefined) return;
    const title = l10n.t('Add files from “{0}” to “{1}”', shownFolder(node), node.api.name);
    const chosen = await pickPaths(definitionFilesBelow(folderUri(node), knownPaths(node)), title);
    if (chosen !== undefined) await this.adder.add(node, chosen);
  }

  private async setRootFile(args: readonly unknown[]): Promise<void> {
    const [target] = this.targets.files(args);
    const [path] = target?.paths ?? [];
    if (target === undefined || path === undefined) return;
    await this.runner.run({
      title: l10n.t('Setting the root file of “{0}”', target.node.api.name),
      kind: 'addFiles',
      api: target.node.key,
      work: (context) => this.useCases.setRootFile(target.node.key, path, context),
    });
  }

  private async removeFiles(args: readonly unknown[]): Promise<void> {
    for (const { node, paths } of this.targets.files(args)) {
      await this.runner.run({
        title: l10n.t('Removing files from “{0}”', node.api.name),
        kind: 'removeFile',
        api: node.key,
        work: async (context) => {
          for (const path of paths) await this.useCases.removeFile(node.key, path, context);
        },
      });
    }
  }

  private async deleteFiles(args: readonly unknown[]): Promise<void> {
    for (const target of this.targets.files(args)) {
      if (!(await confirmDelete(target))) return;
      const { node, paths } = target;
      await this.runner.run({
        title: l10n.t('Deleting files of “{0}”', node.api.name),
        kind: 'removeFile',
        api: node.key,
        work: async (context) => {
          for (const path of paths) {
            const { backup } = await this.useCases.deleteFile(node.key, path, context);
            const text = l10n.t('{0} is deleted, with changes that were never pushed.', path);
            if (backup !== undefined) void tellBackup({ place: placeOf(node), text }, backup);
          }
        },
      });
    }
  }
}

async function confirmDelete({ node, paths }: TargetFiles): Promise<boolean> {
  const button = l10n.t('Delete');
  const message =
    paths.length === 1
      ? l10n.t('Delete {0} from the repository?', paths[0] ?? '')
      : l10n.t('Delete {0} files from the repository?', paths.length);
  const detail = [
    listFiles(paths),
    l10n.t(
      'They are deleted in your folder now, and for everybody on “{0}” with your next push.',
      node.sync?.branch ?? '',
    ),
  ].join('\n\n');
  return (await window.showWarningMessage(message, { modal: true, detail }, button)) === button;
}
