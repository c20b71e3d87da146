import type { HostId } from '../core/model/repository.ts';
import type { Account } from './accounts.ts';

/**
 * The ways to sign in. `vscode`: a session of VS Code's own; `callback`: the browser, which leads back into VS Code;
 * `loopback`: the browser, which leads back to a port of this computer; `device`: a code that is typed in at the host;
 * `token`: a token that is pasted.
 */
export type SignInFlowId = 'vscode' | 'callback' | 'loopback' | 'device' | 'token';

/** Where the extension runs: on the computer of the person, on another one, in (or behind) a browser. */
export type SignInPlace = 'desktop' | 'remote' | 'web';

/** What a right is for. */
export type ScopeUse = 'identity' | 'email' | 'owners' | 'read' | 'write' | 'workflows' | 'pullRequests' | 'stay';

/** What a host may want beside a sign-in, worth knowing before it. */
export type SignInNeed =
  /** GitHub: an organization must approve the application that asks. */
  | 'organizationApproval'
  /** GitHub: an organization's single sign-on must know the session, or the token. */
  | 'singleSignOn'
  /** GitHub keeps ten tokens per person, application and set of rights: an eleventh ends the oldest. */
  | 'tenTokens'
  /** Azure DevOps: conditional access of the tenant; an organization of another tenant has to be named. */
  | 'conditionalAccess'
  /** Azure DevOps: policies may forbid tokens, or bound how long they live; a token is one organization's. */
  | 'tokenPolicy'
  /** GitLab: an application with our redirect address must be registered on a server of somebody's own. */
  | 'registeredApplication'
  /** Bitbucket: the consumer's secret, once. */
  | 'consumerSecret';

/** One way to sign in at one server, here. */
export interface SignInFlow {
  readonly id: SignInFlowId;
  /** What will be asked for, in the host's own words, and what each is for. */
  readonly scopes: readonly { readonly name: string; readonly use: ScopeUse }[];
  readonly needs: readonly SignInNeed[];
}

export interface SignInOptions {
  /** Who signs in again: what they had is worth nothing any more. */
  readonly account?: Account;
  /** VS Code's session: let the person choose another one than the one in use. */
  readonly another?: boolean;
  /** Azure DevOps: the Microsoft Entra tenant to sign in to, its id or a domain; absent: what the organization tells. */
  readonly tenant?: string;
  readonly signal?: AbortSignal;
}

/** What became of the host's side when somebody signed out. `elsewhere`: it ends where it was made, on the page. */
export interface SignedOut {
  readonly ended: 'revoked' | 'elsewhere' | 'unknown';
  /** The page of the host with what this person has allowed; `vscode` sessions end in VS Code's Accounts menu. */
  readonly page?: string;
}

/** Every way to sign in: what there is here, best first, and the way itself. */
export interface SignIns {
  readonly place: SignInPlace;
  /** Empty for a host that signs in by ways of its own (Git). Asks nobody anything. */
  flows(host: HostId, origin: string): readonly SignInFlow[];
  /**
   * Only after a click: may show dialogs, or open a browser. The account is tried at its host before it is kept.
   * @throws Failure `cancelled`, `timeout`, `signInNeeded` (the host refused), `unsupported` (no such way here), and
   *   everything that the host says to the trial.
   */
  run(flow: SignInFlowId, host: HostId, origin: string, options?: SignInOptions): Promise<Account>;
  /** Forgets the account and, where the host can, ends what it was given. */
  signOut(account: string): Promise<SignedOut>;
  /** The host's page with what the account's owner has allowed. */
  page(account: Pick<Account, 'host' | 'origin' | 'source'>): string | undefined;
}
