import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Answerer, pipePath, promptKind } from '../../../../src/hosts/git/answerer.ts';
import { RememberedAnswers } from '../../../../src/hosts/git/rememberedAnswers.ts';
import type { CredentialPrompt, Credentials } from '../../../../src/ports/credentials.ts';

const question = "Password for 'https://ada@example.com': ";

describe('Answerer', () => {
  let folder: string;
  let asked: CredentialPrompt[];
  let remembered: RememberedAnswers;
  let answerer: Answerer;
  const ask: Credentials['ask'] = (prompt) => {
    asked.push(prompt);
    return Promise.resolve('typed');
  };
  const start = async (credentials: Credentials | null = { ask }) => {
    const program = { main: join(folder, 'main with space.mjs'), node: join(folder, 'fake node') };
    const { signal } = new AbortController();
    answerer = await Answerer.start({ credentials: credentials ?? undefined, remembered, program, signal });
    return answerer.environment;
  };
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'answerer-'));
    asked = [];
    remembered = new RememberedAnswers('https://example.com');
  });
  afterEach(async () => {
    await answerer.close();
    await rm(folder, { recursive: true });
  });

  it('starts its helper as a Node even where the program is Electron, and with no options of the person', async function () {
    if (process.platform === 'win32') this.skip();
    const environment = await start();
    const fake = '#!/bin/sh\necho "$ELECTRON_RUN_AS_NODE|${NODE_OPTIONS-none}|$1|$2"\n';
    await writeFile(join(folder, 'fake node'), fake);
    await chmod(join(folder, 'fake node'), 0o755);
    const text = 'a question; $(touch /tmp/x) "with" everything \\ in it';
    const env = { ...process.env, ...environment, NODE_OPTIONS: '--not-for-you' };
    const output = await new Promise<string>((resolve, reject) =>
      execFile(environment['GIT_ASKPASS']!, [text], { env }, (error, out) => (error ? reject(error) : resolve(out))),
    );
    assert.equal(output, `1|none|${join(folder, 'main with space.mjs')}|${text}\n`);
    assert.equal(environment['ELECTRON_RUN_AS_NODE'], undefined, 'nothing else that Git starts is to see it');
    assert.equal((await stat(environment['GIT_ASKPASS']!)).mode & 0o077, 0);
  });

  it('answers whoever knows its secret, and nobody else', async () => {
    const environment = await start();
    assert.equal(await send(environment, { text: question }), 'typed\n');
    assert.deepEqual(asked, [{ kind: 'password', text: question.trim() }]);
    for (const secret of ['', 'x', 'x'.repeat(64)])
      assert.equal(await send(environment, { secret, text: question }), '');
    assert.equal(await send(environment, { text: 7 }), '');
    assert.equal(asked.length, 1);
  });

  it('keeps an answer when it is told that Git took it, and gives it without asking', async () => {
    const environment = await start();
    await send(environment, { text: question });
    assert.ok(remembered.isEmpty);
    answerer.keepAnswers();
    assert.equal(await send(environment, { text: question }), 'typed\n');
    assert.equal(asked.length, 1);
    assert.equal(answerer.forgetAnswers(), true);
    assert.ok(remembered.isEmpty);
    assert.equal(answerer.forgetAnswers(), false);
  });

  it('asks when the same question comes again: what was remembered did not do', async () => {
    remembered.keep(new Map([[question.trim(), 'old']]));
    const environment = await start();
    assert.equal(await send(environment, { text: question }), 'old\n');
    assert.equal(await send(environment, { text: question }), 'typed\n');
  });

  it('says only what is remembered where nobody may be asked', async () => {
    const environment = await start(null);
    assert.equal(await send(environment, { text: question }), '');
    remembered.keep(new Map([[question.trim(), 'kept']]));
    assert.equal(await send(environment, { text: question }), 'kept\n');
    assert.equal(await send(environment, { text: "Username for 'https://example.com': " }), '');
  });

  it('leaves nothing on disk', async () => {
    const environment = await start();
    await answerer.close();
    assert.ok(!existsSync(environment['GIT_ASKPASS']!));
  });
});

describe('pipePath', () => {
  it('is a socket in the folder, or a pipe of Windows', () => {
    assert.equal(pipePath('/tmp/asc-1', 's'.repeat(64), 'linux'), '/tmp/asc-1/pipe');
    assert.equal(pipePath('C:\\Temp', 's'.repeat(64), 'win32'), `\\\\.\\pipe\\asc-${'s'.repeat(32)}`);
  });
});

describe('promptKind', () => {
  const table: readonly (readonly [CredentialPrompt['kind'], string])[] = [
    ['username', "Username for 'https://example.com':"],
    ['password', "Password for 'https://ada@example.com':"],
    ['password', "git@example.com's password:"],
    ['passphrase', "Enter passphrase for key '/h/.ssh/id':"],
    ['passphrase', 'Enter PIN for ECDSA-SK key /h/.ssh/id:'],
    ['hostKey', 'Are you sure you want to continue connecting (yes/no/[fingerprint])?'],
  ];
  for (const [kind, text] of table) it(`takes “${text}” for ${kind}`, () => assert.equal(promptKind(text), kind));
});

function send(environment: NodeJS.ProcessEnv, message: object): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(environment['API_SOURCE_CONTROL_ASKPASS_PIPE']!);
    const secret = environment['API_SOURCE_CONTROL_ASKPASS_SECRET'];
    let answer = '';
    socket.setEncoding('utf8');
    socket.on('connect', () => socket.write(`${JSON.stringify({ secret, ...message })}\n`));
    socket.on('data', (chunk: string) => (answer += chunk));
    socket.on('end', () => {
      socket.end();
      resolve(answer);
    });
    socket.on('error', reject);
  });
}
