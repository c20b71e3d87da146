import type { HostId, Repository, RepositoryRef } from '../../core/model/repository.ts';
import type { Hosts } from '../../ports/hosts.ts';
import type { CallContext, RepositoryHost } from '../../ports/repositoryHost.ts';
import type { Bindings } from '../accounts/bindings.ts';
import type { AskedRepository } from '../connectRequest.ts';

/** A repository by its immutable id, and the host that knows it. */
export interface ResolvedRepository {
  readonly ref: RepositoryRef;
  readonly host: RepositoryHost;
}

/** A form names few repositories; what falls out is asked for again. */
const mostKnown = 100;

/**
 * From an address to the repository for good. Where a host's addresses are made of names, which change, it is asked
 * once for the id behind one: whoever chooses a repository asks anew, what follows from the choice costs nothing.
 */
export class ResolveRepository {
  private readonly known = new Map<string, RepositoryRef>();

  constructor(
    private readonly hosts: Hosts,
    private readonly bindings: Bindings,
  ) {}

  /** @throws Failure `unsafeUrl`, `repositoryNotFound`, `signInNeeded`, `offline` … */
  async run(asked: AskedRepository, call: CallContext): Promise<ResolvedRepository> {
    const named = this.hosts.parse(asked.host, asked.address);
    const ref = this.isFinal(named) ? named : this.known.get(keyOf(named));
    if (ref !== undefined) return { ref, host: await this.hostOf(ref, asked) };
    const { repository, host } = await this.ask(asked, call);
    return { ref: refOf(repository), host };
  }

  /** Everything that the host says of it now. */
  async ask(
    asked: AskedRepository,
    call: CallContext,
  ): Promise<{ readonly repository: Repository; readonly host: RepositoryHost }> {
    const named = this.hosts.parse(asked.host, asked.address);
    const host = await this.hostOf(named, asked);
    const repository = await host.repository(named.id, call);
    if (!this.isFinal(named)) this.remember(keyOf(named), refOf(repository));
    return { repository, host };
  }

  /** What the address itself tells for good: nothing where it is made of names. */
  refIn(hostId: HostId, address: string): RepositoryRef | undefined {
    const named = this.hosts.parse(hostId, address);
    return this.isFinal(named) ? named : undefined;
  }

  private hostOf(ref: RepositoryRef, { account }: AskedRepository): Promise<RepositoryHost> {
    const asking = this.bindings.of(ref, account) ?? this.bindings.chosen(ref);
    return this.hosts.open(ref.host, ref.origin, asking);
  }

  private isFinal({ host }: RepositoryRef): boolean {
    return this.hosts.descriptions.find(({ id }) => id === host)?.addressing !== 'list';
  }

  private remember(key: string, ref: RepositoryRef): void {
    this.known.delete(key);
    this.known.set(key, ref);
    const [oldest] = this.known.keys();
    if (this.known.size > mostKnown && oldest !== undefined) this.known.delete(oldest);
  }
}

function keyOf({ host, origin, id }: RepositoryRef): string {
  return JSON.stringify([host, origin, id]);
}

function refOf({ host, origin, id, name }: Repository): RepositoryRef {
  return { host, origin, id, name };
}
