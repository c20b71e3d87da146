import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { findSecrets, processArguments, writtenFiles } from '../../secrets/secretScan.ts';

const planted = 'glpat-Plänted/Token+17';
const other = 'ghp_another_token';

describe('the scan for secrets', () => {
  it('finds a planted token in every form, and says where', () => {
    const forms = [
      planted,
      `https://x?token=${encodeURIComponent(planted)}`,
      ...['', 'a:', 'ab:', 'jane@acme.example:', 'x-access-token:'].map(
        (user) => `Basic ${Buffer.from(user + planted).toString('base64')}`,
      ),
      `Basic ${Buffer.from(`${planted}:`).toString('base64')}`,
    ];
    for (const text of forms) assert.ok(findSecrets([{ where: 'log', text }], [other, planted]).length > 0, text);
    const [finding = ''] = findSecrets([{ where: 'log', text: planted }], [planted]);
    assert.match(finding, /^log: glpa… \(as it is\)$/);
  });

  it('finds nothing where there is nothing', () => {
    const text = `${planted.slice(0, -1)} ${Buffer.from('something else').toString('base64')} POST /oauth/token 200`;
    assert.deepEqual(findSecrets([{ where: 'log', text }], [planted, other]), []);
  });

  it('finds it in a file however deep, and in the arguments of a process', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'asc-scan-'));
    await mkdir(path.join(folder, 'a/b'), { recursive: true });
    await writeFile(path.join(folder, 'a/b/.hidden'), Buffer.concat([Buffer.from([0, 255]), Buffer.from(other)]));
    assert.equal(findSecrets(await writtenFiles(folder), [other]).length, 1);
    await rm(folder, { recursive: true });
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', other]);
    await once(child, 'spawn');
    assert.equal(findSecrets([processArguments()], [other]).length, 1);
    child.kill();
    await once(child, 'exit');
  });
});
