import assert from 'node:assert/strict';
import { appendFile, readdir, readFile } from 'node:fs/promises';
import * as path from 'node:path';
import { connectByForm, payments, sampleFolder } from './support/connect.ts';
import { gitShow } from './support/git.ts';
import { useSession } from './support/useSession.ts';
import type { Workbench } from './support/workbench.ts';

const root = 'apis/payments/openapi.yaml';
const item = 'apis/payments/paths/refunds/item.yaml';

describe('Restoring a backup', () => {
  const session = useSession({ settings: { 'files.autoSave': 'off' } });
  let workbench: Workbench;
  let pushed: string;
  const folder = (): string => path.join(session().sample.workspace, sampleFolder);
  const text = (file: string): Promise<string> => readFile(path.join(folder(), file), 'utf8');
  const backups = (): Promise<readonly string[]> => readdir(path.join(folder(), '.api-source-control/backups'));
  /** From the palette, up to the list of backups. */
  const open = async (): Promise<void> => {
    await workbench.runCommand('APIs: Restore Backup…');
    await workbench.quickInput.waitForTitle('Restore a backup of');
  };
  const restore = async (backup: string | RegExp): Promise<void> => {
    await workbench.quickInput.choose(backup);
    await workbench.quickInput.waitForTitle('Restore which files');
    await workbench.quickInput.accept();
  };
  const discard = async (file: string): Promise<void> => {
    await workbench.sourceControl.open();
    // A row that is drawn anew under the pointer loses the choice: a person makes it again.
    for (let attempt = 1; ; attempt++) {
      await workbench.sourceControl.contextAction(path.basename(file), 'Discard Changes…');
      try {
        await workbench.dialog().waitFor({ timeout: 10_000 });
        break;
      } catch (error) {
        if (attempt === 4) throw error;
      }
    }
    await workbench.answerDialog('Discard Changes');
    await workbench.notifications.expect(new RegExp(`${path.basename(file)} are discarded`));
    await workbench.notifications.dismiss(/are discarded/);
  };

  before(async () => {
    const { repository } = session().sample;
    workbench = await session().open();
    await connectByForm(workbench, { repository, ...payments });
    pushed = (await gitShow(repository, 'main', root)).toString();
  });

  it('says when there is none, and when one is made', async () => {
    await workbench.runCommand('APIs: Restore Backup…');
    await workbench.notifications.expect(/There is no backup in this workspace\. One is made each time before/);
    await workbench.screenshot('backups-none');
    await workbench.notifications.dismiss(/There is no backup/);
  });

  it('lists what was given up, newest first, with branch and files', async () => {
    await appendFile(path.join(folder(), root), '# mine\n');
    await appendFile(path.join(folder(), item), '# mine, too\n');
    await workbench.runCommand('APIs: Refresh');
    await workbench.statusBar.item(/main ↑2$/).waitFor();
    await discard(root);
    await discard(item);
    await workbench.statusBar.item(/main$/).waitFor();
    await open();
    const rows = await workbench.quickInput.widget.locator('.quick-input-list .monaco-list-row').allInnerTexts();
    assert.deepEqual(
      rows.map((row) =>
        [/Changes discarded/, /main · 1 file/, /paths\/refunds\/item\.yaml/].map((each) => each.test(row)),
      ),
      [
        [true, true, true],
        [true, true, false],
      ],
    );
    await workbench.screenshot('backups-list');
  });

  it('writes the chosen files back, as changes of the branch', async () => {
    await workbench.quickInput.choose(root);
    await workbench.quickInput.waitForTitle('Restore which files of “Payments”?');
    await workbench.quickInput.option(path.basename(root)).getByRole('checkbox', { checked: true }).waitFor();
    const placeholder = await workbench.quickInput.input.getAttribute('placeholder');
    assert.equal(placeholder, 'They become changes of “main”, the branch that you work on');
    await workbench.screenshot('backups-files');
    await workbench.quickInput.accept();
    // It differs from what is there: that is asked for by name.
    await workbench.dialog().getByText(`Replace ${root} with the copy in the backup?`).waitFor();
    await workbench.screenshot('backups-replace');
    await workbench.answerDialog('Replace');
    await workbench.notifications.expect(
      /openapi\.yaml is restored\. A copy is in \.api-source-control\/backups\/.* restore/,
    );
    assert.equal(await text(root), `${pushed}# mine\n`);
    await workbench.statusBar.item(/main ↑1$/).waitFor();
    await workbench.screenshot('backups-restored');
    await workbench.notifications.choose(/openapi\.yaml is restored/, 'Undo');
    await workbench.statusBar.item(/main$/).waitFor();
    assert.equal(await text(root), pushed);
  });

  it('stops before the first byte at an unsaved editor', async () => {
    await workbench.editors.open(`${sampleFolder}/${root}`);
    await workbench.page.keyboard.press('ControlOrMeta+Home');
    await workbench.editors.type('# typing\n');
    await workbench.apis.open();
    await workbench.apis.contextAction(/^Payments/, 'Restore Backup…');
    await restore(/Changes discarded.*openapi\.yaml/s);
    await workbench.notifications.expect(/There are unsaved edits in apis\/payments\/openapi\.yaml/);
    await workbench.screenshot('backups-unsaved');
    assert.equal(await text(root), pushed);
    await workbench.notifications.dismiss(/There are unsaved edits/);
    await workbench.page.locator('.part.editor .editor-instance .view-line').first().click();
    await workbench.runCommand('File: Revert File');
    await workbench.page.locator('.part.editor .tab.active.dirty').waitFor({ state: 'hidden' });
  });

  it('shows the copies from the menu of the Source Control view', async () => {
    await workbench.sourceControl.open();
    await workbench.sourceControl.moreAction('Restore Backup…');
    await workbench.quickInput.waitForTitle('Restore a backup of');
    await workbench.quickInput.option(item).hover();
    await workbench.quickInput.option(item).getByRole('button', { name: 'Show Backup' }).click();
    await workbench.page.locator('.explorer-folders-view').getByText('backups').first().waitFor();
  });

  it('needs no connection, and no API either', async () => {
    await appendFile(path.join(folder(), item), '# never pushed\n');
    await workbench.runCommand('APIs: Refresh');
    await workbench.statusBar.item(/main ↑1$/).waitFor();
    await workbench.apis.open();
    await workbench.apis.contextAction(/^Payments/, 'Disconnect…');
    await workbench.quickInput.choose('Remove for everyone');
    await workbench.quickInput.message.filter({ hasText: 'Type the name of the API' }).waitFor();
    await workbench.quickInput.answer('Payments');
    await workbench.answerDialog('Disconnect');
    await workbench.apis.row(/^Payments\s*not connected/).waitFor();
    await workbench.apis.contextAction(/^Payments/, 'Remove API…');
    await workbench.answerDialog('Remove');
    await workbench.apis.row(/^Payments/).waitFor({ state: 'hidden' });
    await appendFile(path.join(folder(), item), '# and by another program\n');
    await open();
    await workbench.quickInput.waitForTitle(`Restore a backup of “${sampleFolder}”`);
    await workbench.screenshot('backups-disconnected');
    await restore('Disconnected');
    await workbench.answerDialog('Replace');
    await workbench.notifications.expect(/item\.yaml is restored/);
    assert.match(await text(item), /# never pushed\n$/);
    const copies = (await backups()).filter((name) => name.endsWith(' restore')).sort();
    assert.match(await text(`.api-source-control/backups/${copies.at(-1) ?? ''}/${item}`), /another program\n$/);
  });
});
