import type { HostId, RepositoryRef } from '../core/model/repository.ts';
import type { Session } from './accounts.ts';
import type { RepositoryHost } from './repositoryHost.ts';

/** What a form needs to know of a host before it talks to it. */
export interface HostDescription {
  readonly id: HostId;
  /** A codicon's name. */
  readonly icon: string;
  /** `url`: a person types a remote's address. `list`: owner, then repository, are chosen from lists. */
  readonly addressing: 'url' | 'list';
  /** Where nearly everybody's repositories are (`https://github.com`); absent: every person names a server. */
  readonly defaultOrigin?: string;
  /** Whether there are servers of other people's own. */
  readonly selfManaged: boolean;
  /** Absent: the host signs in by ways of its own (Git's credential helpers). */
  readonly token?: {
    /** Bitbucket: the account's e-mail goes with the token. */
    readonly user: 'none' | 'email';
    /** The page of `origin` that makes a right token, its scopes filled in where the host can. */
    page(origin: string): string;
    /** What the token must be allowed to do, in the host's own words. */
    readonly scopes: readonly string[];
    /** Those of `scopes` that are not among what a token was `granted`; absent: the host does not tell what that is. */
    lacks?(granted: readonly string[]): readonly string[];
  };
}

/** The hosts that work here, and the adapter for a repository. */
export interface Hosts {
  readonly descriptions: readonly HostDescription[];
  /**
   * The adapter for a host and origin that asks as `account` and as nobody else; made on first use, the same object
   * for the same three. Without an account: as whoever signed in there last. An account of another server is nobody.
   * Does no network call.
   */
  open(host: HostId, origin: string, account?: string): Promise<RepositoryHost>;
  /** An adapter for a session that is not an account yet (a token that is being checked); never kept. */
  openAs(host: HostId, origin: string, session: Session): Promise<RepositoryHost>;
  /** What a person typed for a server, in its normal form. @throws Failure `unsafeUrl`. */
  parseOrigin(host: HostId, address: string): string;
  /**
   * Turns what a person typed (a URL, `git@host:path`, a path, `owner/repository`) into a reference, without any
   * network call. On `list` hosts its `id` is the full name until `RepositoryHost.repository` has told the real one.
   * @throws Failure `unsafeUrl` with the broken rule in `detail`.
   */
  parse(host: HostId, address: string): RepositoryRef;
  /** The other way round: an address for people that `parse` understands. */
  address(repository: RepositoryRef): string;
}
