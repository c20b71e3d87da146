import assert from 'node:assert/strict';
import { cp, mkdir } from 'node:fs/promises';
import * as path from 'node:path';
import type { SampleHost } from '../sample/hosts/sampleHost.ts';
import { waitFor } from '../vscode/support/waitFor.ts';
import { submitConnectForm } from './support/connect.ts';
import { git } from './support/git.ts';
import { startSignIn } from './support/hostSignIn.ts';
import { Session } from './support/session.ts';
import { TreeView } from './support/treeView.ts';
import { untilSeen } from './support/untilSeen.ts';
import { useSession } from './support/useSession.ts';
import type { Workbench } from './support/workbench.ts';

const sample = { name: 'Inventory', root: 'apis/inventory/openapi.json', folder: 'inventory' } as const;
const weather = { name: 'Weather', root: 'openapi.yaml', folder: 'weather' } as const;

/** A second person of the stand-in, who may write; their token reads more than it may write. */
const narrow = {
  name: 'rita',
  rights: 'write',
  scopes: ['read_api', 'write_repository'],
  expires: '2099-01-02',
} as const;

describe('Accounts', () => {
  const session = useSession();
  let host: SampleHost;
  let workspace: string;
  let workbench: Workbench;
  let accounts: TreeView;
  let ritas: string;

  const bareOf = (name: string): string => path.join(path.dirname(host.bare.path), `${name}.git`);
  const lastCommit = (repository: string): Promise<string> => git(repository, 'log', '-1', '--format=%an|%s', 'main');
  const edit = async (file: string): Promise<void> => {
    await workbench.runCommand('View: Close All Editors');
    await workbench.editors.open(file);
    await workbench.page.keyboard.press('ControlOrMeta+Home');
    await workbench.editors.type('\n');
    await workbench.editors.save();
    await workbench.sourceControl.open();
  };
  const push = async (api: typeof sample | typeof weather, message: string): Promise<void> => {
    await edit(`${api.folder}/${api.root}`);
    const row = path.basename(api.root);
    await workbench.sourceControl.row(row).first().waitFor();
    await workbench.sourceControl.push(message, api.name);
    await workbench.sourceControl.row(row).first().waitFor({ state: 'hidden' });
  };

  const askToSignOut = (name: string): Promise<void> =>
    untilSeen(
      () => accounts.inlineAction(name, /^Sign Out/),
      workbench.dialog().getByText(new RegExp(`^Sign out ${name} — `)),
    );

  before(async () => {
    [host] = (await session().startHosts(['gitlab'])) as [SampleHost];
    ritas = host.tokens.issue(narrow);
    workspace = path.join(session().folder, 'two-accounts');
    await mkdir(workspace);
    workbench = await session().open(workspace);
    accounts = new TreeView(workbench.page, { tab: /^API Source Control/, tree: /^Connected Accounts/ });
    await workbench.apis.open();
  });
  after(async () => {
    await host.stop();
    assert.deepEqual(host.forge.violations, []);
  });

  it('says at once whose a token is, what it may do, until when, and what it lacks', async () => {
    await startSignIn(workbench, host);
    await workbench.quickInput.message.filter({ hasText: 'Access token for' }).waitFor();
    await workbench.quickInput.answer(ritas);
    const message =
      /Signed in to 127\.0\.0\.1:\d+ as rita\. Rights: read_api, write_repository\. Valid until 2099-01-02\. It lacks: api\./;
    await workbench.notifications.expect(message);
    await workbench.screenshot('accounts-token-lacks');
    await workbench.notifications.dismiss(message);
    await startSignIn(workbench, host);
    await workbench.quickInput.message.filter({ hasText: 'Access token for' }).waitFor();
    await workbench.quickInput.answer(host.tokens.writing);
    await workbench.notifications.expect(/Signed in to 127\.0\.0\.1:\d+ as ada\./);
    await workbench.notifications.dismiss(/as ada/);
  });

  it('works on two repositories of one server as two people, each commit by its own', async () => {
    const { connectForm } = workbench;
    for (const [who, { name, root, folder }, owner, repository] of [
      ['ada', sample, host.owner, host.repository],
      ['rita', weather, 'globex', 'weather'],
    ] as const) {
      await workbench.apis.open();
      await workbench.openConnectForm();
      await connectForm.choose('Host', host.label);
      await connectForm.choose('Account', new RegExp(`^${who} — `));
      await connectForm.choose('Group', owner);
      await connectForm.choose('Repository', new RegExp(`${repository}$`));
      await connectForm.text(/^Found “/).waitFor();
      await connectForm.hasValue('Account', new RegExp(`^${who} — `));
      await connectForm.choose('Initial branch', 'main');
      await connectForm.choose('Root definition file', root);
      await connectForm.field('API name').fill(name);
      await connectForm.field('Local folder').fill(folder);
      await connectForm.field('Local folder').press('Tab');
      await connectForm.text(/^1 root file/).waitFor();
      await workbench.screenshot(`accounts-form-${who}`);
      await submitConnectForm(workbench);
      await workbench.statusBar.branchOf(name).waitFor();
    }
    await push(sample, 'By Ada');
    await push(weather, 'By Rita');
    assert.equal(await lastCommit(host.bare.path), 'ada|By Ada');
    assert.equal(await lastCommit(bareOf('weather')), 'rita|By Rita');
  });

  it('lists who is signed in where, and what for', async () => {
    await workbench.apis.open();
    await workbench.runCommand('APIs: Connected Accounts');
    await accounts.row('rita').waitFor();
    await accounts.expand('rita');
    await accounts.expand('ada');
    await accounts.row(/^Weather/).waitFor();
    // Only as many rows as there is room for are drawn.
    const [server = '', ...rows] = await accounts.rows();
    assert.match(server, /^127\.0\.0\.1:\d+ GitLab$/);
    assert.deepEqual(rows.slice(0, 3), ['ada 1 API', 'Inventory acme/platform/acme-apis', 'rita 1 API']);
    await accounts.row('rita').first().hover();
    await workbench.page.locator('.workbench-hover').filter({ hasText: 'Rights: read_api' }).waitFor();
    await workbench.screenshot('accounts-view');
    await workbench.page.mouse.move(0, 0);
  });

  it('shows in a connection’s tooltip who works on it', async () => {
    await workbench.apis.row('Weather').first().hover();
    await workbench.page.locator('.workbench-hover').filter({ hasText: 'Account: rita' }).waitFor();
    await workbench.screenshot('accounts-tooltip');
    await workbench.page.mouse.move(0, 0);
  });

  it('says once that a sign-in is refused, goes on as the other, and comes back without a reload', async () => {
    host.tokens.revoke();
    await workbench.runCommand('APIs: Refresh');
    const message = /The sign-in of ada on 127\.0\.0\.1:\d+ is no longer accepted/;
    await workbench.notifications.expect(message);
    await workbench.notifications.message(message).getByRole('button', { name: 'Sign In Again…' }).waitFor();
    const asked = host.forge.requests.length;
    await workbench.apis.row('Sign in again').first().waitFor();
    await accounts.row(/^ada.*signed out/).waitFor();
    await workbench.screenshot('accounts-signed-out');
    await workbench.notifications.dismiss(message);
    await push(weather, 'Rita goes on');
    assert.equal(await lastCommit(bareOf('weather')), 'rita|Rita goes on');
    const asAda = host.forge.requests.slice(asked).filter((each) => each.hasCredential && each.account === undefined);
    assert.deepEqual(asAda, [], 'a refused account asks no more');
    assert.ok(!(await workbench.notifications.texts()).some((text) => message.test(text)), 'it was said once');
    await workbench.apis.open();
    await workbench.apis.row('Sign in again').first().click();
    await workbench.quickInput.message.filter({ hasText: 'Access token for 127.0.0.1' }).waitFor();
    await workbench.quickInput.answer(host.tokens.renew());
    await workbench.apis.row('Sign in again').first().waitFor({ state: 'hidden' });
    await push(sample, 'Ada is back');
    assert.equal(await lastCommit(host.bare.path), 'ada|Ada is back');
  });

  it('uses another account when told so', async () => {
    await workbench.apis.open();
    await workbench.apis.contextAction('Weather', 'Use Another Account…');
    await workbench.quickInput.option('rita').filter({ hasText: 'in use' }).waitFor();
    await workbench.screenshot('accounts-use-another');
    await workbench.quickInput.choose('ada');
    await accounts.row(/^ada.*2 APIs/).waitFor();
    await push(weather, 'By Ada now');
    assert.equal(await lastCommit(bareOf('weather')), 'ada|By Ada now');
  });

  it('signs out, and keeps what is here', async () => {
    await workbench.apis.open();
    await askToSignOut('rita');
    await workbench.answerDialog('Sign Out');
    await accounts.row('rita').first().waitFor({ state: 'hidden' });
    await workbench.apis.row('Weather').first().waitFor();
  });

  it('says who a connection works as once they are signed out, and takes whoever signs in there instead', async () => {
    await askToSignOut('ada');
    await workbench.answerDialog('Sign Out');
    await accounts.row('ada').first().waitFor({ state: 'hidden' });
    await edit(`${weather.folder}/${weather.root}`);
    await workbench.sourceControl.row('openapi.yaml').first().waitFor();
    await workbench.sourceControl.push('By whom?', weather.name);
    const message = /“.*weather” works as ada on 127\.0\.0\.1:\d+, who is signed out/;
    await workbench.notifications.expect(message);
    await workbench.notifications.message(message).getByRole('button', { name: 'Use Another Account…' }).waitFor();
    await workbench.screenshot('accounts-absent');
    await workbench.notifications.choose(message, 'Sign In Again…');
    await workbench.quickInput.message.filter({ hasText: 'Access token for 127.0.0.1' }).waitFor();
    await workbench.quickInput.answer(ritas);
    // The other connection still waits for Ada.
    await workbench.apis.open();
    await accounts.row(/^rita.*1 API/).waitFor();
    await workbench.apis
      .row('Sign in to contribute')
      .filter({ hasText: /ada — / })
      .waitFor();
    await workbench.sourceControl.open();
    // The message is still there.
    await workbench.sourceControl.view.locator('.scm-input').filter({ hasText: 'By whom?' }).click();
    await workbench.page.keyboard.press('ControlOrMeta+Enter');
    await workbench.sourceControl.row('openapi.yaml').first().waitFor({ state: 'hidden' });
    assert.equal(await lastCommit(bareOf('weather')), 'rita|By whom?');
  });

  describe('of a teammate who opens the folder', () => {
    let teammates: Session;
    let theirs: Workbench;
    const contribute = 'Sign in to contribute';

    before(async () => {
      teammates = await Session.start({ secrets: session().secrets });
      const folder = path.join(teammates.folder, 'shared');
      await mkdir(folder);
      await cp(path.join(workspace, '.vscode'), path.join(folder, '.vscode'), { recursive: true });
      theirs = await teammates.open(folder);
    });
    after(() => teammates.end());

    it('asks nothing, of them and of the server, and offers one quiet sign-in', async () => {
      const asked = host.forge.requests.length;
      await theirs.apis.open();
      await theirs.apis.row('Weather').first().waitFor();
      await theirs.apis.row(contribute).first().waitFor();
      assert.equal(await theirs.apis.row(contribute).count(), 1);
      assert.deepEqual(await theirs.notifications.texts(), []);
      assert.equal(await theirs.dialog().isVisible(), false);
      assert.equal(host.forge.requests.length, asked);
      await theirs.screenshot('accounts-teammate');
    });

    it('names the server before anything is sent to it, then works as them', async () => {
      const asked = host.forge.requests.length;
      await theirs.apis.row(contribute).first().click();
      await theirs
        .dialog()
        .getByText(/new to you\. Approve 127\.0\.0\.1:\d+\?$/)
        .waitFor();
      await theirs.screenshot('accounts-teammate-approve');
      assert.equal(host.forge.requests.length, asked);
      await theirs.answerDialog('Approve');
      await theirs.quickInput.choose('Sign in…');
      await theirs.quickInput.message.filter({ hasText: 'Access token for 127.0.0.1' }).waitFor();
      await theirs.quickInput.answer(ritas);
      await theirs.statusBar.branchOf('Inventory').waitFor();
      await theirs.apis.row(contribute).first().waitFor({ state: 'hidden' });
    });

    it('asks about the next connection there without asking about the server again', async () => {
      await theirs.apis.open();
      await theirs.apis.inlineAction(/^Weather/, /^Approve Connection/);
      await theirs
        .dialog()
        .getByText(/^Connect “Weather” to .*weather\?$/)
        .waitFor();
      const asked = await theirs.dialog().innerText();
      assert.match(asked, /Server: 127\.0\.0\.1:\d+, which you approved before/);
      assert.doesNotMatch(asked, /new to you|credentials/);
      await theirs.screenshot('accounts-teammate-approve-next');
      await theirs.answerDialog('Approve');
      await theirs.apis.row(/^Weather\s*main/).waitFor();
    });

    it('commits as them', async () => {
      await theirs.editors.open(`${sample.folder}/${sample.root}`);
      await theirs.page.keyboard.press('ControlOrMeta+Home');
      await theirs.editors.type('\n');
      await theirs.editors.save();
      await theirs.sourceControl.open();
      await theirs.sourceControl.pushChange('openapi.json', 'By the teammate');
      assert.equal(await lastCommit(host.bare.path), 'rita|By the teammate');
      assert.match(await git(host.bare.path, 'log', '-3', '--format=%an', 'main'), /^rita\nada\nada$/);
    });
  });

  describe('of somebody who does not want to sign in', () => {
    let others: Session;

    before(async () => void (others = await Session.start({ secrets: session().secrets })));
    after(() => others.end());

    it('remembers the no', async () => {
      const folder = path.join(others.folder, 'shared');
      await mkdir(folder);
      await cp(path.join(workspace, '.vscode'), path.join(folder, '.vscode'), { recursive: true });
      const theirs = await others.open(folder);
      await theirs.apis.open();
      await theirs.apis.row('Sign in to contribute').first().waitFor();
      await theirs.apis.inlineAction('Sign in to contribute', 'Not Now');
      await theirs.apis.row('Sign in to contribute').first().waitFor({ state: 'hidden' });
      await theirs.hasKept('declined');
      await theirs.reload();
      await theirs.apis.open();
      await theirs.apis.row('Weather').first().waitFor();
      await waitFor(async () => (await theirs.apis.rows()).length > 0, 'the APIs are shown');
      assert.equal(await theirs.apis.row('Sign in to contribute').count(), 0);
      assert.deepEqual(await theirs.notifications.texts(), []);
    });
  });
});
