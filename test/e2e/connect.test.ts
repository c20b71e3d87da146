import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import {
  completeConnectForm,
  connectByForm,
  fillConnectForm,
  inventory,
  payments,
  submitConnectForm,
} from './support/connect.ts';
import { commitAsTeammate, git } from './support/git.ts';
import { snapshotCommit, snapshotFolder } from './support/snapshots.ts';
import { useSession } from './support/useSession.ts';
import type { Workbench } from './support/workbench.ts';

const paymentsFiles = ['apis/payments', 'postman/collections'];
const inventoryFiles = ['apis/inventory'];

describe('Connecting', () => {
  const session = useSession();
  let workbench: Workbench;
  const repository = (): string => session().sample.repository;
  const local = (...names: readonly string[]): string => path.join(session().sample.workspace, ...names);

  before(async () => {
    // Next to the API, and no part of it.
    await commitAsTeammate(local('..', 'clone'), repository(), 'main', 'Take a note', (clone) =>
      writeFile(path.join(clone, 'apis/payments/notes.yaml'), 'remember: the milk\n'),
    );
    workbench = await session().open();
  });

  it('says what comes, brings exactly that, byte for byte, and writes nothing to the repository', async () => {
    const before = await git(repository(), 'for-each-ref');
    const { 'apis/payments/notes.yaml': _, ...expected } = await snapshotCommit(repository(), 'main', ...paymentsFiles);
    const dependents = Object.keys(expected).filter((file) => file.startsWith('apis/')).length - 1;
    await fillConnectForm(workbench, { repository: repository(), ...payments });
    await workbench.connectForm.text(`1 root file, ${dependents} dependent files`).waitFor();
    await workbench.connectForm.text('2 collections').waitFor();
    await workbench.connectForm.text(/^1 unresolved reference/).waitFor();
    await workbench.connectForm
      .text('apis/payments/components/responses/declined.yaml:10 → ../schemas/payment/DeclineCode.yaml')
      .waitFor();
    assert.deepEqual(await readdir(local()), [], 'filling the form writes nothing');
    await workbench.connectForm.button('Connect Repository').scrollIntoViewIfNeeded();
    await workbench.screenshot('connect-preview');
    await submitConnectForm(workbench);
    await workbench.apis.row(/^Payments\s*main/).waitFor();

    assert.deepEqual(await snapshotFolder(local('acme-apis')), expected);
    assert.equal(await git(repository(), 'for-each-ref'), before);
  });

  it('shows the root first, folders, what is unresolved, and collections with their methods', async () => {
    const { apis } = workbench;
    await apis.expand('Definition');
    const [api, definition, root, ...rest] = await apis.rows();
    assert.deepEqual([api, definition, root], ['Payments main', 'Definition OpenAPI 3.1.0', 'openapi.yaml root']);
    assert.deepEqual(
      rest.slice(0, 4).map((row) => row.split(' ')[0]),
      ['components', 'examples', 'paths', 'webhooks'],
    );
    await apis.expand('components');
    await apis.expand('responses');
    await apis.expand('declined.yaml');
    await apis.row(/DeclineCode\.yaml\s*not in the repository/).waitFor();
    await apis.expand('Collections');
    await apis.expand('Payments smoke test');
    const file = local('acme-apis/postman/collections/smoke.postman_collection.json');
    const { item } = JSON.parse(await readFile(file, 'utf8')) as {
      readonly item: readonly { readonly name: string; readonly request: { readonly method: string } }[];
    };
    assert.ok(item.length > 0);
    for (const { name, request } of item) await apis.row(name).filter({ hasText: request.method }).waitFor();
    await workbench.screenshot('connect-tree');
  });

  it('keeps a second API of the same repository and branch in the same checkout', async () => {
    await connectByForm(workbench, { repository: repository(), ...inventory });
    await workbench.apis.row(/^Inventory\s*main/).waitFor();
    const { 'apis/payments/notes.yaml': _, ...expected } = await snapshotCommit(
      repository(),
      'main',
      ...paymentsFiles,
      ...inventoryFiles,
    );
    assert.deepEqual(await snapshotFolder(local('acme-apis')), expected);
    assert.deepEqual((await readdir(local())).sort(), ['.vscode', 'acme-apis']);
    const { apis } = JSON.parse(await readFile(local('.vscode/apis.json'), 'utf8')) as {
      readonly apis: readonly { readonly name: string; readonly folder: string }[];
    };
    assert.deepEqual(
      apis.map(({ name, folder }) => [name, folder]),
      [
        ['Payments', 'acme-apis'],
        ['Inventory', 'acme-apis'],
      ],
    );
  });

  it('holds another branch of the same repository in another folder, and refuses it in the same one', async () => {
    await fillConnectForm(workbench, {
      repository: repository(),
      branch: 'develop',
      ...payments,
      name: 'Payments next',
      localFolder: 'acme-apis',
    });
    await workbench.connectForm.button('Connect Repository').click();
    await workbench.connectForm.text(/This folder holds “.*” already/).waitFor();
    await workbench.screenshot('connect-folder-in-use');
    await completeConnectForm(workbench, { repository: repository(), localFolder: 'next' });
    await submitConnectForm(workbench);
    await workbench.apis.row(/^Payments next\s*develop/).waitFor();
    assert.deepEqual(
      await snapshotFolder(local('next')),
      await snapshotCommit(repository(), 'develop', ...paymentsFiles),
    );
  });

  it('connects an API that was there before to an empty repository, whose branch the first push makes', async () => {
    const empty = local('..', 'orders.git');
    await git(local('..'), 'init', '--quiet', '--bare', '--initial-branch=trunk', empty);
    await workbench.apis.titleAction(/^New API/);
    await workbench.quickInput.answer('Orders');
    await workbench.quickInput.choose('Empty');
    await workbench.apis.row(/^Orders\s*not connected/).waitFor();
    await workbench.apis.inlineAction(/^Orders/, /^Connect Repository/);
    await workbench.connectForm.text('Connect “Orders” to a Repository').waitFor();
    await workbench.connectForm.field('Repository').fill(empty);
    await workbench.connectForm.field('Repository').press('Tab');
    await workbench.connectForm.text(/^This repository is empty/).waitFor();
    await workbench.connectForm.field('Initial branch').fill('trunk');
    await workbench.connectForm.field('Local folder').fill('orders');
    await workbench.connectForm.field('Local folder').press('Tab');
    await workbench.screenshot('connect-empty-repository');
    await submitConnectForm(workbench);
    await workbench.apis.row(/^Orders\s*trunk/).waitFor();
    assert.equal(await git(empty, 'for-each-ref'), '');

    await workbench.apis.contextAction(/^Orders/, 'New Collection…');
    await workbench.quickInput.answer('Smoke');
    await workbench.apis.row(/^Orders\s*trunk.*↑1/).waitFor();
    await workbench.sourceControl.open();
    await workbench.sourceControl.push('Begin', 'Orders');
    await workbench.apis.open();
    await workbench.apis.row(/^Orders\s*trunk$/).waitFor();
    assert.equal(await git(empty, 'log', '--format=%s|%an', 'trunk'), 'Begin|Katherine Johnson');
    assert.deepEqual(await snapshotFolder(local('orders')), await snapshotCommit(empty, 'trunk'));
  });
});
