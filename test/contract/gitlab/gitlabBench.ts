import { GitLabHost } from '../../../src/hosts/gitlab/gitlabHost.ts';
import { GitSandbox } from '../../forge/git/gitCommand.ts';
import { GitRepository } from '../../forge/git/gitRepository.ts';
import { GitLabForge } from '../../forge/gitlab/gitlabForge.ts';
import type { ForgeGroup, ForgeProject } from '../../forge/gitlab/instance.ts';
import { forgeTools, sessionOf } from '../forgeTools.ts';
import { scanTalk } from '../scanned.ts';

const people = {
  ada: ['ada', 'token-of-ada'],
  tea: ['tea', 'token-of-tea'],
  read: ['rita', 'token-of-rita'],
  none: ['sam', 'token-of-sam'],
  nobody: [undefined, undefined],
  expired: ['old', 'token-that-ran-out'],
} as const;

/** A server with one project in a subgroup, `acme/platform/payments`, and people who use it. */
export class GitLabBench {
  readonly tools = forgeTools();

  private constructor(
    readonly sandbox: GitSandbox,
    readonly forge: GitLabForge,
    readonly group: ForgeGroup,
    readonly project: ForgeProject,
    readonly repository: GitRepository,
  ) {}

  static async open(): Promise<GitLabBench> {
    const sandbox = new GitSandbox();
    const forge = await GitLabForge.start();
    forge.addGroup('acme', 'Acme');
    const group = forge.addGroup('acme/platform', 'Acme / Platform & Größe');
    const repository = GitRepository.make(sandbox, 'payments');
    const project = forge.addProject(`${group.full_path}/payments`, repository);
    return new GitLabBench(sandbox, forge, group, project, repository);
  }

  get id(): string {
    return String(this.project.id);
  }

  host(who: keyof typeof people = 'ada'): GitLabHost {
    const [account, token] = people[who];
    return new GitLabHost(this.tools, this.forge.origin, sessionOf(account, token));
  }

  addProject(name: string, owner = this.group.full_path): ForgeProject {
    return this.forge.addProject(`${owner}/${name}`, GitRepository.make(this.sandbox, name));
  }

  /** Gives the project another name, and tells its path. */
  rename(name: string): string {
    this.project.formerPaths.push(this.project.path);
    this.project.path = `${this.group.full_path}/${name}`;
    return this.project.path;
  }

  async close(): Promise<void> {
    await this.forge.stop();
    this.sandbox.remove();
    scanTalk(this.forge.http, this.tools.log);
  }
}
