import { l10n, window } from 'vscode';
import type { ApiNode } from '../../app/apiNode.ts';
import type { OperationKind } from '../../app/operation.ts';
import type { Undoable } from '../../app/undoable.ts';
import type { MergeResult, UseCases } from '../../app/useCases.ts';
import type { Disposable } from '../../core/events.ts';
import type { RepoPath } from '../../core/model/repoPath.ts';
import type { OperationContext } from '../../ports/progress.ts';
import { dropMergeResults, readMergeResult } from '../files/mergeResult.ts';
import type { OperationRunner } from '../runOperation.ts';
import { offerUndo, placeOf } from '../undoOffer.ts';
import { registerCommands } from './registerCommands.ts';
import type { Targets } from './targets.ts';

/** Decides conflicts by taking one side as a whole. */
export class ConflictResolver {
  constructor(
    private readonly useCases: UseCases,
    private readonly runner: OperationRunner,
  ) {}

  acceptMine(node: ApiNode, paths: readonly RepoPath[]): Promise<void> {
    return this.resolve(
      node,
      paths,
      (context) => this.useCases.acceptMine(node.key, paths, context),
      (done) => {
        const text =
          paths.length === 1
            ? l10n.t('{0} is your version again.', paths[0] ?? '')
            : l10n.t('{0} files are your versions again.', paths.length);
        this.offer(node, 'resolve', text, done);
      },
    );
  }

  acceptTheirs(node: ApiNode, paths: readonly RepoPath[]): Promise<void> {
    return this.resolve(
      node,
      paths,
      (context) => this.useCases.acceptTheirs(node.key, paths, context),
      (done) => {
        const text =
          paths.length === 1
            ? l10n.t('{0} is replaced with the version of the repository.', paths[0] ?? '')
            : l10n.t('{0} files are replaced with the versions of the repository.', paths.length);
        this.offer(node, 'resolve', text, done);
      },
    );
  }

  /** With what was made of them in the merge editor, where it was opened. */
  markResolved(node: ApiNode, paths: readonly RepoPath[]): Promise<void> {
    return this.resolve(
      node,
      paths,
      async (context) => {
        const merged = new Map<RepoPath, MergeResult>();
        for (const path of paths) {
          const result = await readMergeResult(node, path);
          if (result !== undefined) merged.set(path, result);
        }
        return this.useCases.markResolved(node.key, paths, context, merged);
      },
      (done) => {
        const text =
          paths.length === 1
            ? l10n.t('{0} is now what you made in the merge editor.', paths[0] ?? '')
            : l10n.t('The files are now what you made in the merge editor.');
        this.offer(node, 'resolve', text, done);
      },
    );
  }

  discard(node: ApiNode, paths: readonly RepoPath[]): Promise<void> {
    return this.runner.run({
      title: l10n.t('Discarding changes of “{0}”', node.api.name),
      kind: 'discard',
      api: node.key,
      work: (context) => this.useCases.discard(node.key, paths, context),
      done: (done) => {
        const text =
          paths.length === 1
            ? l10n.t('Your changes in {0} are discarded.', paths[0] ?? '')
            : l10n.t('Your changes in {0} files are discarded.', paths.length);
        this.offer(node, 'discard', text, done);
      },
    });
  }

  /** Nothing to offer where no file was touched. */
  private offer(node: ApiNode, kind: OperationKind, text: string, done: Undoable | undefined): void {
    if (done !== undefined) void offerUndo(this.runner, { place: placeOf(node), kind, text }, done);
  }

  private resolve<T>(
    node: ApiNode,
    paths: readonly RepoPath[],
    work: (context: OperationContext) => Promise<T>,
    tell: (value: T) => void = () => undefined,
  ): Promise<void> {
    return this.runner.run({
      title: l10n.t('Resolving conflicts of “{0}”', node.api.name),
      kind: 'resolve',
      api: node.key,
      work,
      done: async (value) => {
        tell(value);
        for (const path of paths) await dropMergeResults(node, path);
      },
    });
  }
}

/** The same from menus, for one file, several or a whole group. */
export class ResolveCommands implements Disposable {
  private readonly registration: Disposable;

  constructor(
    private readonly targets: Targets,
    resolver: ConflictResolver,
  ) {
    this.registration = registerCommands({
      acceptMine: (...args) => this.each(args, (node, paths) => resolver.acceptMine(node, paths)),
      acceptTheirs: (...args) => this.each(args, (node, paths) => resolver.acceptTheirs(node, paths)),
      markResolved: (...args) => this.each(args, (node, paths) => resolver.markResolved(node, paths)),
      discard: (...args) => this.each(args, (node, paths) => resolver.discard(node, paths)),
    });
  }

  dispose(): void {
    this.registration.dispose();
  }

  private async each(
    args: readonly unknown[],
    act: (node: ApiNode, paths: readonly RepoPath[]) => Promise<void>,
  ): Promise<void> {
    const files = this.targets.files(args);
    // A menu stays open while a look that ends meanwhile takes its row away.
    if (files.length === 0) {
      void window.showInformationMessage(
        l10n.t('Nothing was done: what you chose has changed meanwhile. Look at the list again.'),
      );
    }
    for (const { node, paths } of files) await act(node, paths);
  }
}
