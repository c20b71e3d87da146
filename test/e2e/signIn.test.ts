import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import type { SampleHost } from '../sample/hosts/sampleHost.ts';
import { extensionFolder } from '../vscode/bundleTests.ts';
import { configurations } from '../vscode/configurations.ts';
import { waitFor } from '../vscode/support/waitFor.ts';
import { freePort } from '../workbench/freePort.ts';
import { authorize, hostPage, startSigningIn } from './support/signIn.ts';
import { Session } from './support/session.ts';
import type { Workbench } from './support/workbench.ts';

const ids = ['github', 'gitlab', 'bitbucket'] as const;
type Id = (typeof ids)[number];

/** As VS Code's own sign-in at GitHub names itself. */
const vscodeClient = '01ab8ac9400c4e429b23';
const bitbucketKey = 'Control+Alt+B';
const consumerSecret = 'consumer-secret-17';
const signedIn = /Signed in to 127\.0\.0\.1:\d+ as ada/i;

for (const { name, host: runtime } of configurations.filter(({ name }) => name === 'folder' || name === 'web')) {
  describe(`Signing in, extension in the ${runtime} host`, () => {
    let session: Session;
    let folder: string;
    let hosts: readonly SampleHost[] = [];
    let workbench: Workbench;
    const hostOf = (id: Id): SampleHost => hosts.find((host) => host.id === id)!;

    before(async () => {
      folder = await mkdtemp(path.join(tmpdir(), 'asc-signIn-'));
      const ports: Record<Id, number> = { github: 0, gitlab: 0, bitbucket: 0 };
      for (const id of ids) ports[id] = await freePort();
      await writeFile(path.join(folder, 'ports.json'), JSON.stringify(ports));
      const origin = (id: Id): string => `http://127.0.0.1:${String(ports[id])}`;
      const settings = {
        'github-enterprise.uri': origin('github'),
        'apiSourceControl.oauthClients': { [origin('gitlab')]: 'team-app', [origin('bitbucket')]: 'my-consumer' },
      };
      const configuration = configurations.find((each) => each.name === name)!;
      session = await Session.start({ settings, extension: await extensionFolder(configuration) });
      hosts = await session.startHosts(ids, folder);
      // There is one Bitbucket Cloud, so that nobody is asked for its server: a key of the person's own names another.
      const args = { host: 'bitbucket', origin: origin('bitbucket') };
      await writeFile(
        path.join(session.folder, 'vscode/data/User/keybindings.json'),
        JSON.stringify([
          { key: bitbucketKey.toLowerCase().replace('control', 'ctrl'), command: 'apiSourceControl.signIn', args },
        ]),
      );
      const workspace = path.join(session.folder, 'signIn');
      await mkdir(workspace);
      workbench = await session.open(workspace);
      await workbench.apis.open();
      // VS Code is led back to below its own version's path.
      const served = await workbench.page.evaluate(
        () =>
          performance
            .getEntriesByType('resource')
            .flatMap(({ name }) => /^.*?\/stable-[0-9a-f]+(?=\/)/.exec(name) ?? [])
            .find((base) => base.startsWith(location.origin)) ?? location.origin,
      );
      const redirectUris = [`${served}/callback`];
      hostOf('github').grants?.register({ id: vscodeClient, redirectUris: [] });
      hostOf('gitlab').grants?.register({ id: 'team-app', redirectUris });
      hostOf('bitbucket').grants?.register({ id: 'my-consumer', secret: consumerSecret, redirectUris });
    });
    afterEach(async function () {
      if (this.currentTest?.state === 'failed') await session.pictureOfFailure(this.currentTest.fullTitle());
    });
    after(async () => {
      for (const host of hosts) await host.stop();
      await session.end();
      await rm(folder, { recursive: true, force: true });
    });

    const said = async (): Promise<void> => {
      // The list closes when the last message goes, such as that of VS Code's own sign-in: it is opened again.
      const isSaid = async (): Promise<boolean> =>
        (await workbench.notifications.texts()).some((text) => signedIn.test(text));
      await waitFor(isSaid, 'the sign-in is said');
      // The next sign-in says it again: what this one said has to be gone by then.
      const isCleared = async (): Promise<boolean> => {
        await workbench.runCommand('Notifications: Clear All Notifications');
        return !(await isSaid());
      };
      await waitFor(isCleared, 'the message is cleared');
    };
    const signOut = async (host: SampleHost): Promise<void> => {
      await workbench.runCommand('APIs: Sign Out…');
      await workbench.quickInput.choose(new URL(host.server).host);
      await workbench.answerDialog('Sign Out');
    };
    const grants = (id: Id): NonNullable<SampleHost['grants']> => hostOf(id).grants!;

    it('GitHub Enterprise: by VS Code’s own sign-in, with its code for devices', async () => {
      const host = hostOf('github');
      await startSigningIn(workbench, host);
      await workbench.screenshot(`signIn-${runtime}-github-ways`);
      await workbench.quickInput.choose('Sign in with VS Code');
      await workbench.answerDialog('Allow');
      await workbench.dialog().filter({ hasText: 'Your Code' }).waitFor();
      await workbench.screenshot(`signIn-${runtime}-github-code`);
      const [, code = ''] = /Your Code: (\w+)/.exec(await workbench.dialog().innerText()) ?? [];
      const page = await hostPage(workbench, () => workbench.answerDialog('Copy & Continue to Browser'));
      await page.getByLabel('Code').fill(code);
      await page.getByRole('button', { name: 'Continue' }).click();
      await page.getByText('The device is signed in').waitFor();
      await page.close();
      await said();
    });

    it('GitHub Enterprise: again, when the host has ended it', async () => {
      const host = hostOf('github');
      grants('github').revokeAll();
      await workbench.runCommand('APIs: Sign In Again…');
      await workbench.quickInput.choose(new URL(host.server).host);
      await workbench.dialog().waitFor();
      await workbench.screenshot(`signIn-${runtime}-github-again`);
      await workbench.dialog().getByRole('button', { name: 'Allow' }).click();
      await workbench.dialog().filter({ hasText: 'Your Code' }).waitFor();
      const [, code = ''] = /Your Code: (\w+)/.exec(await workbench.dialog().innerText()) ?? [];
      const page = await hostPage(workbench, () => workbench.answerDialog('Copy & Continue to Browser'));
      await page.getByLabel('Code').fill(code);
      await page.getByRole('button', { name: 'Continue' }).click();
      await page.getByText('The device is signed in').waitFor();
      await page.close();
      await said();
      assert.equal(grants('github').living, 1);
    });

    it('GitHub Enterprise: opens the page of what was allowed there', async () => {
      const { server } = hostOf('github');
      const page = await hostPage(workbench, async () => {
        await workbench.runCommand("APIs: Open the Host's Page of Authorisations");
        await workbench.quickInput.choose(new URL(server).host);
      });
      assert.equal(page.url(), `${server}/settings/applications`);
      await page.close();
    });

    it('GitLab: in the browser, back into the window that asked', async () => {
      await startSigningIn(workbench, hostOf('gitlab'));
      await workbench.screenshot(`signIn-${runtime}-gitlab-ways`);
      const page = await hostPage(workbench, () => workbench.quickInput.choose(/^Sign in with the browser/));
      await authorize(page);
      await said();
      assert.equal(grants('gitlab').living, 1);
    });

    it('GitLab: renews what ends, and nobody notices', async () => {
      grants('gitlab').expireAll();
      await workbench.openConnectForm();
      await workbench.connectForm.choose('Host', 'GitLab');
      await workbench.connectForm.hasValue('Account', /^ada — 127\.0\.0\.1:\d+/i);
      await workbench.connectForm.choose('Group', 'acme / platform');
      assert.equal(grants('gitlab').renewals.length, 1);
      assert.equal(grants('gitlab').living, 1);
      await workbench.runCommand('View: Close All Editors');
    });

    it('shows GitLab’s account in VS Code’s own Accounts menu', async () => {
      await workbench.page
        .getByRole('tab', { name: 'Accounts' })
        .or(workbench.page.getByRole('button', { name: 'Accounts' }))
        .first()
        .click();
      await workbench.page.getByRole('menuitem', { name: /ada — 127\.0\.0\.1:\d+ \(GitLab\)/ }).waitFor();
      await workbench.screenshot(`signIn-${runtime}-menu`);
      await workbench.page.keyboard.press('Escape');
    });

    it('GitLab: signing out ends the grant at the host', async () => {
      await signOut(hostOf('gitlab'));
      await waitFor(() => grants('gitlab').living === 0, 'the grant is revoked');
    });

    if (runtime === 'node') {
      it('GitLab: a way that fails says why, and leads to the next', async () => {
        const host = hostOf('gitlab');
        // As a server of before 17.1.
        const heal = host.forge.faults.always(({ path }) => path === '/oauth/authorize_device', { status: 404 });
        await startSigningIn(workbench, host);
        await workbench.quickInput.choose('Sign in with a code on any device');
        await workbench.notifications.expect(/gives no codes for devices/);
        await workbench.screenshot('signIn-node-gitlab-next-way');
        await workbench.notifications.choose(/gives no codes for devices/, 'Use an Access Token');
        await workbench.quickInput.message.filter({ hasText: 'Access token for 127.0.0.1' }).waitFor();
        await workbench.quickInput.answer(host.tokens.writing);
        await said();
        await signOut(host);
        heal();
      });

      it('GitLab: by a code for devices, offered to who stops in the browser', async () => {
        await startSigningIn(workbench, hostOf('gitlab'));
        const left = await hostPage(workbench, () => workbench.quickInput.choose(/^Sign in with the browser/));
        await left.close();
        await workbench.notifications.choose(/Signing in to 127/, 'Cancel');
        await workbench.notifications.expect(/Having trouble signing in to /);
        await workbench.screenshot('signIn-node-gitlab-trouble');
        await workbench.notifications.choose(/Having trouble signing in to /, 'Use a Device Code');
        await workbench.dialog().filter({ hasText: 'Your code' }).waitFor();
        await workbench.screenshot('signIn-node-gitlab-code');
        const [, code = ''] = /Your code: (\w+)/.exec(await workbench.dialog().innerText()) ?? [];
        const page = await hostPage(workbench, () => workbench.answerDialog('Copy & Open Page'));
        await page.getByLabel('Code').fill(code);
        await page.getByRole('button', { name: 'Continue' }).click();
        await page.close();
        await waitFor(() => grants('gitlab').living === 1, 'the code is granted');
        await said();
      });

      it('Bitbucket: in the browser, with the secret of the person’s own consumer', async () => {
        await workbench.page.keyboard.press(bitbucketKey);
        // The key names the server, and the person approves it.
        await workbench
          .dialog()
          .getByText(/new to you: 127\.0\.0\.1:\d+\?/)
          .waitFor();
        await workbench.answerDialog('Approve');
        await workbench.quickInput.choose(/^Sign in with the browser/);
        await workbench.quickInput.message.filter({ hasText: 'The secret of the consumer' }).waitFor();
        const page = await hostPage(workbench, () => workbench.quickInput.answer(consumerSecret));
        await authorize(page);
        await said();
        assert.equal(grants('bitbucket').living, 1);
      });
    }
  });
}
