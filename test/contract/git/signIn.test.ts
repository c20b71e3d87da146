import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { CredentialPrompt, Credentials } from '../../../src/ports/credentials.ts';
import { call, fails, readText } from '../support.ts';
import { GitBench } from './gitBench.ts';

const password = 'pässword with "quotes" and $dollars';
const fingerprint = 'SHA256:uNiVztksCsDhcc0u9e8BrqJXVGDTdV5xlWXkX9oQ2Ds';

describe('git, when it has to ask', function () {
  this.timeout(30_000);
  let bench: GitBench;
  let asked: CredentialPrompt[];
  let answers: Partial<Record<CredentialPrompt['kind'], string>>;
  beforeEach(async () => {
    bench = await GitBench.open();
    asked = [];
    answers = { username: 'ada', password };
  });
  afterEach(() => bench.close());

  const interactive = { ...call(), interactive: true };
  const answer: Credentials['ask'] = (prompt) => {
    asked.push(prompt);
    return Promise.resolve(answers[prompt.kind]);
  };
  const hostThatAsks = (origin = bench.server.origin, ask = answer) => bench.hostThatAsks(ask, { origin });

  it('asks the person in what they started, and stores nothing', async () => {
    bench.server.faults.credentials = { user: 'ada', password };
    const host = hostThatAsks();
    assert.equal(await host.head(bench.url, 'main', interactive), bench.head);
    assert.deepEqual(
      asked.map(({ kind }) => kind),
      ['username', 'password'],
    );
    assert.ok(asked.every(({ text }) => text.includes(bench.server.origin.slice('http://'.length))));
    const { commit } = await bench.commit(host, bench.url, true);
    assert.equal(bench.repository.head('main'), commit);
    for (const file of everyFile(bench.sandbox.folder))
      assert.ok(!readFileSync(file, 'latin1').includes('$dollars'), file);
  });

  it('asks nobody in the background', async () => {
    bench.server.faults.credentials = { user: 'ada', password };
    await fails(hostThatAsks().head(bench.url, 'main', call()), 'signInNeeded');
    assert.deepEqual(asked, []);
  });

  it('says signInNeeded for a wrong password, and for a closed question', async () => {
    bench.server.faults.credentials = { user: 'ada', password };
    const host = hostThatAsks();
    answers = { username: 'ada', password: 'the wrong one' };
    const failure = await fails(host.head(bench.url, 'main', interactive), 'signInNeeded');
    assert.ok(!JSON.stringify(failure.facts).includes('the wrong one'));
    answers = {};
    await fails(host.head(bench.url, 'main', interactive), 'signInNeeded');
  });

  it('closes the question when the operation is cancelled', async () => {
    bench.server.faults.credentials = { user: 'ada', password };
    const controller = new AbortController();
    let isClosed = false;
    const ask = (_prompt: CredentialPrompt, signal: AbortSignal) =>
      new Promise<undefined>(() => {
        signal.addEventListener('abort', () => (isClosed = true));
        controller.abort();
      });
    const host = hostThatAsks(bench.server.origin, ask);
    await fails(host.head(bench.url, 'main', { signal: controller.signal, interactive: true }), 'cancelled');
    assert.equal(isClosed, true);
  });

  it('uses the credential helper of the person, in the background too', async () => {
    bench.server.faults.credentials = { user: 'ada', password: 'kept for ada' };
    const helper = bench.script(
      bench.sandbox.path('helper'),
      `if (process.argv[2] === 'get') console.log('username=ada\\npassword=kept for ada');`,
    );
    bench.sandbox.configure('credential.helper', helper);
    const host = hostThatAsks();
    assert.equal(await host.head(bench.url, 'main', call()), bench.head);
    assert.equal(await readText(host, bench.url, bench.head, 'a.yaml'), '1');
    assert.deepEqual(asked, []);
  });

  describe('through ssh', () => {
    const origin = 'ssh://git@example.com';
    const url = () => `${origin}${bench.repository.path}`;
    /** An ssh that runs the command here; `before` sees its arguments as `args`, and can ask as ssh does. */
    const useSsh = (before = '') => {
      const ssh = bench.script(
        bench.sandbox.path('ssh'),
        `const { spawnSync } = require('child_process');
        const args = process.argv.slice(2);
        if (args[0] === '-G') process.exit(0);
        const ask = (text) => spawnSync(process.env.SSH_ASKPASS, [text], { encoding: 'utf8' }).stdout.trim();
        const isUnattended = args.includes('-oBatchMode=yes');
        const refuse = (text) => { console.error(text); process.exit(255); };
        ${before}
        process.exit(spawnSync('sh', ['-c', args.at(-1)], { stdio: 'inherit' }).status);`,
      );
      bench.sandbox.configure('core.sshCommand', ssh);
      bench.sandbox.configure('ssh.variant', 'ssh');
    };
    const question = `The authenticity of host 'example.com' can't be established.\\nED25519 key fingerprint is ${fingerprint}.\\nAre you sure you want to continue connecting (yes/no/[fingerprint])? `;
    const hostKeyCheck = `
      if (isUnattended) {
        if (args.includes('-v')) console.error('debug1: Server host key: ssh-ed25519 ${fingerprint}');
        refuse('Host key verification failed.');
      }
      if (ask(${JSON.stringify(question).replaceAll('\\\\n', '\\n')}) !== 'yes') refuse('Host key verification failed.');`;

    it('reads and pushes with the command that the person configured', async () => {
      useSsh();
      const host = hostThatAsks(origin);
      assert.equal(await host.head(url(), 'main', call()), bench.head);
      assert.equal(await readText(host, url(), bench.head, 'a.yaml'), '1');
      const { commit } = await bench.commit(host, url());
      assert.equal(bench.repository.head('main'), commit);
    });

    it('asks for a passphrase only in what the person started', async () => {
      useSsh(
        `if (isUnattended || ask("Enter passphrase for key '/h/.ssh/id': ") !== 'open sesame') refuse('git@example.com: Permission denied (publickey).');`,
      );
      answers = { passphrase: 'open sesame' };
      const host = hostThatAsks(origin);
      await fails(host.head(url(), 'main', call()), 'signInNeeded');
      assert.deepEqual(asked, []);
      assert.equal(await host.head(url(), 'main', interactive), bench.head);
      assert.deepEqual(asked, [{ kind: 'passphrase', text: "Enter passphrase for key '/h/.ssh/id':" }]);
    });

    it('names the fingerprint of a key that is not known, in the background and when asked and refused', async () => {
      useSsh(hostKeyCheck);
      const host = hostThatAsks(origin);
      const silent = await fails(host.head(url(), 'main', call()), 'hostKeyUnknown');
      assert.equal(silent.facts.detail, `ssh-ed25519 ${fingerprint}`);
      assert.deepEqual(asked, []);
      const refused = await fails(host.repository(url(), interactive), 'hostKeyUnknown');
      assert.equal(refused.facts.detail, `ED25519 ${fingerprint}`);
      const push = await fails(bench.commit(hostThatAsks(origin), url()), 'hostKeyUnknown');
      assert.equal(push.facts.detail, `ssh-ed25519 ${fingerprint}`);
    });

    it('goes on when the person confirms the key', async () => {
      useSsh(hostKeyCheck);
      answers = { hostKey: 'yes' };
      assert.equal(await hostThatAsks(origin).head(url(), 'main', interactive), bench.head);
      assert.deepEqual(
        asked.map(({ kind }) => kind),
        ['hostKey'],
      );
    });
  });
});

function everyFile(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile());
}
