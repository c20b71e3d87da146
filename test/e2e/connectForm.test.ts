import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import * as path from 'node:path';
import { waitFor } from '../vscode/support/waitFor.ts';
import { git, gitShow } from './support/git.ts';
import { useSession } from './support/useSession.ts';
import type { Workbench } from './support/workbench.ts';

const root = 'apis/payments/openapi.yaml';

/** Reads a file that is being fetched: the tree shows an API while its files are still on their way. */
async function written(file: string): Promise<Buffer> {
  await waitFor(() => existsSync(file), `${file} is written`);
  return await readFile(file);
}

describe('Connecting in VS Code', function () {
  this.timeout(180_000);
  const session = useSession();

  /** The command palette lists the extension's commands once its view is there. */
  async function openWindow(): Promise<Workbench> {
    const workbench = await session().open();
    await workbench.apis.open();
    return workbench;
  }

  async function openForm(): Promise<Workbench> {
    const workbench = await openWindow();
    await workbench.runCommand('APIs: Connect Repository…');
    await workbench.connectForm.field('Repository').waitFor();
    return workbench;
  }

  // First: a form that comes back with its window would take the focus from the quick picks.
  it('connects by quick picks, with a way back at every step', async () => {
    const { repository, workspace } = session().sample;
    const workbench = await openWindow();
    const { quickInput } = workbench;
    await workbench.runCommand('APIs: Connect Repository with Quick Picks…');
    await quickInput.choose('Git (any remote)');
    await quickInput.waitForTitle('(2/8)');
    await quickInput.type(repository);
    await quickInput.choose('use this address');
    await quickInput.option('develop').waitFor();
    await quickInput.choose('develop');
    await quickInput.option(root).waitFor();
    await quickInput.back();
    await quickInput.option('main').waitFor();
    await quickInput.choose('main');
    await quickInput.choose('apis/inventory/openapi.json');
    await quickInput.waitForTitle('(5/8)');
    await quickInput.answer('apis/inventory/collections');
    await quickInput.waitForTitle('(6/8)');
    await quickInput.answer('inventory');
    await quickInput.waitForTitle('(7/8)');
    await quickInput.answer('Inventory');
    await quickInput.option('1 root file').waitFor();
    await quickInput.option('1 collection').waitFor();
    await quickInput.choose('Connect Repository');
    await workbench.apis.row(/^Inventory/).waitFor();
    const file = 'apis/inventory/openapi.json';
    const local = await written(path.join(workspace, 'inventory', file));
    assert.deepEqual(local, await gitShow(repository, 'main', file));
    await workbench.page.close();
  });

  it('keeps what was typed while another editor is in front, and through a reload', async () => {
    const workbench = await openForm();
    const { connectForm } = workbench;
    await connectForm.field('API name').fill('Money');
    await connectForm.field('Repository').fill(session().sample.repository);
    await connectForm.field('Repository').press('Tab');
    await connectForm.text('Found “acme-apis”.').waitFor();
    await connectForm.field('Initial branch').fill('develop');

    await workbench.runCommand('Preferences: Open User Settings (JSON)');
    await connectForm.frame.locator('main').waitFor({ state: 'hidden' });
    await workbench.page.getByRole('tab', { name: /^Connect Repository/ }).click();
    await connectForm.text('Found “acme-apis”.').waitFor();
    assert.equal(await connectForm.field('Initial branch').inputValue(), 'develop');

    // What was typed last: the name may be kept with the branch of before.
    await workbench.hasKept('develop');
    await workbench.reload();
    await connectForm.text('Found “acme-apis”.').waitFor();
    assert.equal(await connectForm.field('API name').inputValue(), 'Money');
    assert.equal(await connectForm.field('Initial branch').inputValue(), 'develop');
    await workbench.page.close();
  });

  it('says what is wrong in place, then connects, writing nothing to the repository', async () => {
    const { repository, workspace } = session().sample;
    const before = await git(repository, 'for-each-ref');
    const workbench = await openForm();
    const { connectForm } = workbench;
    await connectForm.field('Repository').fill(`${repository}-that-is-not-there`);
    await connectForm.field('Repository').press('Tab');
    await connectForm.button('Retry').waitFor();
    await connectForm.field('Repository').fill(repository);
    await connectForm.field('Repository').press('Tab');
    await connectForm.text('Found “acme-apis”.').waitFor();
    await connectForm.field('Root definition file').fill(root);
    await connectForm.field('Root definition file').press('Tab');
    await connectForm.text(/^1 root file, \d+ dependent files$/).waitFor();
    await connectForm.field('API name').fill('Payments');
    await connectForm.field('Local folder').fill('payments');
    await workbench.screenshot('connect-form');
    await connectForm.button('Connect Repository').click();
    await workbench.apis.row(/^Payments/).waitFor();
    await workbench.page.getByRole('tab', { name: /^Connect Repository/ }).waitFor({ state: 'hidden' });

    const local = await written(path.join(workspace, 'payments', root));
    assert.deepEqual(local, await gitShow(repository, 'main', root));
    assert.equal(await git(repository, 'for-each-ref'), before);
    await workbench.page.close();
  });
});
