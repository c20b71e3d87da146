import { extensions, workspace, type Extension } from 'vscode';
import { DisposableStore, Emitter, type Disposable } from '../../core/events.ts';
import type { OpenClones } from '../../ports/openClones.ts';
import type { GitExtension, GitRepository } from './gitExtension.ts';

/** The same for every version of VS Code; `undefined` where the extension is disabled, or there is none (web). */
function builtInGit(): Extension<GitExtension> | undefined {
  return extensions.getExtension<GitExtension>('vscode.git');
}

/**
 * The repositories that the built-in Git extension has open, for as long as it is on: it may come, go, or find no Git,
 * at any time. Where a person has turned it off it stays off.
 */
export class OpenRepositories implements OpenClones, Disposable {
  private readonly subscriptions = new DisposableStore();
  private readonly changes = this.subscriptions.add(new Emitter<string>());
  private readonly repositories = new Map<GitRepository, Disposable>();
  private git: GitExtension | undefined;
  private following = new DisposableStore();
  private isDisposed = false;

  readonly onDidChange = this.changes.event;

  constructor(
    private readonly onError: (error: unknown) => void,
    private readonly find: () => Extension<GitExtension> | undefined = builtInGit,
  ) {
    this.subscriptions.add(extensions.onDidChange(() => this.tryToConnect()));
    this.subscriptions.add(
      workspace.onDidChangeConfiguration((event) => event.affectsConfiguration('git.enabled') && this.tryToConnect()),
    );
    this.tryToConnect();
  }

  get roots(): readonly string[] {
    return [...this.repositories.keys()].map(rootOf);
  }

  dispose(): void {
    this.isDisposed = true;
    this.subscriptions.dispose();
    this.leave();
  }

  private tryToConnect(): void {
    this.connect().catch(this.onError);
  }

  private async connect(): Promise<void> {
    const extension = this.find();
    if (extension === undefined) {
      this.git = undefined;
      this.leave();
      return;
    }
    if (!workspace.getConfiguration('git').get<boolean>('enabled', true)) return;
    const git = extension.isActive ? extension.exports : await extension.activate();
    if (git === this.git || this.isDisposed) return;
    this.git = git;
    this.subscriptions.add(git.onDidChangeEnablement(() => this.follow(git)));
    this.follow(git);
  }

  private follow(git: GitExtension): void {
    this.leave();
    if (!git.enabled) return;
    const { repositories, onDidOpenRepository, onDidCloseRepository } = git.getAPI(1);
    this.following.add(onDidOpenRepository((repository) => this.watch(repository)));
    this.following.add(onDidCloseRepository((repository) => this.unwatch(repository)));
    for (const repository of repositories) this.watch(repository);
  }

  private leave(): void {
    this.following.dispose();
    this.following = new DisposableStore();
    for (const repository of [...this.repositories.keys()]) this.unwatch(repository);
  }

  private watch(repository: GitRepository): void {
    if (this.repositories.has(repository)) return;
    const root = rootOf(repository);
    this.repositories.set(
      repository,
      repository.state.onDidChange(() => this.changes.fire(root)),
    );
  }

  private unwatch(repository: GitRepository): void {
    this.repositories.get(repository)?.dispose();
    this.repositories.delete(repository);
  }
}

function rootOf({ rootUri }: GitRepository): string {
  return rootUri.toString();
}
