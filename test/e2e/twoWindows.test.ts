import assert from 'node:assert/strict';
import * as path from 'node:path';
import { makeSample, type Sample } from '../sample/makeSample.ts';
import { connectByForm, payments, sampleFolder } from './support/connect.ts';
import { interleave } from './support/interleaving.ts';
import { ours, SharedFolder } from './support/sharedFolder.ts';
import { useSession } from './support/useSession.ts';
import type { Workbench } from './support/workbench.ts';

const isLong = process.env['LONG'] === '1';
const operations = isLong ? 100 : 12;
const seed = Number(process.env['SEED'] ?? 4711);

describe(`Two windows on one folder (SEED=${String(seed)})`, function () {
  this.timeout(isLong ? 0 : 180_000);
  // A file that is written in the other window is an edit there, and saved when that window says so.
  const session = useSession({ settings: { 'files.autoSave': 'off' } });
  const steps = interleave(seed, operations, ours.length);

  /** The same window again: who connected in one has connected. */
  const openSecond = async (): Promise<Workbench> => {
    const workbench = await session().open();
    await workbench.apis.open();
    const row = workbench.apis.row(/^Payments\s*(main|waits for your approval)/);
    await row.waitFor();
    // What a window has approved is kept with the next breath, not at once.
    if (/waits/.test(await row.innerText())) {
      await workbench.apis.inlineAction(/^Payments/, /^Approve Connection/);
      await workbench.answerDialog('Approve');
      await workbench.apis.row(/^Payments\s*main/).waitFor();
    }
    // The browser remembers the first window's form; and the branch item is about the API that is chosen.
    await workbench.runCommand('View: Close All Editors');
    await workbench.apis.row(/^Payments\s*main/).click();
    await workbench.statusBar.branchOf('Payments').waitFor();
    return workbench;
  };

  const connected = async ({ repository, workspace }: Sample): Promise<Workbench> => {
    const workbench = await session().open(workspace);
    await connectByForm(workbench, { repository, ...payments });
    return workbench;
  };

  const run = async (name: string, folder: SharedFolder): Promise<void> => {
    const started = Date.now();
    await folder.open();
    try {
      for (const step of steps) await folder.take(step);
      await folder.shown();
    } catch (error) {
      await folder.pictures(`failed ${name}`);
      throw error;
    }
    console.log(`      ${name}: ${String(operations)} operations, ${String(Date.now() - started)} ms`);
  };

  it(`comes to what one window alone comes to, after ${String(operations)} operations`, async () => {
    const one = session().sample;
    const two = await makeSample(path.join(session().folder, 'alone'));
    const first = await connected(one);
    const single = await connected(two);
    const folderOf = (windows: readonly Workbench[], { repository, workspace }: Sample): SharedFolder =>
      new SharedFolder(windows, repository, path.join(workspace, sampleFolder), sampleFolder);
    const together = folderOf([first, await openSecond()], one);
    const alone = folderOf([single], two);
    // They have nothing in common but the server.
    await Promise.all([run('together', together), run('alone', alone)]);
    assert.deepEqual(await together.edits(), await alone.edits());
    assert.deepEqual(await together.state(), await alone.state());
    for (const branch of ['main', 'develop']) {
      const subjects = await together.log(branch);
      assert.equal(new Set(subjects).size, subjects.length, `every commit of ${branch} was made once`);
    }
  });
});
