import assert from 'node:assert/strict';
import { symlink, unlink } from 'node:fs/promises';
import * as path from 'node:path';
import { tallyVariable } from '../secrets/scanTally.ts';
import { SecretsFound } from '../secrets/secretScan.ts';
import { waitFor } from '../vscode/support/waitFor.ts';
import { connectByForm, payments } from './support/connect.ts';
import { git, gitWith } from './support/git.ts';
import { Session } from './support/session.ts';
import type { Workbench } from './support/workbench.ts';

/** Nobody’s token: wherever it is, this test has put it there. */
const planted = 'planted_5d1f3b7a9c';

/** How a finding begins, by the kind of place. */
const places = {
  'the log of our output channel': /^\S+\/vscode\/data\/logs\/.*\/API Source Control\.log /m,
  'the workspace': /^\S+\/workspace\/\.vscode\/apis\.json /m,
  'the state of the checkout': /^\S+\/\.api-source-control\/state\.json /m,
  'the mirror in global storage': /^\S+\/globalStorage\/\S+\/fetch\.git\/config /m,
  'the configuration of a repository': /^\S+\/acme-apis\.git\/config /m,
  'the objects of a repository': /^\S+\/acme-apis\.git\/objects\/\S+ /m,
  'local storage': /^local storage /m,
  'databases of the browser': /^browser database /m,
  'the console': /^console /m,
  'messages of the form': /^message to a port .*"findRepository"/m,
  'messages between frames': /^message to a frame /m,
  notifications: /^notification /m,
  'arguments of Git': /^arguments of git /m,
  'arguments of what Git starts': /^arguments that Git tells of git-upload-pack /m,
  'the environment of Git': /^environment of git /m,
  'the environment of VS Code': /^environment of running node /m,
};

describe('The scan for secrets', () => {
  let session: Session;

  before(async () => {
    session = await Session.start({ env: { PLANTED: planted } });
  });
  after('a session that wrote a secret fails', async () => {
    session.secrets.add(planted);
    const tally = process.env[tallyVariable];
    // Not one of the findings of this suite.
    delete process.env[tallyVariable];
    try {
      await assert.rejects(session.end(), SecretsFound);
    } finally {
      if (tally !== undefined) process.env[tallyVariable] = tally;
    }
  });

  it('finds a planted token in every kind of place, and shows it nowhere', async () => {
    const { folder, sample } = session;
    const repository = path.join(folder, `${planted}.git`);
    await symlink(sample.repository, repository);
    const workbench = await session.open();
    // The form, the workspace, the checkout, the mirror, the log and Git name the repository.
    await connectByForm(workbench, { ...payments, repository, name: 'Planted', localFolder: 'apis' });
    await unlink(repository);
    await workbench.runCommand('APIs: Pull');
    await git(sample.repository, 'config', 'planted.token', planted);
    await gitWith(planted, sample.repository, 'hash-object', '-w', '--stdin');
    await plantInPage(workbench);
    let findings = '';
    const missing = (): readonly string[] =>
      Object.entries(places).flatMap(([place, finding]) => (finding.test(findings) ? [] : [place]));
    try {
      await waitFor(async () => {
        findings = (await session.scan([planted])).findings.join('\n');
        return missing().length === 0;
      }, 'the planted token is found everywhere');
    } catch {
      assert.deepEqual(missing(), []);
    }
    assert.ok(!findings.includes(planted));
  });
});

async function plantInPage({ page }: Workbench): Promise<void> {
  await page.evaluate(async (token) => {
    console.info(token);
    window.postMessage(token, '*');
    localStorage.setItem('planted', token);
    const opening = indexedDB.open('planted');
    opening.onupgradeneeded = () => opening.result.createObjectStore('planted').put(token, 'token');
    await new Promise((resolve, reject) => {
      opening.onsuccess = resolve;
      opening.onerror = reject;
    });
    opening.result.close();
  }, planted);
}
