import { Failure } from '../../core/errors.ts';
import type { HostId, RepositoryRef } from '../../core/model/repository.ts';
import type { Hosts } from '../../ports/hosts.ts';
import type { OpenClones } from '../../ports/openClones.ts';
import type { Workspace } from '../../ports/workspace.ts';
import type { FoundClone, WorkspaceClones } from '../../ports/workspaceClone.ts';
import type { Bindings } from '../accounts/bindings.ts';
import { remoteOf } from '../clone/remoteOf.ts';
import type { CloneChoice } from '../connectRequest.ts';

/** The clones that a person has in a workspace folder, as something to connect. */
export class CloneChoices {
  constructor(
    private readonly workspace: Workspace,
    private readonly hosts: Hosts,
    private readonly bindings: Bindings,
    /** Absent where there is no Git to run. */
    private readonly clones: { readonly places: WorkspaceClones; readonly open: OpenClones } | undefined,
  ) {}

  /** What the workspace folder is a clone of; then what those are that the window has open below and around it. */
  async here(workspaceFolder: string, signal: AbortSignal): Promise<readonly CloneChoice[]> {
    const places = [
      ...['', ...this.below(workspaceFolder)].map((folder) => [workspaceFolder, folder] as const),
      ...this.around(workspaceFolder).map((root) => [root, ''] as const),
    ];
    const found = await Promise.all(places.map(([uri, folder]) => this.at(uri, folder, signal)));
    const choices = found.flatMap((clone) => (clone === undefined ? [] : (this.choiceOf(clone) ?? [])));
    return [...new Map(choices.map((choice) => [`${choice.host} ${choice.address}`, choice])).values()];
  }

  /** The top folder of a clone of the repository that the workspace folder is only a part of. */
  async partOf(workspaceFolder: string, repository: RepositoryRef, signal: AbortSignal): Promise<string | undefined> {
    for (const root of this.around(workspaceFolder)) {
      const found = await this.at(root, '', signal);
      if (found !== undefined && remoteOf(found, repository, this.hosts) !== undefined) return root;
    }
    return undefined;
  }

  /** Where it is cloned already: in the workspace folder itself, or below it, in one of `folders` or an open clone. */
  async of(
    workspaceFolder: string,
    repository: RepositoryRef,
    folders: readonly string[],
    signal: AbortSignal,
  ): Promise<{ readonly folder: string; readonly branch?: string } | undefined> {
    for (const folder of new Set(['', ...folders, ...this.below(workspaceFolder)])) {
      const found = await this.at(workspaceFolder, folder, signal);
      if (found === undefined || remoteOf(found, repository, this.hosts) === undefined) continue;
      return { folder, ...(found.branch === undefined ? {} : { branch: found.branch }) };
    }
    return undefined;
  }

  private get roots(): readonly string[] {
    return this.clones?.open.roots ?? [];
  }

  private choiceOf({ remotes }: FoundClone): CloneChoice | undefined {
    for (const address of remotes.flatMap((remote) => remote.addresses)) {
      const repository = this.listed(address) ?? this.parsed('git', address);
      if (repository !== undefined) return { host: repository.host, address: this.hosts.address(repository) };
    }
    return undefined;
  }

  /** Folders of open clones, relative to the workspace folder. */
  private below(workspaceFolder: string): readonly string[] {
    const start = `${workspaceFolder}/`;
    return this.roots
      .filter((root) => root.startsWith(start))
      .map((root) => decodeURIComponent(root.slice(start.length)));
  }

  private around(workspaceFolder: string): readonly string[] {
    return this.roots.filter((root) => workspaceFolder.startsWith(`${root}/`));
  }

  private async at(workspaceFolder: string, folder: string, signal: AbortSignal): Promise<FoundClone | undefined> {
    if (!this.workspace.trusted) return undefined;
    const found = await this.clones?.places.find(workspaceFolder, folder, signal);
    return found?.isOwnFolder === true ? undefined : found;
  }

  /** A host that knows more than Git does, where somebody is signed in there; else Git does without an account. */
  private listed(address: string): RepositoryRef | undefined {
    const lists = this.hosts.descriptions.filter(({ addressing }) => addressing === 'list');
    return lists
      .flatMap(({ id }) => this.parsed(id, address) ?? [])
      .find((repository) => this.bindings.account(repository) !== undefined);
  }

  private parsed(host: HostId, address: string): RepositoryRef | undefined {
    try {
      return this.hosts.parse(host, address);
    } catch (error) {
      if (Failure.is(error)) return undefined;
      throw error;
    }
  }
}
