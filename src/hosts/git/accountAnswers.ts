import type { CredentialPrompt, Credentials } from '../../ports/credentials.ts';
import type { GitSignIn } from '../../ports/gitWriter.ts';
import type { CallContext } from '../../ports/repositoryHost.ts';
import type { AskpassProgram } from './answerer.ts';

/** Who signs in without anybody being asked. */
export interface GitAccount {
  readonly askpass: AskpassProgram;
  /** `undefined`: nobody is signed in. */
  signIn(call: CallContext): Promise<GitSignIn | undefined>;
}

/** Answers Git's questions for an account, where they are about its own origin. */
export class AccountAnswers implements Credentials {
  constructor(
    private readonly origin: string,
    private readonly account: GitAccount,
    private readonly call: CallContext,
  ) {}

  async ask({ kind, text }: CredentialPrompt): Promise<string | undefined> {
    const [, url] = /^(?:Username|Password) for '([^']*)':$/.exec(text) ?? [];
    // A redirect, or the person's configuration, may have led Git to another server.
    if (url === undefined || !URL.canParse(url) || new URL(url).origin !== this.origin) return undefined;
    const signIn = await this.account.signIn(this.call);
    if (signIn === undefined || !isFor(url, signIn.user)) return undefined;
    return kind === 'username' ? signIn.user : signIn.password;
  }
}

/** The person's configuration may name somebody else, whose password ours is not. */
function isFor(url: string, user: string): boolean {
  const { username } = new URL(url);
  return username === '' || decodeURIComponent(username) === user;
}

/**
 * The setting by which Git asks us and not the person's credential helpers, which would also keep what we say. Added
 * to those that the person's environment sets.
 */
export function withoutHelpers(base: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const next = Number.parseInt(base['GIT_CONFIG_COUNT'] ?? '0', 10) || 0;
  return {
    GIT_CONFIG_COUNT: String(next + 1),
    [`GIT_CONFIG_KEY_${String(next)}`]: 'credential.helper',
    [`GIT_CONFIG_VALUE_${String(next)}`]: '',
  };
}
