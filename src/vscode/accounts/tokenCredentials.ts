import type { Credential } from '../../ports/accounts.ts';
import { hasTexts } from './accountList.ts';
import type { ListedAccount } from './accountList.ts';
import type { CredentialSource } from './credentialSource.ts';
import type { SecretRecords } from './secretRecords.ts';

/** Pasted tokens: nothing renews them but the person. */
export class TokenCredentials implements CredentialSource {
  constructor(private readonly records: SecretRecords) {}

  async credential({ id }: Pick<ListedAccount, 'id'>): Promise<Credential | undefined> {
    const stored = await this.records.read(id);
    if (hasTexts(stored, ['kind', 'token']) && stored.kind === 'bearer') return { kind: 'bearer', token: stored.token };
    if (!hasTexts(stored, ['kind', 'user', 'password']) || stored.kind !== 'basic') return undefined;
    return { kind: 'basic', user: stored.user, password: stored.password };
  }

  /** Another window may have got another one while the host was asked. */
  async renewed(account: ListedAccount, refused: Credential): Promise<Credential | undefined> {
    const now = await this.credential(account);
    return JSON.stringify(now) === JSON.stringify(refused) ? undefined : now;
  }

  async keep(account: string, credential: Credential): Promise<void> {
    await this.records.write(account, credential);
  }

  async forget({ id }: ListedAccount): Promise<void> {
    await this.records.forget(id);
  }
}
