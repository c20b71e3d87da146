import { commands as vscodeCommands, l10n, window, type QuickPickItem } from 'vscode';
import { isAt } from '../../app/accounts/isAt.ts';
import type { ApiKey, ApiNode } from '../../app/apiNode.ts';
import type { ReadonlyApiStore } from '../../app/apiStore.ts';
import type { UseCases } from '../../app/useCases.ts';
import type { Disposable } from '../../core/events.ts';
import type { Account } from '../../ports/accounts.ts';
import type { SignedOut, SignInFlowId, SignIns } from '../../ports/signIn.ts';
import { registerCommands } from '../commands/registerCommands.ts';
import { isConnected, isRow, type Targets } from '../commands/targets.ts';
import { hostName } from '../connect/hostName.ts';
import { commands, views } from '../contributions.ts';
import { openPage } from '../openPage.ts';
import type { OperationRunner } from '../runOperation.ts';
import { accountName, serverName } from './accountNames.ts';
import { usesOf, type AccountRow } from './accountRows.ts';
import type { ShownSignIns } from './shownSignIns.ts';
import type { SignIn } from './tokenSignIn.ts';

type AccountUseCases = Pick<UseCases, 'accounts' | 'accountOf' | 'absentAccount' | 'chosenAccount' | 'useAccount'>;

export interface AccountServices {
  readonly store: ReadonlyApiStore;
  readonly useCases: AccountUseCases;
  readonly signIn: SignIn;
  readonly signIns: Pick<SignIns, 'signOut' | 'page'>;
  readonly shown: Pick<ShownSignIns, 'decline'>;
}

/** Everything that a person does with accounts: each from a click, nothing by itself. */
export class AccountCommands implements Disposable {
  private readonly registration: Disposable;

  constructor(
    private readonly services: AccountServices,
    private readonly runner: OperationRunner,
    private readonly targets: Targets,
  ) {
    this.registration = registerCommands({
      showAccounts: () => vscodeCommands.executeCommand(`${views.accounts}.focus`),
      useAccount: (...args) => this.useAnother(args),
      signInAgain: (...args) => this.signInAgain(args),
      contribute: (...args) => this.contribute(args),
      declineSignIn: (...args) => this.decline(args),
      signOut: (...args) => this.signOut(args),
      openAuthorizations: (...args) => this.openAuthorizations(args),
    });
  }

  dispose(): void {
    this.registration.dispose();
  }

  /** Of those that are signed in at the API's server, or somebody new there. */
  private async useAnother(args: readonly unknown[]): Promise<void> {
    const hasServer = (node: ApiNode): boolean => isConnected(node) && this.isSomebodys(node);
    const node = await this.targets.api(args, hasServer, l10n.t('Use another account for which API?'));
    const repository = node?.api.connection?.repository;
    if (node === undefined || repository === undefined) return;
    const current = this.services.useCases.accountOf(repository)?.id;
    const items: (QuickPickItem & { readonly account?: Account })[] = [
      ...this.accountsAt(node).map((account) => ({
        label: `$(account) ${account.name}`,
        description: describe(account, current),
        account,
      })),
      { label: l10n.t('$(add) Sign in as somebody else…') },
    ];
    const title = l10n.t('Account for “{0}”', repository.name);
    const placeHolder = l10n.t('Who works on it at {0} from now on', serverName(repository.origin));
    const picked = await window.showQuickPick(items, { title, placeHolder });
    if (picked === undefined) return;
    const account =
      picked.account ?? (await this.services.signIn({ host: repository.host, origin: repository.origin }));
    if (account !== undefined) await this.use(node.key, account);
  }

  private async signInAgain(args: readonly unknown[]): Promise<void> {
    const node = this.targets.named(args);
    const repository = node?.api.connection?.repository;
    const known = accountOfRow(args) ?? (repository && this.services.useCases.accountOf(repository));
    const account = known ?? (repository === undefined ? await this.pick(l10n.t('Sign in again as whom?')) : undefined);
    const place = account ?? repository;
    if (place === undefined) return;
    const { host, origin } = place;
    const way = account && wayOf(account);
    const signedIn = await this.services.signIn({ host, origin, ...way, ...(account && { account }) });
    if (signedIn !== undefined && node !== undefined) await this.takeFor(node, signedIn);
  }

  /** Of a connection that is not approved yet: its server is named and approved first. */
  private async contribute(args: readonly unknown[]): Promise<void> {
    const node = this.targets.named(args);
    const repository = node?.api.connection?.repository;
    if (node === undefined || repository === undefined) return;
    if (node.state === 'unapproved') await vscodeCommands.executeCommand(commands.approve, node.key);
    else {
      const signedIn = await this.services.signIn({ host: repository.host, origin: repository.origin });
      if (signedIn !== undefined) await this.takeFor(node, signedIn);
    }
  }

  private async decline(args: readonly unknown[]): Promise<void> {
    const repository = this.targets.named(args)?.api.connection?.repository;
    if (repository !== undefined) await this.services.shown.decline(repository);
  }

  private async signOut(args: readonly unknown[]): Promise<void> {
    const account = accountOfRow(args) ?? (await this.pick(l10n.t('Sign out whom?')));
    if (account === undefined) return;
    const uses = usesOf(account, {
      apis: this.services.store.apis,
      accountOf: (repository) => this.services.useCases.accountOf(repository),
    });
    const signOut = l10n.t('Sign Out');
    const message = l10n.t('Sign out {0}?', accountName(account));
    const detail = [
      ...(uses.length === 0 ? [] : [l10n.t('Used for: {0}', uses.map(({ name }) => name).join(', '))]),
      l10n.t('Connections and files stay; what needs a sign-in goes on when you sign in again.'),
    ].join('\n');
    if ((await window.showWarningMessage(message, { modal: true, detail }, signOut)) !== signOut) return;
    await this.runner.run({
      title: message,
      work: () => this.services.signIns.signOut(account.id),
      done: (signedOut) => tellWhatIsLeft(account, signedOut),
    });
  }

  private async openAuthorizations(args: readonly unknown[]): Promise<void> {
    const account = accountOfRow(args) ?? (await this.pick(l10n.t('Whose authorisations?')));
    const page = account && this.services.signIns.page(account);
    if (page !== undefined) await openPage(page);
  }

  /** Whoever came back is looked at by itself; somebody else is who the person wants from now on. */
  private async takeFor({ key, api }: ApiNode, signedIn: Account): Promise<void> {
    const chosen = api.connection && this.services.useCases.chosenAccount(api.connection.repository);
    if (chosen !== undefined && chosen !== signedIn.id) await this.use(key, signedIn);
  }

  private use(api: ApiKey, account: Account): Promise<void> {
    return this.runner.run({
      title: l10n.t('Using {0}', accountName(account)),
      kind: 'look',
      api,
      work: (context) => this.services.useCases.useAccount(api, account.id, context),
    });
  }

  private isSomebodys(node: ApiNode): boolean {
    const repository = node.api.connection?.repository;
    if (repository === undefined) return false;
    return this.accountsAt(node).length > 0 || this.services.useCases.absentAccount(repository) !== undefined;
  }

  private accountsAt({ api }: ApiNode): readonly Account[] {
    const repository = api.connection?.repository;
    return repository === undefined ? [] : this.services.useCases.accounts().filter((each) => isAt(each, repository));
  }

  private async pick(placeHolder: string): Promise<Account | undefined> {
    const accounts = this.services.useCases.accounts();
    if (accounts.length === 0) {
      void window.showInformationMessage(l10n.t('Nobody is signed in.'));
      return undefined;
    }
    const items = accounts.map((account) => ({
      label: accountName(account),
      description: hostName(account.host),
      account,
    }));
    return (await window.showQuickPick(items, { title: l10n.t('Connected Accounts'), placeHolder }))?.account;
  }
}

/** The way that was taken before. A grant of the host may have come by several, which are offered again. */
function wayOf({ source }: Account): { readonly flow?: SignInFlowId } {
  return source === 'oauth' ? {} : { flow: source };
}

function describe({ id, state }: Account, current: string | undefined): string {
  const words = [id === current ? l10n.t('in use') : '', state === 'signedOut' ? l10n.t('signed out') : ''];
  return words.filter((word) => word !== '').join(' · ');
}

/** What the host keeps, if anybody knows. */
async function tellWhatIsLeft(account: Account, { ended, page }: SignedOut): Promise<void> {
  if (ended === 'revoked' || page === undefined) return;
  const open = l10n.t('Open Page');
  const message = l10n.t(
    '{0} is signed out here. What was allowed at the host stays good until you end it there.',
    accountName(account),
  );
  if ((await window.showInformationMessage(message, open)) === open) await openPage(page);
}

/** Of a row of the Connected Accounts view, or of what the APIs view says of an account. */
function accountOfRow(args: readonly unknown[]): Account | undefined {
  const [row] = args;
  if (isRow(row) && row.kind === 'notice') return row.notice.kind === 'signedOut' ? row.notice.account : undefined;
  return isAccountRow(row) ? row.account : undefined;
}

function isAccountRow(row: unknown): row is AccountRow {
  return typeof row === 'object' && row !== null && 'kind' in row && row.kind === 'account' && 'account' in row;
}
