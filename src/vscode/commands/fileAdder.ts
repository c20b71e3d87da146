import { l10n, window, type Uri } from 'vscode';
import type { ApiNode } from '../../app/apiNode.ts';
import type { UseCases } from '../../app/useCases.ts';
import type { RepoPath } from '../../core/model/repoPath.ts';
import { folderUri, pathBelow } from '../apiFiles.ts';
import { listFiles } from '../messages/nameFiles.ts';
import type { OperationRunner } from '../runOperation.ts';

/** Adds files to an API: chosen from lists, or dropped on it. */
export class FileAdder {
  constructor(
    private readonly useCases: UseCases,
    private readonly runner: OperationRunner,
  ) {}

  async add(node: ApiNode, paths: readonly RepoPath[]): Promise<void> {
    await this.runner.run({
      title: l10n.t('Adding files to “{0}”', node.api.name),
      kind: 'addFiles',
      api: node.key,
      work: (context) => this.useCases.addFiles(node.key, paths, context),
    });
  }

  /** Files from anywhere: only those in the API's folder can belong to it, and the others are named. */
  async addUris(node: ApiNode, uris: readonly Uri[]): Promise<void> {
    const folder = folderUri(node);
    const inside: RepoPath[] = [];
    const outside: string[] = [];
    for (const uri of uris) {
      const path = pathBelow(folder, uri);
      if (path === undefined) outside.push(uri.fsPath);
      else inside.push(path);
    }
    if (outside.length > 0) {
      const message = l10n.t(
        'Only files in the folder “{0}” can belong to “{1}”. Copy them there first, then add them.',
        node.api.folder,
        node.api.name,
      );
      void window.showWarningMessage(message, { modal: true, detail: listFiles(outside) });
    }
    if (inside.length > 0) await this.add(node, inside);
  }
}

/** Of an API: what need not be offered again. */
export function knownPaths({ definition, collections }: ApiNode): ReadonlySet<RepoPath> {
  return new Set([...(definition?.files ?? []), ...(collections ?? [])].map(({ path }) => path));
}
