import { chmodSync, writeFileSync } from 'node:fs';
import { GitRepository } from '../git/gitRepository.ts';
import type { GitSandbox } from '../git/gitCommand.ts';
import { Forge, type ForgeAccount, type ForgeReply, type ForgeRequest, type ForgeRoute } from '../http/forge.ts';
import { ForgeGit } from '../http/forgeGit.ts';
import { unauthorized } from './answers.ts';
import { branchRoutes } from './branchRoutes.ts';
import { contentRoutes } from './contentRoutes.ts';
import { dataCenterDescription } from './description.ts';
import { gitRoutes } from './gitRoutes.ts';
import { historyRoutes } from './historyRoutes.ts';
import { listRoutes } from './listRoutes.ts';
import { pullRequestRoutes } from './pullRequestRoutes.ts';

export interface ForgedPullRequest {
  readonly id: number;
  readonly title: string;
  readonly from: string;
  readonly to: string;
}

export interface ForgedRepository {
  readonly key: string;
  readonly slug: string;
  readonly name: string;
  archived: boolean;
  readonly bare: GitRepository;
  readonly git: ForgeGit;
  readonly pullRequests: ForgedPullRequest[];
}

/** What the server's administrator sets; the pages of each list are cut to `most`. */
export interface ForgeSettings {
  most: number;
  /** `page.max.changes`: a comparison has no more, and no second page. */
  hardChanges: number | undefined;
  /** Whether a second pull request of a branch is told with the first one. */
  tellsExisting: boolean;
}

export interface DataCenterForgeOptions {
  readonly sandbox: GitSandbox;
  readonly accounts: Readonly<Record<string, ForgeAccount>>;
  /** Where the server lives below its address. */
  readonly context?: string;
  /** To listen on; a free one unless told. */
  readonly port?: number;
}

/** Bitbucket Data Center: its REST API, and Git at the same address. */
export class DataCenterForge {
  readonly repositories: ForgedRepository[] = [];
  readonly projects = new Map<string, string>();
  readonly settings: ForgeSettings = { most: 1_000, hardChanges: undefined, tellsExisting: true };
  readonly description = dataCenterDescription();
  #forge: Forge | undefined;

  private constructor(
    readonly sandbox: GitSandbox,
    private readonly context: string,
  ) {}

  static async start({ sandbox, accounts, context = '', port = 0 }: DataCenterForgeOptions): Promise<DataCenterForge> {
    const made = new DataCenterForge(sandbox, context);
    const api = [listRoutes, branchRoutes, contentRoutes, historyRoutes, pullRequestRoutes].flatMap((of) => of(made));
    const git = gitRoutes(made).map((route) => ({ ...route, base: context }));
    made.#forge = await Forge.start({
      name: 'Bitbucket Data Center',
      base: `${context}/rest`,
      routes: [...api, ...git].map(withUserName),
      description: made.description,
      accounts,
      port,
      unauthorized,
    });
    return made;
  }

  get http(): Forge {
    if (this.#forge === undefined) throw new Error('the forge is not started');
    return this.#forge;
  }

  /** As people name the server. */
  get origin(): string {
    return this.http.origin + this.context;
  }

  addRepository(key: string, slug: string, name = slug): ForgedRepository {
    if (!key.startsWith('~')) this.projects.set(key, `The ${key} project`);
    const bare = GitRepository.make(this.sandbox, `${key}-${slug}`);
    const made = { key, slug, name, archived: false, bare, git: new ForgeGit(bare), pullRequests: [] };
    this.repositories.push(made);
    return made;
  }

  find(key: string, slug: string): ForgedRepository | undefined {
    const isSame = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
    return this.repositories.find((one) => isSame(one.key, key) && isSame(one.slug, slug));
  }

  /** Pushes to the branch are refused, as its permissions do. */
  protect({ bare }: ForgedRepository, branch: string): void {
    const hook = bare.hook('pre-receive');
    const text = 'You are not permitted to push to this branch; use a pull request.';
    writeFileSync(
      hook,
      `#!/bin/sh\nwhile read old new ref; do\n[ "$ref" = "refs/heads/${branch}" ] && echo "${text}" && exit 1\ndone\nexit 0\n`,
    );
    chmodSync(hook, 0o755);
  }

  async stop(): Promise<void> {
    await this.http.stop();
    this.close();
  }

  close(): void {
    for (const { git } of this.repositories) git.close();
  }
}

/** Every answer to an account says whose it is. */
function withUserName(route: ForgeRoute): ForgeRoute {
  const handle = async (request: ForgeRequest): Promise<ForgeReply> => {
    const reply = await route.handle(request);
    const user = request.account ?? 'anonymous';
    return { ...reply, headers: { 'X-AUSERNAME': encodeURIComponent(user), ...reply.headers } };
  };
  return { ...route, handle };
}
