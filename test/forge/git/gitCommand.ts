import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder (a temporary one unless told) that is at the same time the HOME of every Git in it: the person's own configuration is not seen. */
export class GitSandbox {
  readonly environment: NodeJS.ProcessEnv;

  constructor(readonly folder = mkdtempSync(join(tmpdir(), 'git-sandbox-'))) {
    const home = join(this.folder, 'home');
    mkdirSync(home, { recursive: true });
    const config = join(home, '.gitconfig');
    // Nothing here has to survive a power cut, and waiting for the disk takes longer than the tests.
    writeFileSync(
      config,
      '[user]\n\tname = Ada Person\n\temail = ada@example.com\n[init]\n\tdefaultBranch = main\n[safe]\n\tdirectory = *\n[core]\n\tfsync = none\n',
    );
    this.environment = {
      HOME: home,
      XDG_CONFIG_HOME: home,
      GIT_CONFIG_GLOBAL: config,
      GIT_CONFIG_NOSYSTEM: '1',
      // Ours may name modules that Node programs of a test (hooks, helpers) would look for in their own folder.
      NODE_OPTIONS: '',
    };
  }

  /** For Gits that tests run: nothing of ours but the sandbox. */
  get commandEnvironment(): NodeJS.ProcessEnv {
    const own = Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'));
    return { ...Object.fromEntries(own), ...this.environment };
  }

  /** Puts the sandbox's variables into our own environment, which the adapter hands on; gives the way back. */
  enter(): () => void {
    const before = Object.keys(this.environment).map((name) => [name, process.env[name]] as const);
    Object.assign(process.env, this.environment);
    return () => {
      for (const [name, value] of before) {
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      }
    };
  }

  path(...parts: readonly string[]): string {
    return join(this.folder, ...parts);
  }

  configure(key: string, value: string): void {
    this.git(this.folder, 'config', '--global', key, value);
  }

  /** Output of a Git command; throws when it fails. */
  git(cwd: string, ...args: readonly string[]): string {
    return this.gitWith({ cwd }, ...args).toString();
  }

  gitWith(options: { readonly cwd: string; readonly input?: string | Uint8Array }, ...args: readonly string[]): Buffer {
    const env = this.commandEnvironment;
    return execFileSync('git', args, {
      ...options,
      env,
      maxBuffer: 512 * 1024 * 1024,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
  }

  /** Output of a Git command; `undefined` when it fails. */
  tryGit(cwd: string, ...args: readonly string[]): string | undefined {
    const { status, stdout } = spawnSync('git', args, { cwd, env: this.commandEnvironment, encoding: 'utf8' });
    return status === 0 ? stdout : undefined;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
