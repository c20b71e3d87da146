import { Failure } from '../../core/errors.ts';
import type { Hosts } from '../../ports/hosts.ts';
import type { OperationContext } from '../../ports/progress.ts';
import type { Owner, RepositoryHost } from '../../ports/repositoryHost.ts';
import type { Bindings } from '../accounts/bindings.ts';
import type { AskedServer, ListedRepository } from '../connectRequest.ts';

/** What a host lets whoever is signed in choose from, page by page. */
export class RepositoryLists {
  constructor(
    private readonly hosts: Hosts,
    private readonly bindings: Bindings,
  ) {}

  async *owners(server: AskedServer, context: OperationContext): AsyncIterable<readonly Owner[]> {
    const host = await this.open(server);
    yield* host.listOwners(context);
  }

  /** @throws Failure `singleSignOn`, `organizationPolicy` for an owner that is known to show nothing. */
  async *repositories(
    server: AskedServer,
    owner: Owner,
    query: string,
    context: OperationContext,
  ): AsyncIterable<readonly ListedRepository[]> {
    if (owner.locked !== undefined) throw this.lockedOut(server, owner.name, owner.locked);
    const host = await this.open(server);
    for await (const page of host.listRepositories(owner.id, query, context)) {
      yield page.map((repository) => ({
        name: repository.name,
        address: this.hosts.address(repository),
        empty: repository.empty,
        ...(repository.canPush === undefined ? {} : { canPush: repository.canPush }),
      }));
    }
  }

  private open({ host, origin, account }: AskedServer): Promise<RepositoryHost> {
    return this.hosts.open(host, origin, this.bindings.of({ host, origin }, account));
  }

  private lockedOut(server: AskedServer, owner: string, locked: NonNullable<Owner['locked']>): Failure {
    const there = this.bindings.at(server);
    const account = there.find(({ id }) => id === server.account) ?? there[0];
    return new Failure(locked.reason, {
      repository: owner,
      origin: server.origin,
      ...(account === undefined ? {} : { account: account.name }),
      ...(locked.link === undefined ? {} : { link: locked.link }),
    });
  }
}
