import type { Api } from '../../core/model/api.ts';
import { checkPath } from '../../core/model/pathRules.ts';
import type { RepositoryRef } from '../../core/model/repository.ts';
import type { Hosts } from '../../ports/hosts.ts';
import type { OperationContext } from '../../ports/progress.ts';
import type { Bindings } from '../accounts/bindings.ts';
import type { ApisFiles } from '../apisFiles.ts';
import { isSameRepository } from '../checkout/checkouts.ts';
import type { AskedRepository, RepositoryChoice } from '../connectRequest.ts';
import type { CloneChoices } from './cloneChoices.ts';
import { foldersOverlap } from '../../core/model/foldersOverlap.ts';
import { lastSegment } from './lastSegment.ts';
import { unusedName } from './proposedName.ts';
import type { ResolveRepository } from './resolveRepository.ts';

/** Asks the host what an address is, and proposes where to put it. */
export class FindRepository {
  constructor(
    private readonly hosts: Hosts,
    private readonly resolve: ResolveRepository,
    private readonly apis: ApisFiles,
    private readonly bindings: Bindings,
    private readonly clones: CloneChoices,
  ) {}

  async run(workspaceFolder: string, asked: AskedRepository, context: OperationContext): Promise<RepositoryChoice> {
    const { repository } = await this.resolve.ask(asked, context);
    const account = this.bindings.of(repository, asked.account) ?? this.bindings.account(repository)?.id;
    const { name, origin, defaultBranch, empty, canPush } = repository;
    const apis = await this.apis.list(workspaceFolder);
    const suggestedFolder = folderFor(repository, apis);
    const clone = await this.clones.of(workspaceFolder, repository, [suggestedFolder], context.signal);
    const partOf =
      clone === undefined ? await this.clones.partOf(workspaceFolder, repository, context.signal) : undefined;
    return {
      name,
      suggestedName: unusedName(lastSegment(name), apis),
      origin,
      ...(account === undefined ? {} : { account }),
      address: this.hosts.address(repository),
      ...(defaultBranch === undefined ? {} : { defaultBranch }),
      empty,
      ...(canPush === undefined ? {} : { canPush }),
      suggestedFolder: clone?.folder ?? suggestedFolder,
      ...(clone === undefined ? {} : { clone: clone.branch === undefined ? {} : { branch: clone.branch } }),
      ...(partOf === undefined ? {} : { partOf }),
    };
  }
}

/** The folder that has the repository already, else a free one with its name. */
function folderFor(repository: RepositoryRef, apis: readonly Api[]): string {
  const shared = apis.find(({ connection }) => connection && isSameRepository(connection.repository, repository));
  if (shared !== undefined) return shared.folder;
  // Beside an API of the workspace folder itself no folder is free: then the form says so.
  const isTaken = (name: string): boolean => apis.some(({ folder }) => folder !== '' && foldersOverlap(folder, name));
  const name = folderName(repository.name);
  let free = name;
  for (let number = 2; isTaken(free); number++) free = `${name}-${number}`;
  return free;
}

/** The last segment of a name, if every platform can hold it. */
function folderName(name: string): string {
  const last = lastSegment(name).replaceAll(/[^\p{L}\p{N}._-]+/gu, '-');
  return checkPath(last, 'windows') === undefined ? last : 'repository';
}
