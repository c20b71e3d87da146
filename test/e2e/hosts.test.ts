import assert from 'node:assert/strict';
import { mkdir, readFile } from 'node:fs/promises';
import * as path from 'node:path';
import type { SampleHost } from '../sample/hosts/sampleHost.ts';
import { submitConnectForm } from './support/connect.ts';
import { git, gitShow } from './support/git.ts';
import { giveTokens, startSignIn } from './support/hostSignIn.ts';
import { snapshotCommit, snapshotFolder } from './support/snapshots.ts';
import { useSession } from './support/useSession.ts';
import type { Workbench } from './support/workbench.ts';

const root = 'apis/inventory/openapi.json';

/** GitHub's answer to somebody who asked for too much; it takes longer than anybody waits. */
const limited = {
  status: 403,
  headers: { 'retry-after': '600', 'x-ratelimit-remaining': '0' },
  body: { message: 'API rate limit exceeded for user ID 1000.' },
};

/** The clouds, and what each calls an owner of repositories. */
const clouds = {
  github: 'Organization or user',
  gitlab: 'Group',
  bitbucket: 'Workspace',
  azureDevOps: 'Project',
} as const;

describe('Hosts', () => {
  const session = useSession();
  let hosts: readonly SampleHost[] = [];

  before(async () => {
    const ids = Object.keys(clouds) as (keyof typeof clouds)[];
    hosts = await session().startHosts(ids);
  });
  after(async () => {
    for (const host of hosts) await host.stop();
  });

  for (const [index, [id, ownerLabel]] of Object.entries(clouds).entries()) {
    describe(id, () => {
      let workbench: Workbench;
      let host: SampleHost;
      let workspace: string;
      const local = (file: string): string => path.join(workspace, 'apis', file);
      const bare = (): string => host.bare.path;
      const head = (branch = 'main'): Promise<string> => git(bare(), 'rev-parse', branch);
      const edit = async (text: string): Promise<void> => {
        // What a pull brought may not be in an open editor yet.
        await workbench.runCommand('View: Close All Editors');
        await workbench.editors.open(`apis/${root}`);
        await workbench.page.keyboard.press('ControlOrMeta+Home');
        await workbench.editors.type(text);
        await workbench.editors.save();
        await workbench.sourceControl.open();
      };
      /** What `work` ends with: the pull request's page, to which this workbench leads through an address of its own. */
      const opensPullRequest = async (work: () => Promise<void>): Promise<void> => {
        const [page] = await Promise.all([workbench.page.context().waitForEvent('page'), work()]);
        const address = new URL(host.address);
        assert.match(page.url(), new RegExp(`/proxy/${address.port}${address.pathname}/`));
        await page.close();
      };

      before(async () => {
        host = hosts[index]!;
        workspace = path.join(session().folder, id);
        await mkdir(workspace);
        workbench = await session().open(workspace);
      });
      after(async () => {
        await workbench.page.close();
        assert.deepEqual(host.forge.violations, []);
      });

      it('signs in with a token, which is tried at once', async () => {
        await workbench.apis.open();
        if (id === 'bitbucket') {
          // There is one Bitbucket Cloud: another server is only met by an address of it.
          await workbench.openConnectForm();
          await workbench.connectForm.choose('Host', host.label);
          await workbench.connectForm.field('Repository').fill(host.address);
          await workbench.connectForm.field('Repository').press('Tab');
          await workbench.connectForm.button('Sign In…').click();
          await workbench.answerDialog('Approve');
        } else await startSignIn(workbench, host);
        await giveTokens(workbench, host);
        if (id !== 'bitbucket') await workbench.notifications.expect(/Signed in to 127\.0\.0\.1:\d+.* as ada/i);
        await workbench.screenshot(`hosts-${id}-signed-in`);
      });

      it('connects by account, owner, repository, branch and root file', async () => {
        const { connectForm } = workbench;
        if (id !== 'bitbucket') {
          await workbench.openConnectForm();
          await connectForm.choose('Host', host.label);
        }
        await connectForm.hasValue('Account', /^ada.* — 127\.0\.0\.1:\d+/i);
        await connectForm.choose(ownerLabel, host.owner);
        await connectForm.choose('Repository', new RegExp(`${host.repository}$`));
        await connectForm.text(/^Found “/).waitFor();
        await connectForm.choose('Initial branch', 'main');
        await connectForm.choose('Root definition file', root);
        await connectForm.field('Collection folder').fill('apis/inventory/collections');
        await connectForm.field('API name').fill('Inventory');
        await connectForm.field('Local folder').fill('apis');
        await connectForm.field('Local folder').press('Tab');
        await connectForm.text(/^1 root file/).waitFor();
        await workbench.screenshot(`hosts-${id}-form`);
        await submitConnectForm(workbench);
        await workbench.statusBar.branchOf('Inventory').waitFor();
        assert.deepEqual(await snapshotFolder(local('')), await snapshotCommit(bare(), 'main', 'apis/inventory'));
      });

      it('pushes an edit as one commit', async () => {
        const before = await head();
        await edit('\n\n');
        await workbench.sourceControl.pushChange('openapi.json', 'Add “air” – and ünïcode');
        assert.equal(await git(bare(), 'log', '-1', '--format=%P|%B', 'main'), `${before}|Add “air” – and ünïcode`);
        assert.equal(await git(bare(), 'diff', '--name-status', before, 'main'), `M\t${root}`);
        assert.deepEqual(await gitShow(bare(), 'main', root), await readFile(local(root)));
        assert.match(await readFile(local(root), 'utf8'), /^\n\n{/);
      });

      it('shows a teammate’s commit as incoming, and pulls it', async () => {
        const text = (await gitShow(bare(), 'main', root)).toString().replace('"version": ', '"version":  ');
        host.bare.push('main', { [root]: text }, 'Make room');
        await workbench.runCommand('APIs: Refresh');
        await workbench.sourceControl.change('openapi.json', 'Modified in the repository').waitFor();
        await workbench.screenshot(`hosts-${id}-incoming`);
        await workbench.runCommand('APIs: Pull');
        await workbench.sourceControl.row('openapi.json').first().waitFor({ state: 'hidden' });
        assert.equal(await readFile(local(root), 'utf8'), text);
      });

      it('makes a branch, pushes to it and opens a pull request', async () => {
        const main = await head();
        await workbench.openSwitcher();
        await workbench.quickInput.choose('Create new branch…');
        await workbench.quickInput.waitForTitle('New branch for');
        await workbench.quickInput.answer('feature/größe-#1');
        await workbench.quickInput.choose('main');
        await workbench.statusBar.ours.filter({ hasText: 'feature/größe-#1' }).waitFor();
        assert.equal(await head('feature/größe-#1'), main);
        await edit('\n');
        await workbench.sourceControl.pushChange('openapi.json', 'Grow');
        await opensPullRequest(async () => {
          await workbench.runCommand('APIs: Create Pull Request…');
          await workbench.quickInput.choose('main');
          await workbench.quickInput.message.filter({ hasText: 'Title of the pull request' }).waitFor();
          await workbench.quickInput.answer('Grow it');
        });
        assert.deepEqual(
          host.pullRequests().map(({ from, to }) => [from, to]),
          [['feature/größe-#1', 'main']],
        );
        assert.equal(await head(), main);
      });

      it('offers a new branch and a pull request where a branch takes no push', async () => {
        await workbench.openSwitcher();
        await workbench.quickInput.choose(/^\s*main/);
        await workbench.statusBar.ours.filter({ hasText: 'main' }).waitFor();
        host.protect('main');
        const main = await head();
        await edit('\n');
        await workbench.sourceControl.row('openapi.json').first().waitFor();
        await workbench.sourceControl.push('Stay polite');
        await workbench.notifications.expect(/main/);
        await workbench.screenshot(`hosts-${id}-protected`);
        await opensPullRequest(async () => {
          await workbench.notifications.choose(/“main”/, 'Push to New Branch…');
          await workbench.quickInput.waitForTitle('to a new branch');
          await workbench.quickInput.answer('polite');
        });
        await workbench.statusBar.ours.filter({ hasText: 'polite' }).waitFor();
        assert.equal(await head(), main);
        assert.equal(await git(bare(), 'log', '-1', '--format=%P|%s', 'polite'), `${main}|Stay polite`);
        assert.deepEqual(await gitShow(bare(), 'polite', root), await readFile(local(root)));
        assert.deepEqual(
          host.pullRequests().map(({ from, to }) => [from, to]),
          [
            ['feature/größe-#1', 'main'],
            ['polite', 'main'],
          ],
        );
      });

      if (id !== 'github') return;

      it('asks for another token when one is revoked, and goes on without a reload', async () => {
        host.tokens.revoke();
        await workbench.runCommand('APIs: Refresh');
        const message = /The sign-in of ada on 127\.0\.0\.1:\d+ is no longer accepted/;
        await workbench.notifications.expect(message);
        await workbench.screenshot('hosts-revoked');
        await workbench.notifications.choose(message, 'Sign In Again…');
        await workbench.quickInput.message.filter({ hasText: 'Access token for 127.0.0.1' }).waitFor();
        await workbench.quickInput.answer(host.tokens.renew());
        await workbench.quickInput.widget.waitFor({ state: 'hidden' });
        await edit('\n');
        await workbench.sourceControl.pushChange('openapi.json', 'Go on');
        assert.equal(await git(bare(), 'log', '-2', '--format=%s', 'polite'), 'Go on\nStay polite');
      });

      it('says that the host cannot be reached, or wants a pause, and loses nothing', async () => {
        const before = await head('polite');
        await edit('\n');
        await workbench.sourceControl.row('openapi.json').first().waitFor();
        host.forge.faults.always(() => true, 'dropBefore');
        await workbench.sourceControl.push('Survive');
        await workbench.notifications.expect(/cannot be reached/);
        await workbench.screenshot('hosts-down');
        assert.equal(await head('polite'), before);
        host.forge.faults.clear();
        await workbench.notifications.dismiss(/cannot be reached/);
        await workbench.sourceControl.pushChange('openapi.json', 'Survive');
        assert.equal(await git(bare(), 'log', '-1', '--format=%P|%s', 'polite'), `${before}|Survive`);

        await edit('\n');
        await workbench.sourceControl.row('openapi.json').first().waitFor();
        const mine = await readFile(local(root));
        host.forge.faults.always(() => true, limited);
        await workbench.sourceControl.push('Too much');
        await workbench.notifications.expect(/was asked too often.*10 minutes/s);
        await workbench.screenshot('hosts-limited');
        assert.equal(await git(bare(), 'log', '-1', '--format=%P|%s', 'polite'), `${before}|Survive`);
        assert.deepEqual(await readFile(local(root)), mine);
        await workbench.sourceControl.row('openapi.json').first().waitFor();
      });
    });
  }
});
