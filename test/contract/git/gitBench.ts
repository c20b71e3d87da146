import { chmodSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import type { CommitId } from '../../../src/core/model/ids.ts';
import { createHasher } from '../../../src/platform/node/index.ts';
import { GitHost, type GitHostOptions } from '../../../src/hosts/git/gitHost.ts';
import type { Credentials } from '../../../src/ports/credentials.ts';
import type { CommitResult } from '../../../src/ports/repositoryHost.ts';
import { GitSandbox } from '../../forge/git/gitCommand.ts';
import { GitRepository } from '../../forge/git/gitRepository.ts';
import { GitServer } from '../../forge/git/gitServer.ts';
import { ListedLog } from '../listedLog.ts';
import { ScannedSandbox } from '../scanned.ts';
import { call, write } from '../support.ts';

/** A repository with one file (`a.yaml`: `1`) behind a server: what the tests of Git's own ways start from. */
export class GitBench {
  readonly head: CommitId;
  readonly log = new ListedLog();
  #hosts = 0;

  private constructor(
    readonly sandbox: GitSandbox,
    readonly server: GitServer,
    readonly repository: GitRepository,
    private readonly scanned: ScannedSandbox,
  ) {
    this.head = repository.push('main', { 'a.yaml': '1' }) as CommitId;
  }

  static async open(): Promise<GitBench> {
    const sandbox = new GitSandbox();
    const scanned = new ScannedSandbox(sandbox);
    return new GitBench(sandbox, await GitServer.start(sandbox), GitRepository.make(sandbox, 'payments'), scanned);
  }

  get url(): string {
    return this.server.urlOf(this.repository);
  }

  /** An adapter with a storage folder of its own. */
  host(options: Partial<GitHostOptions> = {}): GitHost {
    const storage = this.sandbox.path('storage', String(this.#hosts++));
    return new GitHost({
      origin: this.server.origin,
      storage,
      gitPath: () => undefined,
      hasher: createHasher(),
      log: this.log,
      ...options,
    });
  }

  /** An adapter that may ask; its helper program is built from the source. */
  hostThatAsks(ask: Credentials['ask'], options: Partial<GitHostOptions> = {}): GitHost {
    const main = this.sandbox.path('askpass.mjs');
    const entry = fileURLToPath(new URL('../../../src/hosts/git/askpassMain.ts', import.meta.url));
    buildSync({
      entryPoints: [entry],
      outfile: main,
      bundle: true,
      platform: 'node',
      format: 'esm',
      logLevel: 'error',
    });
    const credentials = { ask: this.#remembering(ask) };
    return this.host({ prompting: { credentials, askpass: { main, node: process.execPath } }, ...options });
  }

  /** Changes `a.yaml` to `2` on the head that the repository had at the beginning. */
  commit(host: GitHost, url = this.url, interactive = false): Promise<CommitResult> {
    const request = { branch: 'main', expectedHead: this.head, message: 'Mine', changes: [write('a.yaml', '2', '1')] };
    return host.commit(url, request, { ...call(), interactive });
  }

  /** A hook of the repository, or any other program, in Node: it may know a secret. */
  script(path: string, source: string): string {
    writeFileSync(path, `#!${process.execPath}\n${source}`);
    chmodSync(path, 0o755);
    this.scanned.leaveOut(path);
    return path;
  }

  async close(): Promise<void> {
    await this.server.stop();
    const { credentials } = this.server.faults;
    if (credentials) this.scanned.secrets.add(credentials.password);
    this.scanned.close(this.log);
  }

  /** What a person types is looked for in all that is written. */
  #remembering(ask: Credentials['ask']): Credentials['ask'] {
    return async (prompt, signal) => {
      const answer = await ask(prompt, signal);
      const isSecret = prompt.kind === 'password' || prompt.kind === 'passphrase';
      if (isSecret && answer !== undefined) this.scanned.secrets.add(answer);
      return answer;
    };
  }
}
