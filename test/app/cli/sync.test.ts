import assert from 'node:assert/strict';
import { existsSync, renameSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { nodeFs } from '../../../src/adapters/disk/diskFs.ts';
import { DiskLeaseStore } from '../../../src/adapters/disk/diskLeaseStore.ts';
import { DiskStateStore } from '../../../src/adapters/disk/diskStateStore.ts';
import { OwnFolder } from '../../../src/adapters/disk/ownFolder.ts';
import { CliWorld, type Run } from './cliWorld.ts';

const rootFile = 'apis/payments/openapi.yaml';
const money = 'apis/payments/components/schemas/Money.yaml';

/** A run as one text: its exit code, and each line with where it went. */
function told({ code, out, err }: Run): readonly string[] {
  const lines = (text: string, mark: string): readonly string[] =>
    text.split('\n').flatMap((line) => (line === '' ? [] : [`${mark}${line}`]));
  return [String(code), ...lines(out, ''), ...lines(err, '! ')];
}

describe('api-source-control status, pull and push', function () {
  this.timeout(60_000);
  let world: CliWorld;
  let folder: string;

  before(async () => {
    world = new CliWorld();
    await world.open();
  });
  after(() => world.close());

  beforeEach(async function () {
    folder = await world.connected(`case ${this.currentTest?.title ?? ''}`.slice(0, 60));
  });

  const run = async (...args: readonly string[]): Promise<readonly string[]> => told(await world.run(folder, args));
  const edit = (path: string, from: string | RegExp, to: string): void =>
    world.write(folder, `repo/${path}`, world.read(folder, `repo/${path}`).replace(from, to));
  /** The same file at the head, with one line more. */
  const teammateAdds = (path: string, line: string): void =>
    world.teammatePushes(path, `${world.textAtHead(path)}${line}\n`);
  const lease = (): DiskLeaseStore => new DiskLeaseStore(new OwnFolder(nodeFs, join(folder, 'repo')));

  it('tells what is outgoing and incoming, and pushes and pulls it', async () => {
    assert.deepEqual(await run('status'), ['0', 'Payments (acme-apis, main): up to date']);
    edit(rootFile, /version: .*/, 'version: 3.0.0');
    teammateAdds(money, '# theirs');
    assert.deepEqual(await run('status'), [
      '0',
      'Payments (acme-apis, main): 1 outgoing, 1 incoming',
      `  outgoing  modified  ${rootFile}`,
      `  incoming  modified  ${money}`,
    ]);
    assert.deepEqual(await run('push', '-m', 'Mine, by script'), ['0', 'Payments: pushed 1 file to “main”.']);
    assert.match(world.textAtHead(rootFile), /version: 3\.0\.0/);
    assert.match(world.textAtHead(money), /# theirs/);
    assert.equal(world.sandbox.git(world.repository, 'log', '-1', '--format=%s', 'main').trim(), 'Mine, by script');
    assert.deepEqual(await run('pull'), ['0', 'Payments: pulled 1 file.']);
    assert.match(world.read(folder, `repo/${money}`), /# theirs/);
    assert.deepEqual(await run('pull'), ['0', 'Payments: nothing to pull.']);
    assert.deepEqual(await run('push', '-m', 'Nothing'), ['0', 'Payments: nothing to push.']);
  });

  it('names a conflict, pushes nothing over it and leaves the file as it is', async () => {
    edit(money, /$/, '# mine\n');
    const mine = world.read(folder, `repo/${money}`);
    teammateAdds(money, '# theirs');
    assert.deepEqual(await run('status'), [
      '0',
      'Payments (acme-apis, main): 1 conflict',
      `  conflict  both modified  ${money}`,
    ]);
    assert.deepEqual(await run('push', '-m', 'Mine'), [
      '1',
      `! Payments: Both sides changed ${money}. Solve these conflicts in the editor, then try again.`,
    ]);
    assert.deepEqual(await run('pull'), [
      '1',
      `! Payments: 1 conflict: ${money}. Your files stayed as they were there; solve it in the editor.`,
    ]);
    assert.equal(world.read(folder, `repo/${money}`), mine);
    assert.doesNotMatch(world.textAtHead(money), /# mine/);
  });

  it('leaves to a person what only a person decides', async () => {
    rmSync(join(folder, 'repo', rootFile));
    assert.deepEqual(await run('push', '-m', 'Gone'), [
      '1',
      '! Payments: this would delete the root file, or more than half of the API’s files. Nothing was done: decide it in the editor.',
    ]);
    assert.ok(world.textAtHead(rootFile) !== '');
  });

  it('says who works on the folder, waits for its turn, and then pulls', async () => {
    teammateAdds(money, '# while it waits');
    const held = lease();
    assert.ok(await held.take({ operation: 'push', since: Date.now() }));
    assert.deepEqual(
      (await run('status')).at(-1),
      `  Right now another window or program on ${hostname()} works on this folder (push).`,
    );
    const pull = world.start(folder, ['pull']);
    await pull.said(`Waiting: another window or program on ${hostname()} works on this folder (push).`);
    assert.doesNotMatch(world.read(folder, `repo/${money}`), /while it waits/);
    await held.release();
    const { code, out } = await pull.ended;
    assert.deepEqual([code, out], [0, 'Payments: pulled 1 file.\n']);
    assert.equal(await lease().holder(), undefined);
  });

  it('is cancelled by Ctrl-C, with nothing changed', async () => {
    teammateAdds(money, '# not taken');
    const held = lease();
    assert.ok(await held.take({ operation: 'pull', since: Date.now() }));
    const pull = world.start(folder, ['pull']);
    await pull.said('Waiting: ');
    pull.interrupt();
    const { code, err } = await pull.ended;
    assert.equal(code, 130);
    assert.match(err, /\nCancelled\.\n$/);
    assert.doesNotMatch(world.read(folder, `repo/${money}`), /not taken/);
    await held.release();
  });

  it('goes on without the repository, as far as anybody can', async () => {
    edit(rootFile, /version: .*/, 'version: 4.0.0');
    renameSync(world.repository, `${world.repository}.away`);
    try {
      const why = 'There is no repository at “acme-apis”, or these credentials may not see it.';
      assert.deepEqual(await run('status'), [
        '0',
        'Payments (acme-apis, main): 1 outgoing',
        `  outgoing  modified  ${rootFile}`,
        `  ${why} This is what is known without it.`,
      ]);
      const { apis } = JSON.parse((await world.run(folder, ['status', '--json'])).out) as { apis: readonly object[] };
      assert.deepEqual(
        apis.map((api) => ({ ...api, id: '' })),
        [
          {
            id: '',
            name: 'Payments',
            state: 'connected',
            repository: 'acme-apis',
            branch: 'main',
            standing: 'upToDate',
            outgoing: [{ path: rootFile, change: 'modified' }],
            incoming: [],
            conflicts: [],
            failure: { reason: 'repositoryNotFound', message: why },
          },
        ],
      );
      assert.deepEqual(await run('pull'), ['2', `! Payments: ${why}`]);
      assert.deepEqual(await run('push', '-m', 'Mine'), ['2', `! Payments: ${why}`]);
    } finally {
      renameSync(`${world.repository}.away`, world.repository);
    }
  });

  it('says when there is no way to the repository', async () => {
    for (const file of ['.vscode/apis.json', 'repo/.api-source-control/state.json']) {
      const moved = world.read(folder, file).replace(`file://${world.repository}`, 'https://127.0.0.1:1/acme-apis.git');
      world.write(folder, file, moved.replace('"file://"', '"https://127.0.0.1:1"'));
    }
    const { code, out } = await world.run(folder, ['status']);
    assert.match(out, /^Payments \(acme-apis, main\): nothing outgoing\n {2}“acme-apis” cannot be reached\. This is/);
    assert.equal(code, 0);
  });

  it('sends nothing to a repository that nobody approved on this computer', async () => {
    const text = world.read(folder, '.vscode/apis.json');
    const copy = world.folder(`${folder}-of a teammate`, { '.vscode/apis.json': text });
    const refused = 'not connected to “acme-apis” on file:// on this computer.';
    const next = 'Open the folder in VS Code and approve the connection; nothing is sent before.';
    assert.deepEqual(told(await world.run(copy, ['pull'])), ['2', `! Payments: ${refused} ${next}`]);
    assert.deepEqual(told(await world.run(copy, ['push', '-m', 'x'])), ['2', `! Payments: ${refused} ${next}`]);
    assert.deepEqual(told(await world.run(copy, ['status'])), [
      '0',
      'Payments (acme-apis): not connected on this computer; open the folder in VS Code and approve it',
    ]);
    assert.ok(!existsSync(join(copy, 'repo')), 'nothing was made');
  });

  it('takes a folder of another repository for none that was approved', async () => {
    const text = world.read(folder, '.vscode/apis.json');
    world.write(folder, '.vscode/apis.json', text.replaceAll('acme-apis', 'evil-apis'));
    assert.match((await run('pull')).join('\n'), /^2\n! Payments: not connected to “evil-apis”/);
  });

  it('asks for a token and its server together', async () => {
    const { code, err } = await world.run(folder, ['status'], { API_SOURCE_CONTROL_TOKEN: 'secret' });
    assert.equal(code, 2);
    assert.match(err, /API_SOURCE_CONTROL_TOKEN and API_SOURCE_CONTROL_ORIGIN are given together or not at all/);
    assert.doesNotMatch(err, /secret/);
  });

  it('works in a person’s own clone through their Git', async () => {
    const clone = world.clone(`own ${String(folder.length)}`);
    world.sandbox.git(clone, 'config', 'user.name', 'Ada');
    const { apis } = JSON.parse(world.read(folder, '.vscode/apis.json')) as {
      readonly apis: readonly { readonly connection: { readonly repository: object } }[];
    };
    const [api] = apis;
    world.folder(clone, { '.vscode/apis.json': { version: 1, apis: [{ ...api, folder: '' }] } });
    assert.match(told(await world.run(clone, ['status'])).join('\n'), /not connected on this computer/);
    const repository = { host: 'git', origin: 'file://', ...api?.connection.repository } as never;
    const memory = new DiskStateStore(new OwnFolder(nodeFs, join(clone, '.git')));
    await memory.save({ repository, branch: 'main', branches: new Map() });
    world.write(clone, money, `${world.read(clone, money)}# in a clone\n`);
    assert.deepEqual(told(await world.run(clone, ['status'])), [
      '0',
      'Payments (acme-apis, main): 1 outgoing',
      `  outgoing  modified  ${money}`,
    ]);
    assert.deepEqual(told(await world.run(clone, ['push', '-m', 'By clone'])), [
      '0',
      'Payments: pushed 1 file to “main”.',
    ]);
    assert.equal(world.sandbox.git(clone, 'log', '-1', '--format=%s').trim(), 'By clone');
    assert.match(world.textAtHead(money), /# in a clone/);
    teammateAdds(money, '# after the clone');
    assert.match(told(await world.run(clone, ['pull'])).join('\n'), /^0\nPayments: pulled 1 file\.$/);
    assert.match(world.read(clone, money), /# after the clone/);
  });
});
