import assert from 'node:assert/strict';
import { appendFile, chmod, readFile, stat, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { connectByForm, payments, sampleFolder } from './support/connect.ts';
import { commitFiles, git, gitShow } from './support/git.ts';
import { snapshotCommit, snapshotFolder } from './support/snapshots.ts';
import { useSession } from './support/useSession.ts';
import type { Workbench } from './support/workbench.ts';

const root = 'apis/payments/openapi.yaml';
const schemas = 'apis/payments/components/schemas';

/** Bytes that a careless program changes, in files that the API has anyway. */
const peculiar = [
  {
    path: `${schemas}/customer/Address.yaml`,
    content: 'type: object\r\nproperties:\r\n  city:\r\n    type: string\r\n',
    more: '  zip: {}\r\n',
  },
  { path: `${schemas}/Money.yaml`, content: '\ufefftype: object\n', more: 'title: Geld\n' },
  { path: `${schemas}/method/Card.yaml`, content: 'type: object\ntitle: no newline at the end', more: ' yet' },
  { path: `${schemas}/method/BankTransfer.yaml`, content: 'type: object\n', more: 'title: runs\n', mode: '100755' },
];

describe('Pushing', () => {
  const session = useSession();
  let workbench: Workbench;
  const repository = (): string => session().sample.repository;
  const local = (file: string): string => path.join(session().sample.workspace, sampleFolder, file);
  const head = (): Promise<string> => git(repository(), 'rev-parse', 'main');
  /** What the newest commit did, and nothing else: `M\tpath` in each line. */
  const changed = async (commit = 'main'): Promise<readonly string[]> =>
    (await git(repository(), 'diff-tree', '--no-commit-id', '--name-status', '-r', commit)).split('\n');
  /** Another program wrote into the folder; watchers may be slow to say so. */
  const written = async (file: string): Promise<void> => {
    await workbench.runCommand('APIs: Refresh');
    await workbench.sourceControl.row(file).first().waitFor();
  };

  before(async () => {
    await commitFiles(repository(), 'main', 'Be peculiar', peculiar);
    workbench = await session().open();
    await connectByForm(workbench, { repository: repository(), ...payments });
    await workbench.sourceControl.open();
  });

  it('sends nothing without a message, and says why in the box', async () => {
    const before = await head();
    await workbench.editors.open(`${sampleFolder}/${root}`);
    await workbench.page.keyboard.press('ControlOrMeta+Home');
    await workbench.editors.type('# reviewed\n');
    await workbench.editors.save();
    await workbench.sourceControl.open();
    await workbench.sourceControl.row('openapi.yaml').first().waitFor();
    await workbench.sourceControl.row('openapi.yaml').first().click();
    await workbench.editors.tab(/openapi\.yaml .*↔|openapi\.yaml \(/).waitFor();
    await workbench.page
      .locator('.monaco-diff-editor .modified .view-line')
      .filter({ hasText: '# reviewed' })
      .waitFor();
    await workbench.screenshot('push-diff');

    await workbench.sourceControl.accept();
    await workbench.sourceControl.view.getByText(/Not pushed: no message yet/).waitFor();
    await workbench.screenshot('push-empty-message');
    assert.equal(await head(), before);
  });

  it('pushes one commit of exactly that file, with the message as it is and the author of the Git settings', async () => {
    const before = await head();
    const message = 'Fix “this” – and that\n\n# no comment\n-- no option';
    await workbench.sourceControl.pushChange('openapi.yaml', message);
    assert.equal(await git(repository(), 'log', '-1', '--format=%B', 'main'), message);
    assert.equal(
      await git(repository(), 'log', '-1', '--format=%P|%an <%ae>', 'main'),
      `${before}|Katherine Johnson <katherine@acme.example>`,
    );
    assert.deepEqual(await changed(), [`M\t${root}`]);
    assert.deepEqual(await gitShow(repository(), 'main', root), await readFile(local(root)));
    assert.match(await readFile(local(root), 'utf8'), /^# reviewed\nopenapi: 3/);
  });

  it('keeps CRLF, BOM, a missing final newline and the executable bit, byte for byte', async () => {
    const {
      '.gitattributes': _,
      'README.md': __,
      ...members
    } = await snapshotCommit(repository(), 'main', 'apis/payments', 'postman');
    assert.deepEqual(await snapshotFolder(local('')), members, 'after connecting');
    for (const { path: file, more } of peculiar) await appendFile(local(file), more);
    await written('BankTransfer.yaml');
    await workbench.sourceControl.pushChange('BankTransfer.yaml', 'Stay peculiar');
    for (const { path: file, content, more } of peculiar) {
      assert.deepEqual(await gitShow(repository(), 'main', file), Buffer.from(content + more), file);
    }
    assert.deepEqual(await changed(), peculiar.map((file) => `M\t${file.path}`).sort());
    assert.match(await git(repository(), 'ls-tree', 'main', `${schemas}/method/BankTransfer.yaml`), /^100755 /);
    assert.match(await git(repository(), 'ls-tree', 'main', `${schemas}/method/Card.yaml`), /^100644 /);
  });

  it('comes on top when somebody pushes other files in the very moment', async () => {
    const before = await head();
    const theirs = await commitFiles(repository(), 'main', 'Was faster', [
      { path: 'README.md', content: 'Other words.\n' },
    ]);
    await git(repository(), 'update-ref', 'refs/heads/main', before);
    // The hook runs while our push is being taken: the head moves under it, once.
    await once(repository(), 'pre-receive', `git update-ref refs/heads/main ${theirs}`);
    await appendFile(local(root), '# mine\n');
    await written('openapi.yaml');
    await workbench.sourceControl.pushChange('openapi.yaml', 'Not lost');
    assert.equal(await git(repository(), 'log', '-3', '--format=%s', 'main'), 'Not lost\nWas faster\nStay peculiar');
    assert.deepEqual(await changed(), [`M\t${root}`]);
    assert.equal((await gitShow(repository(), 'main', 'README.md')).toString(), 'Other words.\n');
  });

  it('is refused when somebody changed the same file, and offers Pull', async () => {
    const text = (await gitShow(repository(), 'main', root)).toString();
    const theirs = await commitFiles(repository(), 'main', 'Rename it', [
      { path: root, content: text.replace('title: Payments', 'title: Money') },
    ]);
    await appendFile(local(root), '# mine again\n');
    await workbench.sourceControl.push('Refused at first');
    await workbench.notifications.expect(/has newer versions of files that you changed/);
    await workbench.screenshot('push-refused');
    assert.equal(await head(), theirs);
    await workbench.notifications.choose(/has newer versions/, 'Pull');
    await workbench.statusBar.item(/1 merged/).waitFor();
    const merged = `${text.replace('title: Payments', 'title: Money')}# mine again\n`;
    assert.equal(await readFile(local(root), 'utf8'), merged);
    await workbench.sourceControl.pushChange('openapi.yaml', 'Both');
    assert.equal(await git(repository(), 'log', '-2', '--format=%s', 'main'), 'Both\nRename it');
    assert.equal((await gitShow(repository(), 'main', root)).toString(), merged);
  });

  it('takes a new file along once the definition refers to it', async () => {
    const file = `${schemas}/Dispute.yaml`;
    await writeFile(local(file), 'type: object\n');
    await writeFile(local(`${schemas}/Unrelated.yaml`), 'type: object\n');
    await appendFile(local(root), '  schemas:\n    Dispute:\n      $ref: components/schemas/Dispute.yaml\n');
    await written('Dispute.yaml');
    await workbench.sourceControl.pushChange('Dispute.yaml', 'Describe disputes');
    assert.deepEqual(await changed(), [`A\t${file}`, `M\t${root}`]);
    assert.deepEqual(await gitShow(repository(), 'main', file), Buffer.from('type: object\n'));
  });

  it('tells removing a file from the API and deleting it from the repository apart', async () => {
    const before = await head();
    const { apis, quickInput, sourceControl } = workbench;
    await apis.open();
    await apis.contextAction(/^Payments/, 'Add Files from Repository…');
    await quickInput.tick('README.md');
    await quickInput.accept();
    await apis.row(/^README\.md\s*added/).waitFor();
    assert.deepEqual(await readFile(local('README.md')), await gitShow(repository(), 'main', 'README.md'));

    await apis.contextAction(/^README\.md/, 'Remove from API (Keep in Repository)');
    await apis.row(/^README\.md/).waitFor({ state: 'hidden' });
    assert.ok((await stat(local('README.md'))).isFile());
    await sourceControl.open();
    assert.equal(await sourceControl.row('README.md').count(), 0);

    await apis.open();
    await apis.contextAction(/^Payments/, 'Add Files from Repository…');
    await quickInput.tick('README.md');
    await quickInput.accept();
    await apis.contextAction(/^README\.md/, 'Delete from Repository…');
    await workbench.answerDialog('Delete');
    await sourceControl.open();
    await sourceControl.row('README.md').waitFor();
    await assert.rejects(stat(local('README.md')), { code: 'ENOENT' });
    assert.equal(await head(), before);
    await sourceControl.pushChange('README.md', 'Nobody read it');
    assert.deepEqual(await changed(), ['D\tREADME.md']);
    assert.equal(await git(repository(), 'rev-parse', 'main^'), before);
  });
});

/** A hook of the bare repository that runs one command, the first time. */
async function once(repository: string, hook: string, command: string): Promise<void> {
  const file = path.join(repository, 'hooks', hook);
  // Git keeps refs of a push under way from hooks; a teammate's push is none of its children.
  const script = ['#!/bin/sh', `rm "${file}"`, `exec env -u GIT_QUARANTINE_PATH ${command}`, ''].join('\n');
  await writeFile(file, script);
  await chmod(file, 0o755);
}
