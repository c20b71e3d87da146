import { Failure } from '../../core/errors.ts';
import type { HostId, RepositoryRef } from '../../core/model/repository.ts';
import type { Hosts } from '../../ports/hosts.ts';
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
    private readonly clones: WorkspaceClones | undefined,
  ) {}

  /** The repository that the workspace folder itself is a clone of. */
  async here(workspaceFolder: string, signal: AbortSignal): Promise<CloneChoice | undefined> {
    const found = await this.at(workspaceFolder, '', signal);
    const addresses = found?.remotes.flatMap((remote) => remote.addresses) ?? [];
    for (const address of addresses) {
      const repository = this.listed(address) ?? this.parsed('git', address);
      if (repository !== undefined) return { host: repository.host, address: this.hosts.address(repository) };
    }
    return undefined;
  }

  /** Where the repository is cloned already: in the workspace folder itself, or in one of `folders` below it. */
  async of(
    workspaceFolder: string,
    repository: RepositoryRef,
    folders: readonly string[],
    signal: AbortSignal,
  ): Promise<{ readonly folder: string; readonly branch?: string } | undefined> {
    for (const folder of new Set(['', ...folders])) {
      const found = await this.at(workspaceFolder, folder, signal);
      if (found === undefined || remoteOf(found, repository, this.hosts) === undefined) continue;
      return { folder, ...(found.branch === undefined ? {} : { branch: found.branch }) };
    }
    return undefined;
  }

  private async at(workspaceFolder: string, folder: string, signal: AbortSignal): Promise<FoundClone | undefined> {
    if (!this.workspace.trusted) return undefined;
    const found = await this.clones?.find(workspaceFolder, folder, signal);
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
