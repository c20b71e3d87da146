import assert from 'node:assert/strict';
import { access, appendFile, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import type { Locator } from 'playwright-core';
import { waitFor } from '../vscode/support/waitFor.ts';
import { submitConnectForm } from './support/connect.ts';
import { commitFiles, git } from './support/git.ts';
import { useSession } from './support/useSession.ts';
import type { Workbench } from './support/workbench.ts';

const root = 'apis/payments/openapi.yaml';
const card = 'apis/payments/components/schemas/method/Card.yaml';

describe('The clone that is open', () => {
  const session = useSession();
  let workbench: Workbench;
  let clone: string;
  const repository = (): string => session().sample.repository;
  const branchItem = (text: RegExp): Locator => workbench.statusBar.ours.filter({ hasText: text }).first();
  const status = (): Promise<string> => git(clone, 'status', '--porcelain=v2', '--untracked-files=all');
  const isClean = (): Promise<unknown> => waitFor(async () => (await status()) === '', 'git status is clean');
  const changed = (): Promise<string> => git(clone, 'diff-tree', '--no-commit-id', '--name-status', '-r', 'HEAD');

  before(async () => {
    clone = path.join(session().folder, 'payments-clone');
    await git(session().folder, 'clone', '--quiet', repository(), clone);
    await git(clone, 'config', 'user.name', 'Katherine Johnson');
    await git(clone, 'config', 'user.email', 'katherine@acme.example');
    // The list of APIs is the team's to commit, and none of what is looked at here.
    await appendFile(path.join(clone, '.git/info/exclude'), '.vscode/\n');
    workbench = await session().open(clone);
  });

  it('is what the connect form begins with, and is connected in place', async () => {
    await workbench.apis.open();
    await workbench.openConnectForm();
    const { connectForm } = workbench;
    await connectForm.text(/This workspace’s repository: works in your own clone/).waitFor();
    await connectForm.hasValue('Repository', /acme-apis/);
    await connectForm.hasValue('Initial branch', /^main$/);
    await connectForm.hasValue('Local folder', /^$/);
    await connectForm.field('API name').fill('Payments');
    await connectForm.field('Root definition file').fill(root);
    await connectForm.field('Root definition file').press('Tab');
    await connectForm.text(/^1 root file/).waitFor();
    await workbench.screenshot('clone-form');
    await submitConnectForm(workbench);
    await branchItem(/^\s*main$/).waitFor();
    await assert.rejects(access(path.join(clone, '.api-source-control')), 'what is remembered lies below .git');
    await isClean();
  });

  it('commits exactly what was changed in the API, and pushes it', async () => {
    await appendFile(path.join(clone, 'README.md'), 'staged\n');
    await git(clone, 'add', 'README.md');
    await workbench.editors.open(root);
    await workbench.page.keyboard.press('ControlOrMeta+Home');
    await workbench.editors.type('# reviewed\n');
    await workbench.editors.save();
    await workbench.sourceControl.open();
    await workbench.sourceControl.row('openapi.yaml').first().waitFor();
    await workbench.screenshot('clone-changes');
    await workbench.sourceControl.push('Review payments', 'Payments');
    await branchItem(/^\s*main$/).waitFor();
    await workbench.sourceControl.row('openapi.yaml').first().waitFor({ state: 'hidden' });
    assert.equal(await changed(), `M\t${root}`);
    assert.equal(await git(repository(), 'rev-parse', 'main'), await git(clone, 'rev-parse', 'HEAD'));
    assert.match(await status(), /^1 M\. .* README\.md$/);
    await workbench.sourceControl.row('README.md').first().waitFor();
    await workbench.screenshot('clone-pushed');
    await git(clone, 'restore', '--staged', '--worktree', 'README.md');
    await isClean();
  });

  it('takes what a teammate pushed, by Git', async () => {
    const theirs = await commitFiles(repository(), 'main', 'Describe cards', [
      { path: card, content: 'type: object\n' },
    ]);
    await workbench.runCommand('APIs: Refresh');
    await branchItem(/^\s*main ↓1$/).waitFor();
    await workbench.runCommand('APIs: Pull');
    await branchItem(/^\s*main$/).waitFor();
    assert.equal(await git(clone, 'rev-parse', 'HEAD'), theirs);
    await isClean();
    await workbench.screenshot('clone-pulled');
  });

  it('shows at once what a commit, a push, a fetch and a merge outside come to', async () => {
    const commitSubjects = (): Promise<string> => git(clone, 'log', '--format=%s', 'origin/main..HEAD');
    await appendFile(path.join(clone, card), 'description: mine\n');
    await git(clone, 'commit', '--quiet', '--all', '-m', 'Outside');
    await workbench.sourceControl.open();
    await workbench.sourceControl.change('Card.yaml', 'Modified here').waitFor();
    // The file does not move any more: only Git's own extension can tell.
    await git(clone, 'push', '--quiet');
    await workbench.sourceControl.change('Card.yaml', 'Modified here').waitFor({ state: 'hidden' });
    assert.equal(await commitSubjects(), '');
    await commitFiles(repository(), 'main', 'Fetched outside', [{ path: card, content: 'type: string\n' }]);
    await git(clone, 'fetch', '--quiet');
    await branchItem(/^\s*main ↓1$/).waitFor();
    await git(clone, 'merge', '--quiet', 'origin/main');
    await branchItem(/^\s*main$/).waitFor();
    await workbench.screenshot('clone-outside');
    await isClean();
  });

  it('decides Git’s own conflicts, in the merge editor and by a side', async () => {
    const mine = 'type: object\ndescription: mine\n';
    const theirs = 'type: object\ndescription: theirs\n';
    // The built-in Git has a row of that name, and says Conflict, too.
    const conflict = (): Locator => workbench.sourceControl.change('Card.yaml', 'Conflict: changed here').first();
    const collide = async (): Promise<void> => {
      await writeFile(path.join(clone, card), mine);
      await git(clone, 'commit', '--quiet', '--all', '-m', 'Mine');
      await commitFiles(repository(), 'main', 'Theirs', [{ path: card, content: theirs }]);
      await git(clone, 'fetch', '--quiet');
      await assert.rejects(git(clone, 'merge', 'origin/main'));
      await conflict().waitFor();
    };
    const isDecided = (): Promise<unknown> =>
      waitFor(async () => (await git(clone, 'ls-files', '--unmerged')) === '', 'Card.yaml is merged');
    await collide();
    await workbench.screenshot('clone-conflict');
    await workbench.sourceControl.inlineAction(conflict(), /^Open Merge Editor/);
    await workbench.page.locator('.merge-editor .view-line').filter({ hasText: 'theirs' }).first().waitFor();
    await workbench.page.locator('.merge-editor .view-line').filter({ hasText: 'mine' }).first().waitFor();
    await workbench.screenshot('clone-merge-editor');
    await workbench.page.locator('.merge-editor .result .view-line').first().click();
    await workbench.page.keyboard.press('ControlOrMeta+A');
    await workbench.editors.type('type: object\ndescription: both\n');
    await workbench.editors.save();
    await workbench.sourceControl.contextAction(conflict(), 'Mark as Resolved');
    await isDecided();
    assert.equal(await git(clone, 'show', `:${card}`), 'type: object\ndescription: both');
    await git(clone, 'commit', '--quiet', '--no-edit');
    await git(clone, 'push', '--quiet');
    await workbench.sourceControl.row('Card.yaml').first().waitFor({ state: 'hidden' });

    await collide();
    await workbench.sourceControl.contextAction(conflict(), 'Accept Mine');
    await isDecided();
    await workbench.notifications.dismiss(/is your version again/);
    assert.equal(await git(clone, 'show', `:${card}`), mine.trimEnd());
    await git(clone, 'commit', '--quiet', '--no-edit');
    await git(clone, 'push', '--quiet');
    await workbench.sourceControl.row('Card.yaml').first().waitFor({ state: 'hidden' });
    await isClean();
  });

  it('switches the clone, and the built-in Git shows the same branch', async () => {
    await workbench.openSwitcher();
    await workbench.quickInput.choose('develop');
    await branchItem(/^\s*develop$/).waitFor();
    assert.equal(await git(clone, 'branch', '--show-current'), 'develop');
    assert.equal(await git(clone, 'rev-parse', '--abbrev-ref', '@{upstream}'), 'origin/develop');
    await workbench.sourceControl.open();
    const builtIn = workbench.sourceControl.row('payments-clone');
    await builtIn.locator('[aria-label*="develop"]').first().waitFor();
    await isClean();
    assert.equal(await git(clone, 'stash', 'list'), '');
    await workbench.screenshot('clone-switched');
  });
});
