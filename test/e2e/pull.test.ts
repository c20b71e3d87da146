import assert from 'node:assert/strict';
import { readFile, rename, stat, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { connectByForm, payments, sampleFolder } from './support/connect.ts';
import { commitFiles, git, gitShow } from './support/git.ts';
import { snapshotCommit, snapshotFolder } from './support/snapshots.ts';
import { useSession } from './support/useSession.ts';
import type { Workbench } from './support/workbench.ts';

const root = 'apis/payments/openapi.yaml';
const schemas = 'apis/payments/components/schemas';
const status = `${schemas}/payment/PaymentStatus.yaml`;
const card = `${schemas}/method/Card.yaml`;
const settings = 'apis/payments/examples/newCardPayment.json';

/** Lines far enough from each other that edits of the first and the last do not touch. */
const long = (first: string, last: string): string =>
  ['# ' + first, ...Array.from({ length: 8 }, (_, line) => `line${line}: ${line}`), `last: ${last}`, ''].join('\n');

describe('Pulling', () => {
  const session = useSession();
  let workbench: Workbench;
  const repository = (): string => session().sample.repository;
  const local = (file: string): string => path.join(session().sample.workspace, sampleFolder, file);
  const localText = (file: string): Promise<string> => readFile(local(file), 'utf8');
  const theyChange = (file: string, content?: string): Promise<string> =>
    commitFiles(repository(), 'main', `Change ${file}`, [
      content === undefined ? { path: file } : { path: file, content },
    ]);
  const refresh = (): Promise<void> => workbench.runCommand('APIs: Refresh');
  /** Waits for what is to come, and for it to be taken. */
  const pull = async (file: string, about: string): Promise<void> => {
    await refresh();
    await workbench.sourceControl.change(file, about).first().waitFor();
    await workbench.runCommand('APIs: Pull');
    await workbench.sourceControl.change(file, about).first().waitFor({ state: 'hidden' });
  };
  const conflict = async (file: string, mine: string, theirs: string): Promise<void> => {
    await theyChange(file, theirs);
    await writeFile(local(file), mine);
    await workbench.runCommand('APIs: Pull');
    await workbench.sourceControl.change(path.posix.basename(file), 'Conflict').waitFor();
    await workbench.notifications.dismiss(/both you and somebody else changed/);
    assert.equal(await localText(file), mine, 'a conflict leaves the local file alone');
  };
  const settled = (): Promise<void> => workbench.sourceControl.row(/^\s*Conflicts/).waitFor({ state: 'hidden' });

  before(async () => {
    const text = (await gitShow(repository(), 'main', root)).toString();
    await commitFiles(repository(), 'main', 'Make room', [
      { path: status, content: long('first', 'a') },
      { path: card, content: long('first', 'a') },
      { path: settings, content: '{\n  "a": 1\n}\n' },
      { path: root, content: `${text}  examples:\n    card:\n      $ref: examples/newCardPayment.json\n` },
      { path: `${schemas}/Later.yaml`, content: 'type: object\n' },
    ]);
    workbench = await session().open();
    await connectByForm(workbench, { repository: repository(), ...payments });
    await workbench.sourceControl.open();
  });

  it('shows a teammate’s edit as incoming, and writes it only when asked to', async () => {
    await theyChange(status, long('theirs', 'a'));
    await refresh();
    await workbench.sourceControl.change('PaymentStatus.yaml', 'Modified in the repository').waitFor();
    assert.equal(await localText(status), long('first', 'a'));
    await workbench.statusBar.item('↓1').waitFor();
    await workbench.screenshot('pull-incoming');
    await pull('PaymentStatus.yaml', 'Modified in the repository');
    assert.equal(await localText(status), long('theirs', 'a'));
  });

  it('merges edits of different lines', async () => {
    await theyChange(card, long('theirs', 'a'));
    await writeFile(local(card), long('first', 'mine'));
    await pull('Card.yaml', 'Changed here and in the repository');
    assert.equal(await localText(card), long('theirs', 'mine'));
    await workbench.sourceControl.pushChange('Card.yaml', 'Merged');
    assert.equal((await gitShow(repository(), 'main', card)).toString(), long('theirs', 'mine'));
  });

  it('keeps the local file in a conflict; Accept Mine pushes it over theirs', async () => {
    await conflict(status, long('mine', 'a'), long('theirs again', 'a'));
    await workbench.screenshot('pull-conflict');
    await workbench.sourceControl.contextAction('PaymentStatus.yaml', 'Accept Mine');
    await settled();
    assert.equal(await localText(status), long('mine', 'a'));
    await workbench.sourceControl.pushChange('PaymentStatus.yaml', 'Mine it is');
    assert.equal((await gitShow(repository(), 'main', status)).toString(), long('mine', 'a'));
  });

  it('replaces the local file by Accept Theirs, after a question', async () => {
    await conflict(status, long('mine 2', 'a'), long('theirs 2', 'a'));
    await workbench.sourceControl.contextAction('PaymentStatus.yaml', 'Accept Theirs');
    await workbench.answerDialog('Accept Theirs');
    await settled();
    await workbench.notifications.dismiss(/is replaced with the version of the repository/);
    assert.equal(await localText(status), long('theirs 2', 'a'));
    await workbench.sourceControl.row('PaymentStatus.yaml').waitFor({ state: 'hidden' });
  });

  it('opens the merge editor, and takes what was saved there once it is marked as resolved', async () => {
    await conflict(status, long('mine 3', 'a'), long('theirs 3', 'theirs alone'));
    await workbench.sourceControl.inlineAction('PaymentStatus.yaml', /^Open Merge Editor/);
    await workbench.page.locator('.merge-editor .view-line').filter({ hasText: 'theirs 3' }).first().waitFor();
    await workbench.page.locator('.merge-editor .view-line').filter({ hasText: 'mine 3' }).first().waitFor();
    await workbench.screenshot('pull-merge-editor');
    // What only they changed is in the result from the beginning.
    const result = workbench.page.locator('.merge-editor .result .view-line');
    await result.filter({ hasText: 'theirs alone' }).first().waitFor();
    await result.first().click();
    await workbench.page.keyboard.press('ControlOrMeta+A');
    await workbench.editors.type(long('both 3', 'a'));
    await workbench.editors.save();
    // The person's file waits until they say that it is decided.
    assert.equal(await localText(status), long('mine 3', 'a'));
    await workbench.sourceControl.contextAction('PaymentStatus.yaml', 'Mark as Resolved');
    await settled();
    assert.equal(await localText(status), long('both 3', 'a'));
    await workbench.notifications.dismiss(/is now what you made in the merge editor/);
    await workbench.sourceControl.pushChange('PaymentStatus.yaml', 'Both of them');
    assert.equal((await gitShow(repository(), 'main', status)).toString(), long('both 3', 'a'));
  });

  it('asks before a result of the merge editor takes back both sides, and has it back by Undo', async () => {
    await conflict(status, long('mine 4', 'a'), long('theirs 4', 'a'));
    const { page, sourceControl, notifications } = workbench;
    await sourceControl.inlineAction('PaymentStatus.yaml', /^Open Merge Editor/);
    await page.locator('.merge-editor .view-line').filter({ hasText: 'theirs 4' }).first().waitFor();
    // The merge editor of the conflict before is still open, and its documents are not this one's.
    await page.locator('.merge-editor .view-line').filter({ hasText: 'mine 4' }).first().waitFor();
    await sourceControl.contextAction('PaymentStatus.yaml', 'Mark as Resolved');
    await workbench.dialog().getByText('1 place is not decided').waitFor();
    await workbench.screenshot('pull-undecided');
    await workbench.answerDialog('Cancel');
    assert.equal(await localText(status), long('mine 4', 'a'));
    await sourceControl.contextAction('PaymentStatus.yaml', 'Mark as Resolved');
    await workbench.answerDialog('Take the Result');
    await settled();
    await notifications.choose(/is now what you made in the merge editor/, 'Undo');
    await sourceControl.change('PaymentStatus.yaml', 'Conflict').waitFor();
    assert.equal(await localText(status), long('mine 4', 'a'));
    await sourceControl.contextAction('PaymentStatus.yaml', 'Accept Mine');
    await settled();
    await sourceControl.pushChange('PaymentStatus.yaml', 'Mine after all');
  });

  it('makes a conflict of JSON that would merge into something that is none', async () => {
    // Line by line both edits fit; together there is a key twice.
    const base = '{\n  "a": 1\n}\n';
    const many = ['{', ...Array.from({ length: 6 }, (_, line) => `  "k${line}": ${line},`), '  "a": 1', '}', ''];
    assert.equal(await localText(settings), base);
    await theyChange(settings, many.join('\n'));
    await pull('newCardPayment.json', 'Modified in the repository');
    const theirs = many.toSpliced(1, 0, '  "extra": true,').join('\n');
    const mine = many.toSpliced(7, 0, '  "extra": false,').join('\n');
    await conflict(settings, mine, theirs);
    await workbench.sourceControl.contextAction('newCardPayment.json', 'Accept Theirs');
    await workbench.answerDialog('Accept Theirs');
    await settled();
    await workbench.notifications.dismiss(/is replaced with the version of the repository/);
    assert.equal(await localText(settings), theirs);
  });

  it('deletes nothing because a teammate dropped a reference, and what a teammate deleted', async () => {
    const text = await localText(root);
    await theyChange(root, text.replace('    card:\n      $ref: examples/newCardPayment.json\n', '    card: {}\n'));
    await pull('openapi.yaml', 'Modified in the repository');
    assert.ok((await stat(local(settings))).isFile());
    assert.match(await git(repository(), 'ls-tree', 'main', settings), /newCardPayment/);

    await theyChange(settings);
    await pull('newCardPayment.json', 'Deleted in the repository');
    await assert.rejects(stat(local(settings)), { code: 'ENOENT' });
  });

  it('fetches a file of the repository that a new reference names', async () => {
    await writeFile(
      local(root),
      `${await localText(root)}  schemas:\n    Later:\n      $ref: components/schemas/Later.yaml\n`,
    );
    await pull('Later.yaml', 'Added in the repository');
    assert.deepEqual(
      await readFile(local(`${schemas}/Later.yaml`)),
      await gitShow(repository(), 'main', `${schemas}/Later.yaml`),
    );
    await workbench.sourceControl.pushChange('openapi.yaml', 'Refer to it');
    const there = await snapshotCommit(repository(), 'main', 'apis/payments', 'postman');
    assert.deepEqual(await snapshotFolder(local('')), there);
    assert.deepEqual(await git(repository(), 'fsck', '--strict'), '');
  });

  it('says that the repository is out of reach to whoever asks for a refresh, and tries again', async () => {
    const away = `${repository()}.away`;
    const words = /There is no repository/;
    await rename(repository(), away);
    await refresh();
    await workbench.notifications.expect(words);
    await rename(away, repository());
    await workbench.notifications.choose(words, 'Retry');
    await workbench.notifications.message(words).waitFor({ state: 'hidden' });
    await theyChange(status, long('after that', 'a'));
    await refresh();
    await workbench.sourceControl.change('PaymentStatus.yaml', 'Modified in the repository').waitFor();
    assert.deepEqual(await workbench.notifications.texts(), []);
  });
});
