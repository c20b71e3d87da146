import type { ApiKey } from '../../app/apiNode.ts';
import type { ReadonlyApiStore } from '../../app/apiStore.ts';
import type { UseCases } from '../../app/useCases.ts';
import type { Accounts } from '../../ports/accounts.ts';
import type { Hosts } from '../../ports/hosts.ts';
import type { Log } from '../../ports/log.ts';
import type { Personal } from '../../ports/personal.ts';
import type { Workspace } from '../../ports/workspace.ts';
import type { SignIn } from '../accounts/tokenSignIn.ts';
import type { FailureActionRunner } from '../runOperation.ts';

export type ConnectUseCases = Pick<
  UseCases,
  | 'accounts'
  | 'listOwners'
  | 'listRepositories'
  | 'clonedHere'
  | 'findRepository'
  | 'listBranches'
  | 'branchContents'
  | 'checkConnect'
  | 'previewConnect'
  | 'connect'
>;

/** What the connect form and its quick-pick twin work with. */
export interface ConnectServices {
  readonly useCases: ConnectUseCases;
  readonly apis: ReadonlyApiStore;
  readonly hosts: Hosts;
  readonly workspace: Workspace;
  readonly personal: Personal;
  readonly accounts: Pick<Accounts, 'onDidChange'>;
  readonly signIn: SignIn;
  readonly log: Log;
  readonly actions: FailureActionRunner;
  /** The API is connected: shows it where APIs are shown. */
  readonly onConnected: (api: ApiKey) => void;
}
