import type { HostId } from '../../core/model/repository.ts';
import type { Account, Accounts, Credential } from '../../ports/accounts.ts';
import type { Hosts } from '../../ports/hosts.ts';
import type { OperationContext } from '../../ports/progress.ts';
import { tryCredential } from './tryCredential.ts';

/** What a person pasted. Never logged, never part of a failure. */
export interface AccessToken {
  /** Where the host wants one beside the token: the account's e-mail. */
  readonly user?: string;
  readonly token: string;
}

/** Signs in with a token: its host is asked at once whose it is, and a bad one is not kept. */
export class AddToken {
  constructor(
    private readonly hosts: Hosts,
    private readonly accounts: Accounts,
  ) {}

  /** @throws Failure `signInNeeded` and everything else that the host says to it. */
  async run(host: HostId, origin: string, token: AccessToken, context: OperationContext): Promise<Account> {
    const credential = credentialOf(token);
    return this.accounts.add(await tryCredential(this.hosts, host, origin, credential, context), credential);
  }
}

function credentialOf({ user, token }: AccessToken): Credential {
  return user === undefined ? { kind: 'bearer', token } : { kind: 'basic', user, password: token };
}
