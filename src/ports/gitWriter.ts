import type { CallContext, RepositoryHost } from './repositoryHost.ts';

/** What an account says to Git: for HTTP access tokens the token is the password. */
export interface GitSignIn {
  readonly user: string;
  readonly password: string;
}

/**
 * Makes commits by the Git protocol, for hosts whose own API cannot make them; the repository is its clone address.
 * `signIn` is asked when Git is, and its answer reaches no server but `origin`; `undefined`: nobody is signed in.
 */
export type OpenGitWriter = (
  origin: string,
  signIn: (call: CallContext) => Promise<GitSignIn | undefined>,
) => Pick<RepositoryHost, 'commit'>;
