import type { Event } from '../core/events.ts';
import type { HostId } from '../core/model/repository.ts';

/** What a request proves itself with. Never written to a log, a file, a URL or another origin. */
export type Credential =
  | { readonly kind: 'bearer'; readonly token: string }
  | { readonly kind: 'basic'; readonly user: string; readonly password: string };

/** Whose credential it is: a session of VS Code's own, a token that a person pasted, or a grant of the host to us. */
export type AccountSource = 'vscode' | 'token' | 'oauth';

/** A signed-in identity on one host origin. Holds no secret. */
export interface Account {
  readonly id: string;
  readonly host: HostId;
  /** As in `RepositoryRef`: the credential goes there and nowhere else. */
  readonly origin: string;
  /** For people: `jane`, `jane@acme.example`. */
  readonly name: string;
  readonly source: AccountSource;
  /** Address of a picture, https. */
  readonly avatar?: string;
  /** What it may do, in the host's own words; absent: the host does not tell. */
  readonly scopes?: readonly string[];
  /** Milliseconds since 1970 after which a person has to do something; absent: never, or the host does not tell. */
  readonly expires?: number;
  /** The host accepts it no more: work goes on offline until the same person signs in again. Absent: all is well. */
  readonly state?: 'signedOut';
}

/** An account before it is kept. */
export type NewAccount = Omit<Account, 'id' | 'source' | 'state'>;

/** The accounts of this person. */
export interface Accounts {
  readonly onDidChange: Event<void>;
  /** The one that signed in last comes first. */
  list(): readonly Account[];
  /** Name of an account that was kept here once, also when it is gone: what was chosen for a repository outlives it. */
  nameOf(account: string): string | undefined;
  /**
   * Read at every request: a renewed one counts at once. `undefined` when the account is gone, or signed out: nothing
   * is to be asked in its name then.
   * @throws Failure `offline`, `timeout` and alike where it had to be renewed first and could not be.
   */
  credential(account: string): Promise<Credential | undefined>;
  /**
   * Keeps a pasted token in the secret store. One account per host, origin and name: whoever signs in again, in
   * whatever way, is the same account, and no longer signed out.
   */
  add(account: NewAccount, credential: Credential): Promise<Account>;
  /**
   * The host refused this credential (401). Answers with another one that is worth a second try, since it was renewed;
   * with `undefined` when there is none: the account is `signedOut` from now on.
   */
  refused(account: string, credential: Credential): Promise<Credential | undefined>;
  /** Forgets the account and its credential here; the host is not told (see `SignIns.signOut`). */
  remove(account: string): Promise<void>;
}

/** What one adapter is bound to: an account, or nobody. */
export interface Session {
  /** For messages; `undefined`: nobody is signed in. */
  readonly account: string | undefined;
  /** For messages: whoever was chosen and signed out here, so that it is nobody who asks. */
  readonly absent?: string | undefined;
  /** @throws Failure `signInNeeded` for an account whose host takes its credential no more: nothing is asked then. */
  credential(): Promise<Credential | undefined>;
  /** The host does not take this credential; answers with one to try in its place. Absent: nobody keeps it. */
  refused?(credential: Credential): Promise<Credential | undefined>;
}
