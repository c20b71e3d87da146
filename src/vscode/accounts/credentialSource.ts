import type { Credential } from '../../ports/accounts.ts';
import type { ListedAccount } from './accountList.ts';

/** Where the credentials of the accounts of one source come from. */
export interface CredentialSource {
  /** `undefined`: there is none any more, and the person has to sign in again. Throws when nobody can tell now. */
  credential(account: ListedAccount): Promise<Credential | undefined>;
  /** Another one than the host refused; `undefined`: there is none. */
  renewed(account: ListedAccount, refused: Credential): Promise<Credential | undefined>;
  forget(account: ListedAccount): Promise<void>;
}
