import assert from 'node:assert/strict';
import { once } from 'node:events';
import { access, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as path from 'node:path';
import { connectByForm, fillConnectForm } from './support/connect.ts';
import { HostileRepository } from './support/hostileRepository.ts';
import { snapshotFolder } from './support/snapshots.ts';
import { useSession } from './support/useSession.ts';
import type { Workbench } from './support/workbench.ts';

describe('What others wrote', () => {
  const session = useSession();
  /** A workspace folder with this `apis.json`, opened. */
  const open = async (name: string, apis: unknown): Promise<Workbench> => {
    const folder = path.join(session().folder, name);
    await mkdir(path.join(folder, '.vscode'), { recursive: true });
    await writeFile(
      path.join(folder, '.vscode/apis.json'),
      typeof apis === 'string' ? apis : JSON.stringify(apis, null, 2),
    );
    const workbench = await session().open(folder);
    await workbench.apis.open();
    return workbench;
  };

  it('has its mistakes marked in apis.json, and what is right still works', async () => {
    const workbench = await open('broken', {
      version: 1,
      apis: [
        { id: 'a', name: 'Climbs out', folder: '../..' },
        { id: 'b', name: 'Reads secrets', folder: 'b', rootFile: '../../etc/passwd' },
        { id: 'c', name: 'Sound', folder: 'c' },
      ],
    });
    await workbench.apis.row(/^Sound/).waitFor();
    assert.equal(await workbench.apis.row(/Climbs out|Reads secrets/).count(), 0);
    await workbench.apis.row(/^apis\.json has errors/).waitFor();
    await workbench.apis.row(/^apis\.json has errors/).click();
    await workbench.editors.tab('apis.json').waitFor();
    await workbench.editors.focus();
    await workbench.runCommand('Problems: Focus on Problems View');
    const problems = workbench.page.locator('.markers-panel .monaco-list-row');
    await problems
      .filter({ hasText: /A path cannot hold.*API Source Control/s })
      .nth(1)
      .waitFor();
    await workbench.screenshot('hostile-problems');

    // Broken as a whole: still diagnostics, no exception.
    await writeFile(path.join(session().folder, 'broken/.vscode/apis.json'), '{ "version": 1, "apis": [ {{{');
    await workbench.apis.row(/^Sound/).waitFor({ state: 'hidden' });
    await problems
      .filter({ hasText: /not valid JSON.*API Source Control/s })
      .first()
      .waitFor();
    await workbench.apis.row(/^apis\.json has errors/).waitFor();
    assert.equal(await workbench.page.getByText(/No API here yet/).count(), 0);
    await workbench.screenshot('hostile-broken');
    await workbench.page.close();
  });

  describe('in a connection', () => {
    const requests: string[] = [];
    let server: Server;

    before(async () => {
      server = createServer((request, response) => {
        requests.push(request.url ?? '');
        response.writeHead(404).end();
      });
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
    });
    after(() => server.close());

    it('makes nobody talk to its host before a person approves it', async () => {
      const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const repository = { id: `${origin}/team/apis.git`, name: 'apis' };
      const connection = { host: 'git', origin, repository, branch: 'main' };
      const workbench = await open('hostile', {
        version: 1,
        apis: [
          { id: 'x', name: 'Stranger', folder: 'apis', rootFile: 'openapi.yaml', connection },
          { id: 'y', name: 'Liar', folder: 'liar', connection: { ...connection, origin: 'https://github.com' } },
        ],
      });
      await workbench.apis.row(/^Stranger\s*waits for your approval/).waitFor();
      await workbench.runCommand('APIs: Refresh');
      await workbench.runCommand('Developer: Reload Window');
      await workbench.apis.row(/^Stranger\s*waits for your approval/).waitFor();
      await workbench.apis.inlineAction(/^Stranger/, /^Approve Connection/);
      await workbench.dialog().getByText(repository.id).waitFor();
      await workbench.screenshot('hostile-approve');
      assert.deepEqual(requests, []);
      await workbench.answerDialog('Cancel');
      await workbench.apis.row(/^Stranger\s*waits for your approval/).waitFor();
      assert.deepEqual(requests, []);

      // Approved, but the address is not at the host that the entry names.
      await workbench.apis.inlineAction(/^Liar/, /^Approve Connection/);
      await workbench.answerDialog('Approve');
      await workbench.notifications.expect(/another origin/);
      await workbench.screenshot('hostile-other-origin');
      await workbench.notifications.dismiss(/another origin/);
      assert.deepEqual(requests, []);

      await workbench.apis.inlineAction(/^Stranger/, /^Approve Connection/);
      await workbench.answerDialog('Approve');
      await workbench.notifications.expect(/There is no repository/);
      await workbench.screenshot('hostile-not-found');
      assert.notDeepEqual(requests, [], 'approved: now it is asked');
      const entries = await readdir(path.join(session().folder, 'hostile'), { recursive: true, withFileTypes: true });
      const files = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
      assert.deepEqual(files.filter((name) => name !== '.gitignore').sort(), ['apis.json'], 'nothing came of it');
      await workbench.page.close();
    });
  });

  it('in a tree is refused by name, and nothing is written outside of the folder', async () => {
    const evil = await HostileRepository.make(path.join(session().folder, 'evil.git'));
    const file = await evil.blob('type: object\n');
    const outside = await evil.tree([{ mode: '100644', name: 'outside.yaml', id: file }]);
    const hooks = await evil.tree([{ mode: '100644', name: 'x.yaml', id: file }]);
    const dotGit = await evil.tree([{ mode: '40000', name: 'hooks', id: hooks }]);
    const references = ['../outside.yaml', '.git/hooks/x.yaml', 'link.yaml', 'good.yaml'];
    const root = ['openapi: 3.1.0', 'info: {title: Evil, version: "1"}', 'paths: {}', 'components:', '  schemas:']
      .concat(references.map((reference, index) => `    S${index}:\n      $ref: ${reference}`))
      .join('\n');
    await evil.commit(
      await evil.tree([
        { mode: '40000', name: '..', id: outside },
        { mode: '40000', name: '.git', id: dotGit },
        { mode: '120000', name: 'link.yaml', id: await evil.blob('/etc/passwd') },
        { mode: '100644', name: 'good.yaml', id: file },
        { mode: '100644', name: 'openapi.yaml', id: await evil.blob(root) },
      ]),
    );
    const workspace = path.join(session().folder, 'victim');
    await mkdir(workspace);
    const workbench = await session().open(workspace);
    await fillConnectForm(workbench, {
      repository: evil.folder,
      rootFile: 'openapi.yaml',
      name: 'Evil',
      localFolder: 'evil',
    });
    await workbench.connectForm.button('Connect Repository').click();
    await workbench.connectForm
      .text(/\.git\/hooks\/x\.yaml/)
      .first()
      .waitFor();
    await workbench.connectForm.button('Connect Repository').scrollIntoViewIfNeeded();
    await workbench.screenshot('hostile-tree');
    assert.deepEqual(
      Object.keys(await snapshotFolder(workspace)).filter((name) => !name.startsWith('evil/')),
      [],
    );
    for (const name of ['outside.yaml', 'evil/.git', 'evil/link.yaml'])
      await assert.rejects(access(path.join(workspace, name)));
    await assert.rejects(access(path.join(session().folder, 'outside.yaml')));

    // The window lives: it still connects to something decent.
    await workbench.runCommand('View: Close All Editors');
    await connectByForm(workbench, {
      repository: session().sample.repository,
      rootFile: 'apis/inventory/openapi.json',
      name: 'Decent',
    });
    await readFile(path.join(workspace, 'acme-apis/apis/inventory/openapi.json'));
    await workbench.page.close();
  });
});
