import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { BitbucketDataCenterHost } from '../../../src/hosts/bitbucketDataCenter/bitbucketDataCenterHost.ts';
import type { AskpassProgram } from '../../../src/hosts/git/answerer.ts';
import { GitHost } from '../../../src/hosts/git/gitHost.ts';
import type { OpenGitWriter } from '../../../src/ports/gitWriter.ts';
import { DataCenterForge, type ForgedRepository } from '../../forge/bitbucketDataCenter/dataCenterForge.ts';
import { GitSandbox } from '../../forge/git/gitCommand.ts';
import { ScannedSandbox } from '../scanned.ts';
import { forgeTools, hasher, sessionOf, type ForgeTools } from '../forgeTools.ts';

export const accounts = {
  'token-of-jane': { name: 'jane', rights: 'write' },
  'token-of-joe': { name: 'joe@acme.example', rights: 'write' },
  'token-of-ruth': { name: 'ruth', rights: 'read' },
  'token-of-nora': { name: 'nora', rights: 'none' },
} as const;

export type Token = keyof typeof accounts;

/** A server with one empty repository, `PAY/payments`, and adapters for whoever comes. */
export class DataCenterBench {
  readonly id = 'PAY/payments';
  readonly tools: ForgeTools = forgeTools();
  /** The setting of the same name. */
  gitPath: string | undefined;
  #askpass: AskpassProgram | undefined;
  #writers = 0;

  private constructor(
    readonly sandbox: GitSandbox,
    readonly forge: DataCenterForge,
    readonly repository: ForgedRepository,
    private readonly scanned: ScannedSandbox,
  ) {}

  static async open(context = ''): Promise<DataCenterBench> {
    const sandbox = new GitSandbox();
    const scanned = new ScannedSandbox(sandbox);
    const forge = await DataCenterForge.start({ sandbox, accounts, context });
    return new DataCenterBench(sandbox, forge, forge.addRepository('PAY', 'payments', 'Payments'), scanned);
  }

  /** `writer` `undefined`: as where there is no Git. */
  host(token: Token = 'token-of-jane', writer: OpenGitWriter | undefined = this.writer): BitbucketDataCenterHost {
    return new BitbucketDataCenterHost(this.tools, this.forge.origin, sessionOf(accounts[token].name, token), writer);
  }

  hostWithoutGit(token: Token = 'token-of-jane'): BitbucketDataCenterHost {
    const session = sessionOf(accounts[token].name, token);
    return new BitbucketDataCenterHost(this.tools, this.forge.origin, session, undefined);
  }

  /** As the desktop makes it, with a storage folder of its own. */
  readonly writer: OpenGitWriter = (origin, signIn) => {
    const storage = this.sandbox.path('storage', String(this.#writers++));
    const options = { storage, gitPath: () => this.gitPath, hasher, log: this.tools.log };
    return new GitHost({ ...options, origin: new URL(origin).origin, account: { askpass: this.askpass, signIn } });
  };

  /** The helper program, built from its source. */
  get askpass(): AskpassProgram {
    this.#askpass ??= { main: this.#buildAskpass(), node: process.execPath };
    return this.#askpass;
  }

  close(): void {
    this.forge.close();
    this.scanned.close(this.tools.log, this.forge.http);
  }

  async stop(): Promise<void> {
    await this.forge.http.stop();
    this.close();
  }

  #buildAskpass(): string {
    const outfile = this.sandbox.path('askpass.mjs');
    const entry = fileURLToPath(new URL('../../../src/hosts/git/askpassMain.ts', import.meta.url));
    buildSync({ entryPoints: [entry], outfile, bundle: true, platform: 'node', format: 'esm', logLevel: 'error' });
    return outfile;
  }
}
