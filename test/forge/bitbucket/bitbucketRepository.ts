import { createHash } from 'node:crypto';
import type { GitRepository } from '../git/gitRepository.ts';
import { ForgeGit, type CommitObject } from '../http/forgeGit.ts';

export interface Workspace {
  readonly uuid: string;
  readonly slug: string;
  readonly name: string;
}

export interface PullRequest {
  readonly id: number;
  readonly title: string;
  readonly description: string;
  readonly from: string;
  readonly to: string;
}

/** A repository of the host: what is not in Git, and Git. */
export class BitbucketRepository {
  readonly uuid: string;
  readonly git: ForgeGit;
  readonly pullRequests: PullRequest[] = [];
  /** Branches that only a pull request changes. */
  readonly restricted = new Set<string>();
  /** Paths that Git LFS keeps. */
  readonly lfs = new Set<string>();
  slug: string;
  #mainBranch: string | undefined;

  constructor(
    readonly workspace: Workspace,
    repository: GitRepository,
  ) {
    this.slug = repository.name;
    this.uuid = uuidOf(`${workspace.slug}/${repository.name}`);
    this.git = new ForgeGit(repository);
  }

  get fullName(): string {
    return `${this.workspace.slug}/${this.slug}`;
  }

  get id(): string {
    return `${this.workspace.uuid}/${this.uuid}`;
  }

  set mainBranch(name: string) {
    this.#mainBranch = name;
  }

  /** The first one that was pushed, unless somebody chose another; none in an empty repository. */
  async findMainBranch(): Promise<string | undefined> {
    if (this.#mainBranch !== undefined) return this.#mainBranch;
    const names = (await this.git.branches()).map(({ name }) => name);
    return names.includes('main') ? 'main' : names[0];
  }
}

export function workspaceNamed(name: string): Workspace {
  const slug = name.toLowerCase();
  return { uuid: uuidOf(slug), slug, name };
}

/** The same for the same name in every run. */
export function uuidOf(name: string): string {
  const hex = createHash('sha1').update(name).digest('hex');
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ];
  return `{${parts.join('-')}}`;
}

/** As the API shows a commit. */
export function commitJson({ id, message, parents, author }: CommitObject): object {
  return {
    type: 'commit',
    hash: id,
    message,
    date: author.date.toISOString(),
    author: { type: 'author', raw: `${author.name} <${author.email}>` },
    parents: parents.map((hash) => ({ type: 'commit', hash })),
  };
}
