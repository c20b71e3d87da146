import assert from 'node:assert/strict';
import { appendFile, readFile } from 'node:fs/promises';
import * as path from 'node:path';
import { connectByForm, payments, sampleFolder } from './support/connect.ts';
import { git } from './support/git.ts';
import { snapshotFolder } from './support/snapshots.ts';
import type { Snapshot } from './support/snapshots.ts';
import { useSession } from './support/useSession.ts';
import type { Workbench } from './support/workbench.ts';

interface SharedApi {
  readonly name: string;
  readonly connection?: { readonly branch: string };
}

describe('Disconnecting', () => {
  const session = useSession();
  let workbench: Workbench;
  let files: Snapshot;
  let refs: string;
  const folder = (): string => path.join(session().sample.workspace, sampleFolder);
  const shared = async (): Promise<readonly SharedApi[]> => {
    const text = await readFile(path.join(session().sample.workspace, '.vscode/apis.json'), 'utf8');
    return (JSON.parse(text) as { readonly apis: readonly SharedApi[] }).apis;
  };
  const disconnect = async (scope: string, name: string): Promise<void> => {
    await workbench.apis.contextAction(/^Payments/, 'Disconnect…');
    await workbench.quickInput.choose(scope);
    await workbench.quickInput.message.filter({ hasText: 'Type the name of the API' }).waitFor();
    await workbench.quickInput.answer(name);
    if (name === 'Payments') await workbench.answerDialog('Disconnect');
  };

  before(async () => {
    const { repository } = session().sample;
    refs = await git(repository, 'for-each-ref');
    workbench = await session().open();
    await connectByForm(workbench, { repository, ...payments });
    await appendFile(path.join(folder(), 'apis/payments/openapi.yaml'), '# not pushed\n');
    await workbench.runCommand('APIs: Refresh');
    await workbench.apis.row(/^Payments\s*main ↑1/).waitFor();
    files = await snapshotFolder(folder());
  });

  afterEach(async () => {
    assert.deepEqual(await snapshotFolder(folder()), files, 'local files stay');
    assert.equal(await git(session().sample.repository, 'for-each-ref'), refs, 'the repository is left alone');
  });

  it('refuses another name than the API’s', async () => {
    await disconnect('Disconnect for me', 'payments');
    await workbench.quickInput.widget.getByText('Type exactly “Payments”.').waitFor();
    await workbench.screenshot('disconnect-name');
    await workbench.quickInput.cancel();
    await workbench.apis.row(/^Payments\s*main ↑1/).waitFor();
  });

  it('disconnects one person, and teammates stay connected', async () => {
    const before = await shared();
    await disconnect('Disconnect for me', 'Payments');
    await workbench.apis.row(/^Payments\s*disconnected/).waitFor();
    await workbench.apis.row(/^openapi\.yaml/).waitFor();
    await workbench.screenshot('disconnect-for-me');
    assert.deepEqual(await shared(), before);
    await workbench.statusBar.ours.waitFor({ state: 'hidden' });
  });

  it('connects again once it is approved, and still knows what was not pushed', async () => {
    await workbench.apis.inlineAction(/^Payments/, /^Approve Connection/);
    await workbench
      .dialog()
      .getByText(/acme-apis\.git/)
      .waitFor();
    await workbench.screenshot('disconnect-approve');
    await workbench.answerDialog('Approve');
    await workbench.apis.row(/^Payments\s*main ↑1/).waitFor();
  });

  it('removes the connection for everyone, and the API stays', async () => {
    await disconnect('Remove for everyone', 'Payments');
    await workbench.apis.row(/^Payments\s*not connected/).waitFor();
    await workbench.screenshot('disconnect-for-everyone');
    assert.deepEqual(
      (await shared()).map(({ name, connection }) => [name, connection]),
      [['Payments', undefined]],
    );
  });
});
