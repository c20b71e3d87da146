import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { SecretFinder } from '../../secrets/findSecrets.ts';
import { KnownSecrets } from '../../secrets/knownSecrets.ts';
import { ProcessRecord } from '../../secrets/processRecord.ts';
import { tallyLine, tallyVariable } from '../../secrets/scanTally.ts';
import { SecretScan, SecretsFound } from '../../secrets/secretScan.ts';
import { writtenAt } from '../../secrets/written.ts';
import { writtenFiles } from '../../secrets/writtenFiles.ts';

const planted = 'glpat-Plänted/"To ken"+17';
const other = 'ghp_another_token';

describe('the scan for secrets', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'asc-scan-'));
  });
  afterEach(() => rm(folder, { recursive: true, maxRetries: 5 }));

  const inFolder = (secret: string): readonly string[] => {
    const scan = new SecretScan([secret]);
    scan.lookAt('files', writtenFiles(folder));
    return scan.findings;
  };

  it('finds a planted token in every form', () => {
    const finder = new SecretFinder([other, planted]);
    const forms = [
      planted,
      Buffer.from(planted).toString('latin1'),
      JSON.stringify({ planted }),
      `https://x?token=${encodeURIComponent(planted)}`,
      new URLSearchParams({ planted }).toString(),
      ...['', 'a:', 'ab:', 'jane@acme.example:', 'x-access-token:'].map(
        (user) => `Basic ${Buffer.from(user + planted).toString('base64')}`,
      ),
      `Basic ${Buffer.from(`${planted}:`).toString('base64')}`,
      Buffer.from(`a:${planted}`).toString('base64url'),
    ];
    for (const text of forms) assert.ok(finder.find({ where: 'log', text }).length > 0, text);
  });

  it('finds nothing where there is nothing', () => {
    const text = `${planted.slice(0, -1)} ${Buffer.from('something else').toString('base64')} POST /oauth/token 200`;
    assert.deepEqual(new SecretFinder([planted, other]).find({ where: 'log', text }), []);
  });

  it('says the place, the form and what is around it, and no secret of any form', () => {
    const text = `${'x'.repeat(99)} GET /?a=${other}&b=${encodeURIComponent(planted)} ${other}\n200`;
    const findings = new SecretFinder([other, planted]).find({ where: `/tmp/${other}`, text });
    const around = `GET /?a=‹ghp_…›&b=‹glpa…› ‹ghp_…› 200`;
    assert.deepEqual(
      findings.map((finding) => finding.replace(/ x+ /, ' ')),
      [`/tmp/‹ghp_…› (as it is): ${around}`, `/tmp/‹ghp_…› (in an address): ${around}`],
    );
  });

  it('looks for nothing so short that it is found by chance', () => {
    assert.throws(() => new SecretFinder(['kept']), /less than 8 characters/);
  });

  it('finds it in a file however deep', async () => {
    await mkdir(path.join(folder, 'a/b'), { recursive: true });
    await writeFile(path.join(folder, 'a/b/.hidden'), Buffer.concat([Buffer.from([0, 255]), Buffer.from(planted)]));
    assert.match(inFolder(planted).join(), /\/a\/b\/\.hidden \(as it is\)/);
  });

  it('finds it in the objects of a repository, packed or not', () => {
    const git = (input: string, ...args: readonly string[]): string =>
      execFileSync('git', ['-C', folder, ...args], { encoding: 'utf8', input }).trim();
    execFileSync('git', ['init', '--quiet', folder]);
    const blob = git(planted, 'hash-object', '-w', '--stdin');
    assert.match(inFolder(planted).join(), /\/objects\/\w\w\/\w+ \(as it is\)/);
    git(`${blob}\n`, 'pack-objects', '--quiet', '.git/objects/pack/pack');
    execFileSync('git', ['-C', folder, 'prune-packed']);
    assert.match(inFolder(planted).join(), /^packs of \S+\.git \(as it is\)/);
  });

  it('finds it in the arguments and the environment of processes that have ended, and of one that runs', async function () {
    if (process.platform !== 'linux') this.skip();
    const record = new ProcessRecord(folder);
    const config = path.join(folder, 'gitconfig');
    await writeFile(config, `${record.gitConfig}[alias]\n\tplanted = !true ${other}\n`);
    const env = { ...process.env, ...record.environment, GIT_CONFIG_GLOBAL: config, TOKEN: planted };
    execFileSync('git', ['planted', other], { env });
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', other], { env });
    await once(child, 'spawn');
    const scan = new SecretScan([other, planted]);
    scan.lookAt('processes', record.read());
    child.kill();
    await once(child, 'exit');
    const places = new Set(scan.findings.map((finding) => finding.slice(0, finding.indexOf(' ('))));
    for (const place of [
      'arguments of git',
      'environment of git',
      'arguments that Git tells of true ‹ghp_…›',
      'arguments of running node',
      'environment of running node',
    ]) {
      assert.ok(places.has(place), place);
    }
  });

  it('knows what was given until now, what is good no longer, too', () => {
    const known = new KnownSecrets();
    const given = ['first-token'];
    known.from(() => given);
    known.add('typed-token', 'first-token');
    given.push('renewed-token');
    assert.deepEqual(known.all(), ['first-token', 'renewed-token', 'typed-token']);
  });

  it('ends with an error that tells every finding, and counts towards the line of its suite', async () => {
    const before = process.env[tallyVariable];
    const file = path.join(folder, 'tally.jsonl');
    process.env[tallyVariable] = file;
    try {
      const clean = new SecretScan([other]);
      clean.lookAt('messages', writtenAt('console', ['hello', 'good-bye']));
      clean.end();
      const scan = new SecretScan([other, planted]);
      scan.lookAt('files', writtenAt('a.log', [`say ${other}`]));
      scan.lookAt('processes', writtenAt('arguments', ['--help']));
      assert.throws(
        () => scan.end(),
        (error) => error instanceof SecretsFound && /a\.log \(as it is\): say ‹ghp_…›/.test(error.message),
      );
    } finally {
      if (before === undefined) delete process.env[tallyVariable];
      else process.env[tallyVariable] = before;
    }
    assert.equal(tallyLine(file), 'secrets: 1 files, 2 messages, 1 processes looked through for 2 secrets, 1 findings');
  });
});
