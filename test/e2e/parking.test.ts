import assert from 'node:assert/strict';
import { appendFile, readdir, readFile, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { connectByForm, payments, sampleFolder } from './support/connect.ts';
import { gitShow } from './support/git.ts';
import { snapshotCommit, snapshotFolder } from './support/snapshots.ts';
import { useSession } from './support/useSession.ts';
import type { Workbench } from './support/workbench.ts';

const root = 'apis/payments/openapi.yaml';
const item = 'apis/payments/paths/refunds/item.yaml';

describe('Parked and copied work', () => {
  const session = useSession();
  let workbench: Workbench;
  const repository = (): string => session().sample.repository;
  const folder = (): string => path.join(session().sample.workspace, sampleFolder);
  const text = (file: string): Promise<string> => readFile(path.join(folder(), file), 'utf8');
  const backups = async (): Promise<readonly string[]> =>
    (await readdir(path.join(folder(), '.api-source-control/backups'))).sort();

  before(async () => {
    workbench = await session().open();
    await connectByForm(workbench, { repository: repository(), ...payments });
    await workbench.editors.open(`${sampleFolder}/${root}`);
    await workbench.statusBar.item(/main$/).waitFor();
  });

  it('waits on the branch that is left, and what cannot come along is named', async () => {
    await writeFile(path.join(folder(), root), `# mine\n${await text(root)}`);
    await appendFile(path.join(folder(), item), '# mine, too\n');
    await workbench.runCommand('APIs: Refresh');
    await workbench.statusBar.item(/main ↑2$/).waitFor();
    await workbench.openSwitcher();
    await workbench.quickInput.choose('develop');
    await workbench
      .dialog()
      .getByText(/“develop” has other versions of .*openapi\.yaml/s)
      .waitFor();
    await workbench.screenshot('parking-dialog');
    await workbench.answerDialog('Park on “main”');
    await workbench.statusBar.item(/develop$/).waitFor();
    assert.deepEqual(
      await snapshotFolder(folder()),
      await snapshotCommit(repository(), 'develop', 'apis/payments', 'postman'),
    );
  });

  it('is shown where branches are listed, and is back on return', async () => {
    await writeFile(path.join(folder(), item), '# of develop\n');
    await workbench.runCommand('APIs: Refresh');
    await workbench.statusBar.item(/develop ↑1$/).waitFor();
    await workbench.openSwitcher();
    await workbench.quickInput.widget.getByText('2 parked').waitFor();
    await workbench.screenshot('parking-switcher');
    await workbench.quickInput.choose('main');
    await workbench.answerDialog('Park on “develop”');
    await workbench.statusBar.item(/main ↑2$/).waitFor();
    assert.equal(await text(root), `# mine\n${(await gitShow(repository(), 'main', root)).toString()}`);
    assert.match(await text(item), /# mine, too\n$/);
    await workbench.openSwitcher();
    await workbench.quickInput.widget.getByText('1 parked').waitFor();
    await workbench.quickInput.cancel();
  });

  it('is copied before it is discarded, and undoing puts it back', async () => {
    await workbench.sourceControl.open();
    await workbench.sourceControl.contextAction('openapi.yaml', 'Discard Changes…');
    await workbench.screenshot('discard-dialog');
    await workbench.answerDialog('Discard Changes');
    await workbench.notifications.expect(/openapi\.yaml are discarded\. A copy is in \.api-source-control\/backups/);
    await workbench.screenshot('discard-undo');
    assert.equal(await text(root), (await gitShow(repository(), 'main', root)).toString());
    const [backup = ''] = await backups();
    assert.match(await text(`.api-source-control/backups/${backup}/${root}`), /^# mine\n/);
    await workbench.notifications.choose(/openapi\.yaml are discarded/, 'Undo');
    await workbench.statusBar.item(/main ↑2$/).waitFor();
    assert.match(await text(root), /^# mine\n/);
  });

  it('is listed and copied before its API is disconnected, and undoing connects it again', async () => {
    await workbench.apis.open();
    await workbench.apis.contextAction(/^Payments/, 'Disconnect…');
    await workbench.quickInput.choose('Disconnect for me');
    await workbench.quickInput.message.filter({ hasText: 'Type the name of the API' }).waitFor();
    await workbench.quickInput.answer('Payments');
    await workbench
      .dialog()
      .getByText(/Not pushed to “main”:.*openapi\.yaml.*Parked on “develop”:.*item\.yaml/s)
      .waitFor();
    await workbench.screenshot('disconnect-work');
    await workbench.answerDialog('Disconnect');
    await workbench.apis.row(/^Payments\s*disconnected/).waitFor();
    await workbench.notifications.choose(/“Payments” is disconnected\. 3 copies are in/, 'Show Backup');
    await workbench.page.locator('.explorer-folders-view').getByText('backups').first().waitFor();
    await workbench.screenshot('disconnect-backup');
    const names = await backups();
    const copy = `.api-source-control/backups/${names.find((name) => name.endsWith('disconnect')) ?? ''}`;
    assert.equal(await text(`${copy}/1 develop/${item}`), '# of develop\n');
    await workbench.notifications.choose(/“Payments” is disconnected/, 'Undo');
    await workbench.apis.open();
    await workbench.apis.row(/^Payments\s*main ↑2/).waitFor();
  });
});
