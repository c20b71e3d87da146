import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import type { SampleHost } from '../sample/hosts/sampleHost.ts';
import { extensionFolder } from '../vscode/bundleTests.ts';
import { configurations } from '../vscode/configurations.ts';
import { submitConnectForm } from './support/connect.ts';
import { git, gitShow } from './support/git.ts';
import { giveTokens, startSignIn } from './support/hostSignIn.ts';
import { Session } from './support/session.ts';
import { snapshotCommit, snapshotFolder } from './support/snapshots.ts';
import type { Workbench } from './support/workbench.ts';

const root = 'apis/inventory/openapi.json';

/** The clouds that let pages of other origins use their API, and what each calls an owner of repositories. */
const clouds = { github: 'Organization or user', gitlab: 'Group', bitbucket: 'Workspace' } as const;

describe('Hosts in the web extension host', () => {
  let session: Session;
  let hosts: readonly SampleHost[] = [];

  before(async () => {
    const web = configurations.find(({ host }) => host === 'web');
    assert.ok(web);
    session = await Session.start({ extension: await extensionFolder(web) });
    const ids = [...(Object.keys(clouds) as (keyof typeof clouds)[]), 'azureDevOps'] as const;
    hosts = await session.startHosts(ids);
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await session.pictureOfFailure(this.currentTest.fullTitle());
  });
  after(async () => {
    for (const host of hosts) await host.stop();
    await session.end();
  });

  const hostOf = (id: SampleHost['id']): SampleHost => hosts.find((host) => host.id === id)!;
  const open = async (name: string): Promise<Workbench> => {
    const workspace = path.join(session.folder, name);
    await mkdir(workspace, { recursive: true });
    const workbench = await session.open(workspace);
    await workbench.apis.open();
    return workbench;
  };

  for (const [id, ownerLabel] of Object.entries(clouds)) {
    describe(id, () => {
      let workbench: Workbench;
      let host: SampleHost;
      const local = (file: string): string => path.join(session.folder, id, 'apis', file);
      const bare = (): string => host.bare.path;
      const head = (): Promise<string> => git(bare(), 'rev-parse', 'main');

      before(async () => {
        host = hostOf(id as keyof typeof clouds);
        workbench = await open(id);
      });
      after(async () => {
        await workbench.page.close();
        assert.deepEqual(host.forge.violations, []);
      });

      it('signs in and connects', async () => {
        const { connectForm } = workbench;
        if (id !== 'bitbucket') {
          await startSignIn(workbench, host);
          await giveTokens(workbench, host);
          await workbench.notifications.expect(/Signed in to 127\.0\.0\.1:\d+.* as ada/i);
        }
        await workbench.openConnectForm();
        await connectForm.choose('Host', host.label);
        if (id === 'bitbucket') {
          await connectForm.field('Repository').fill(host.address);
          await connectForm.field('Repository').press('Tab');
          await connectForm.button('Sign In…').click();
          await workbench.answerDialog('Approve');
          await giveTokens(workbench, host);
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
        await submitConnectForm(workbench);
        await workbench.statusBar.branchOf('Inventory').waitFor();
        assert.deepEqual(await snapshotFolder(local('')), await snapshotCommit(bare(), 'main', 'apis/inventory'));
      });

      it('pushes an edit as one commit, and knows which one it is', async () => {
        const before = await head();
        await workbench.editors.open(`apis/${root}`);
        await workbench.page.keyboard.press('ControlOrMeta+End');
        await workbench.editors.type('\n\n');
        await workbench.editors.save();
        await workbench.sourceControl.open();
        await workbench.sourceControl.pushChange('openapi.json', 'Grüße aus dem Web');
        assert.equal(await git(bare(), 'log', '-1', '--format=%P|%B', 'main'), `${before}|Grüße aus dem Web`);
        assert.equal(await git(bare(), 'diff', '--name-status', before, 'main'), `M\t${root}`);
        assert.deepEqual(await gitShow(bare(), 'main', root), await readFile(local(root)));
        await workbench.screenshot(`web-${id}-pushed`);
      });

      it('pulls what a teammate pushed', async () => {
        const text = (await gitShow(bare(), 'main', root)).toString().replace('"version": ', '"version":  ');
        host.bare.push('main', { [root]: text }, 'Make room');
        await workbench.runCommand('APIs: Refresh');
        await workbench.sourceControl.change('openapi.json', 'Modified in the repository').waitFor();
        await workbench.runCommand('APIs: Pull');
        await workbench.sourceControl.row('openapi.json').first().waitFor({ state: 'hidden' });
        assert.equal(await readFile(local(root), 'utf8'), text);
      });
    });
  }

  it('says of a server that lets no other website in why nothing comes of it', async () => {
    const workbench = await open('azureDevOps');
    const host = hostOf('azureDevOps');
    await startSignIn(workbench, host);
    await workbench.quickInput.message.filter({ hasText: 'Access token for' }).waitFor();
    await workbench.quickInput.answer(host.tokens.writing);
    await workbench.quickInput.message.filter({ hasText: /from a browser.*\(CORS\)/ }).waitFor();
    await workbench.screenshot('web-azureDevOps-refused');
    await workbench.page.close();
  });

  it('offers no Git, and says of an API that was connected with it why nothing comes of it', async () => {
    const folder = path.join(session.folder, 'git/.vscode');
    await mkdir(folder, { recursive: true });
    const origin = 'https://git.acme.example';
    const repository = { id: `${origin}/team/apis.git`, name: 'apis' };
    const connection = { host: 'git', origin, repository, branch: 'main' };
    const api = { id: 'x', name: 'Desktop', folder: 'apis', rootFile: 'openapi.yaml', connection };
    await writeFile(path.join(folder, 'apis.json'), JSON.stringify({ version: 1, apis: [api] }));
    const workbench = await open('git');
    await workbench.apis.inlineAction(/^Desktop/, /^Approve Connection/);
    await workbench.answerDialog('Approve');
    await workbench.notifications.expect(/“git” repositories do not work here.*a browser has no Git/);
    await workbench.screenshot('web-git-refused');

    await workbench.openConnectForm();
    await workbench.connectForm.field('Host').click();
    const options = workbench.connectForm.frame.getByRole('option');
    await options.filter({ hasText: 'GitHub' }).waitFor();
    assert.equal(await options.filter({ hasText: /^Git\b/ }).count(), 0);
    await workbench.page.close();
  });
});
