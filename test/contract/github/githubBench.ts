import { GitHubHost } from '../../../src/hosts/github/githubHost.ts';
import { GitSandbox } from '../../forge/git/gitCommand.ts';
import { GitRepository } from '../../forge/git/gitRepository.ts';
import { GitHubForge } from '../../forge/github/githubForge.ts';
import { fullName, type ForgeOwner, type ForgeRepository } from '../../forge/github/state.ts';
import { forgeTools, sessionOf } from '../forgeTools.ts';
import { scanTalk } from '../scanned.ts';

const people = {
  ada: ['ada', 'token-of-ada'],
  tea: ['tea', 'token-of-tea'],
  read: ['rita', 'token-of-reader'],
  none: ['sam', 'token-of-stranger'],
  nobody: [undefined, undefined],
  expired: ['old', 'token-that-ran-out'],
} as const;

/** A server with one repository, `acme/payments`, and people who use it. */
export class GitHubBench {
  readonly tools = forgeTools();

  private constructor(
    readonly sandbox: GitSandbox,
    readonly forge: GitHubForge,
    readonly owner: ForgeOwner,
    readonly served: ForgeRepository,
    readonly repository: GitRepository,
  ) {}

  static async open(): Promise<GitHubBench> {
    const sandbox = new GitSandbox();
    const forge = await GitHubForge.start();
    const owner = forge.addOwner('acme');
    const repository = GitRepository.make(sandbox, 'payments');
    const served = forge.addRepository(owner, 'payments', repository);
    return new GitHubBench(sandbox, forge, owner, served, repository);
  }

  get id(): string {
    return String(this.served.id);
  }

  get fullName(): string {
    return fullName(this.served);
  }

  host(who: keyof typeof people = 'ada'): GitHubHost {
    return new GitHubHost(this.tools, this.forge.http.origin, sessionOf(people[who][0], people[who][1]));
  }

  addRepository(name: string, owner = this.owner): ForgeRepository {
    const repository = GitRepository.make(this.sandbox, `${owner.login}-${name}`);
    return this.forge.addRepository(owner, name, repository);
  }

  async close(): Promise<void> {
    await this.forge.stop();
    this.sandbox.remove();
    scanTalk(this.forge.http, this.tools.log);
  }
}
