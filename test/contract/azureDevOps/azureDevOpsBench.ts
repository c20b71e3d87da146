import { AzureDevOpsHost } from '../../../src/hosts/azureDevOps/azureDevOpsHost.ts';
import { AzureDevOpsForge } from '../../forge/azureDevOps/azureDevOpsForge.ts';
import type { ForgeProject, ForgeRepository } from '../../forge/azureDevOps/organization.ts';
import type { ApiDescription } from '../../forge/http/apiDescription.ts';
import { GitSandbox } from '../../forge/git/gitCommand.ts';
import { GitRepository } from '../../forge/git/gitRepository.ts';
import { forgeTools, sessionOf } from '../forgeTools.ts';
import { scanTalk } from '../scanned.ts';

const people = {
  ada: ['Ada Person', 'token-of-ada'],
  tea: ['Tea Mate', 'token-of-tea'],
  read: ['Rita Reader', 'token-of-reader'],
  none: ['Sam Stranger', 'token-of-stranger'],
  nobody: [undefined, undefined],
  expired: ['Old Person', 'token-that-ran-out'],
} as const;

/** A server with one repository, `Größe Project/payments`, and people who use it. */
export class AzureDevOpsBench {
  readonly tools = forgeTools();

  private constructor(
    readonly sandbox: GitSandbox,
    readonly forge: AzureDevOpsForge,
    readonly project: ForgeProject,
    readonly served: ForgeRepository,
    readonly repository: GitRepository,
  ) {}

  static async open(description?: ApiDescription): Promise<AzureDevOpsBench> {
    const sandbox = new GitSandbox();
    const forge = await AzureDevOpsForge.start(description);
    const project = forge.addProject('Größe Project');
    const repository = GitRepository.make(sandbox, 'payments');
    const served = forge.addRepository(project, 'payments', repository);
    return new AzureDevOpsBench(sandbox, forge, project, served, repository);
  }

  get id(): string {
    return `${this.project.id}/${this.served.id}`;
  }

  get fullName(): string {
    return `${this.project.name}/${this.served.name}`;
  }

  host(who: keyof typeof people = 'ada'): AzureDevOpsHost {
    const [name, token] = people[who];
    return new AzureDevOpsHost(this.tools, this.forge.origin, sessionOf(name, token));
  }

  addRepository(name: string): ForgeRepository {
    return this.forge.addRepository(this.project, name, GitRepository.make(this.sandbox, name));
  }

  async close(): Promise<void> {
    await this.forge.stop();
    this.sandbox.remove();
    scanTalk(this.forge.http, this.tools.log);
  }
}
