import assert from 'node:assert/strict';
import { appendFile, readFile } from 'node:fs/promises';
import * as path from 'node:path';
import { connectByForm, inventory, payments, sampleFolder } from './support/connect.ts';
import { commitFiles, git, gitShow } from './support/git.ts';
import { snapshotCommit, snapshotFolder } from './support/snapshots.ts';
import { useSession } from './support/useSession.ts';
import type { Workbench } from './support/workbench.ts';

const root = 'apis/payments/openapi.yaml';
const card = 'apis/payments/components/schemas/method/Card.yaml';

describe('Branches', () => {
  const session = useSession();
  let workbench: Workbench;
  const repository = (): string => session().sample.repository;
  const folder = (): string => path.join(session().sample.workspace, sampleFolder);
  const membersOf = async (branch: string): Promise<Readonly<Record<string, string>>> =>
    await snapshotCommit(repository(), branch, 'apis', 'postman');

  before(async () => {
    workbench = await session().open();
    await connectByForm(workbench, { repository: repository(), ...payments });
    await connectByForm(workbench, { repository: repository(), ...inventory });
  });

  it('shows the branch of the API at hand, and what is to push and to pull', async () => {
    await workbench.statusBar.item('Inventory: main').waitFor();
    await commitFiles(repository(), 'main', 'Describe cards', [{ path: card, content: 'type: object\n' }]);
    await workbench.editors.open(`${sampleFolder}/${root}`);
    await workbench.statusBar.item('Payments: main').waitFor();
    await workbench.page.keyboard.press('ControlOrMeta+Home');
    await workbench.editors.type('# reviewed\n');
    await workbench.editors.save();
    await workbench.runCommand('APIs: Refresh');
    await workbench.statusBar.item('Payments: main ↑1 ↓1').waitFor();
    await workbench.screenshot('branches-status');
    await workbench.runCommand('APIs: Pull');
    await workbench.quickInput.choose('Payments');
    await workbench.statusBar.item(/Payments: main ↑1$/).waitFor();
  });

  it('stays where it is when a file was changed here and is another one there', async () => {
    await workbench.openSwitcher();
    await workbench.screenshot('branches-switcher');
    await workbench.quickInput.choose('develop');
    await workbench
      .dialog()
      .getByText(/cannot be taken along: “develop” has other versions of .*openapi\.yaml/)
      .waitFor();
    await workbench.screenshot('branches-refused');
    await workbench.answerDialog('Cancel');
    await workbench.statusBar.item(/Payments: main ↑1$/).waitFor();
    const mine = await readFile(path.join(folder(), root), 'utf8');
    assert.equal(mine, `# reviewed\n${(await gitShow(repository(), 'main', root)).toString()}`);
  });

  it('switches every API of the checkout', async () => {
    await workbench.sourceControl.open();
    await workbench.sourceControl.push('Review it', 'Payments');
    await workbench.statusBar.item(/Payments: main$/).waitFor();
    await workbench.openSwitcher();
    await workbench.quickInput.choose('develop');
    await workbench.statusBar.item(/Payments: develop$/).waitFor();
    assert.deepEqual(await snapshotFolder(folder()), await membersOf('develop'));
    await workbench.apis.open();
    await workbench.apis.row(/^Payments\s*develop/).waitFor();
    await workbench.apis.row(/^Inventory\s*develop/).waitFor();
    assert.equal(await git(repository(), 'log', '-1', '--format=%s', 'develop'), 'Say how much a product weighs');
  });

  it('makes a branch from another one, asks, names every API that switches, and takes changes along', async () => {
    const file = path.join(folder(), 'apis/payments/paths/refunds/item.yaml');
    await appendFile(file, '# come along\n');
    await workbench.runCommand('APIs: Refresh');
    await workbench.statusBar.item(/Payments: develop ↑1$/).waitFor();
    await workbench.openSwitcher();
    await workbench.quickInput.choose('Create new branch…');
    await workbench.quickInput.waitForTitle('New branch for');
    await workbench.quickInput.answer('feature/refunds');
    await workbench.quickInput.choose('main');
    await workbench
      .dialog()
      .getByText(/share the folder and switch together: Payments, Inventory/)
      .waitFor();
    await workbench.screenshot('branches-dialog');
    await workbench.answerDialog('Take Along');
    await workbench.statusBar.item(/Payments: feature\/refunds ↑1$/).waitFor();
    assert.equal(await git(repository(), 'rev-parse', 'feature/refunds'), await git(repository(), 'rev-parse', 'main'));
    const { 'apis/payments/paths/refunds/item.yaml': changed, ...others } = await snapshotFolder(folder());
    const { 'apis/payments/paths/refunds/item.yaml': before, ...expected } = await membersOf('main');
    assert.deepEqual(others, expected);
    assert.notEqual(changed, before);

    const main = await git(repository(), 'rev-parse', 'main');
    await workbench.sourceControl.open();
    await workbench.sourceControl.push('Describe refunds', 'Payments');
    await workbench.statusBar.item(/Payments: feature\/refunds$/).waitFor();
    assert.equal(await git(repository(), 'log', '-1', '--format=%P|%s', 'feature/refunds'), `${main}|Describe refunds`);
    assert.equal(await git(repository(), 'rev-parse', 'main'), main);
    assert.deepEqual(await snapshotFolder(folder()), await membersOf('feature/refunds'));
  });
});
