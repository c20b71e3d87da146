import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { DisposableStore } from '../../../src/core/events.ts';
import type { GitExtension, GitRepository } from '../../../src/vscode/git/gitExtension.ts';
import { OpenRepositories } from '../../../src/vscode/git/openRepositories.ts';
import { waitFor } from '../support/waitFor.ts';

/** The built-in Git extension, as it is when a test says so. */
class FakeGit {
  private readonly opened = new vscode.EventEmitter<GitRepository>();
  private readonly closed = new vscode.EventEmitter<GitRepository>();
  private readonly enablement = new vscode.EventEmitter<boolean>();
  readonly repositories: GitRepository[] = [];
  activations = 0;
  activation: Promise<unknown> | undefined;
  isActive = true;
  enabled = true;

  get extension(): vscode.Extension<GitExtension> {
    const isActive = this.isActive;
    const activate = (): Promise<GitExtension> => {
      this.activations++;
      return (this.activation = Promise.resolve(this.exports));
    };
    return { isActive, exports: this.exports, activate } as unknown as vscode.Extension<GitExtension>;
  }

  private readonly exports: GitExtension = ((git: FakeGit): GitExtension => ({
    get enabled() {
      return git.enabled;
    },
    onDidChangeEnablement: git.enablement.event,
    getAPI: () => {
      if (!git.enabled) throw new Error('Git model not found');
      const { repositories, opened, closed } = git;
      return { repositories, onDidOpenRepository: opened.event, onDidCloseRepository: closed.event };
    },
  }))(this);

  open(root: string): vscode.EventEmitter<void> {
    const change = new vscode.EventEmitter<void>();
    const repository = { rootUri: vscode.Uri.parse(root), state: { onDidChange: change.event } };
    this.repositories.push(repository);
    this.opened.fire(repository);
    return change;
  }

  closeAll(): void {
    for (const repository of this.repositories.splice(0)) this.closed.fire(repository);
  }

  enable(enabled: boolean): void {
    this.enabled = enabled;
    this.enablement.fire(enabled);
  }
}

describe('The repositories that the built-in Git has open', () => {
  let owned: DisposableStore;
  const errors: unknown[] = [];
  const heard: string[] = [];
  const setting = (value: boolean | undefined): Thenable<void> =>
    vscode.workspace.getConfiguration('git').update('enabled', value, vscode.ConfigurationTarget.Workspace);
  const follow = (git: FakeGit | undefined): OpenRepositories => {
    const open = owned.add(
      new OpenRepositories(
        (error) => errors.push(error),
        () => git?.extension,
      ),
    );
    owned.add(open.onDidChange((root) => heard.push(root)));
    return open;
  };
  const has = (open: OpenRepositories, ...roots: readonly string[]): Promise<unknown> =>
    waitFor(() => Promise.resolve(open.roots.join() === roots.join()), `roots are ${roots.join() || 'none'}`);

  beforeEach(() => {
    owned = new DisposableStore();
    heard.length = 0;
  });
  afterEach(async () => {
    owned.dispose();
    assert.deepEqual(errors, []);
    await setting(undefined);
  });

  it('are followed as they open, move and close', async () => {
    const git = new FakeGit();
    const first = git.open('file:///work/first');
    const open = follow(git);
    await has(open, 'file:///work/first');
    const second = git.open('file:///work/second');
    await has(open, 'file:///work/first', 'file:///work/second');
    first.fire();
    second.fire();
    assert.deepEqual(heard, ['file:///work/first', 'file:///work/second']);
    git.closeAll();
    await has(open);
    first.fire();
    assert.equal(heard.length, 2);
  });

  it('are none where there is no such extension, or it finds no Git; and come when it does', async () => {
    assert.deepEqual(follow(undefined).roots, []);
    const git = new FakeGit();
    git.enabled = false;
    const open = follow(git);
    git.enable(true);
    git.open('file:///work/first');
    await has(open, 'file:///work/first');
    git.enable(false);
    await has(open);
  });

  it('are left alone once nobody wants to know any more, also by what was on its way', async () => {
    const git = new FakeGit();
    git.isActive = false;
    const change = git.open('file:///work/first');
    const open = follow(git);
    owned.dispose();
    assert.ok(git.activation);
    await git.activation;
    assert.deepEqual(open.roots, []);
    change.fire();
    assert.deepEqual(heard, []);
  });

  it('are waited for where the setting turns Git off: it is never woken by us', async () => {
    await setting(false);
    const git = new FakeGit();
    git.isActive = false;
    git.open('file:///work/first');
    const open = follow(git);
    // Any other word from VS Code must not be taken for a yes.
    await vscode.workspace.getConfiguration('git').update('autofetch', true, vscode.ConfigurationTarget.Workspace);
    await vscode.workspace.getConfiguration('git').update('autofetch', undefined, vscode.ConfigurationTarget.Workspace);
    assert.equal(git.activations, 0);
    await setting(true);
    await has(open, 'file:///work/first');
    assert.equal(git.activations, 1);
  });
});
