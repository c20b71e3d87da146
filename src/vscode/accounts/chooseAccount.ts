import { l10n, window, type QuickPickItem } from 'vscode';
import { isAt } from '../../app/accounts/isAt.ts';
import type { UseCases } from '../../app/useCases.ts';
import type { RepositoryRef } from '../../core/model/repository.ts';
import type { Account } from '../../ports/accounts.ts';
import type { HostDescription } from '../../ports/hosts.ts';
import { serverName } from './accountNames.ts';
import type { SignIn } from './tokenSignIn.ts';

/** Who works on a repository that a teammate connected; `undefined`: nobody signs in there. */
export type ChooseAccount = (repository: RepositoryRef) => Promise<Account | undefined | 'cancelled'>;

interface Services {
  readonly useCases: Pick<UseCases, 'accounts' | 'chosenAccount'>;
  readonly hosts: { readonly descriptions: readonly Pick<HostDescription, 'id' | 'token'>[] };
  readonly signIn: SignIn;
}

type Choice = QuickPickItem & { readonly choice: Account | 'signIn' | 'nobody' };

/** Asks only where there is a choice: whoever is alone at the server, or was chosen before, is not asked about. */
export function accountChooser({ useCases, hosts, signIn }: Services): ChooseAccount {
  return async (repository) => {
    const { host, origin } = repository;
    const takesSignIns = hosts.descriptions.some(({ id, token }) => id === host && token !== undefined);
    const accounts = useCases.accounts().filter((each) => isAt(each, repository));
    const [only, another] = accounts;
    const known = accounts.find(({ id }) => id === useCases.chosenAccount(repository));
    if (!takesSignIns || known !== undefined || (only !== undefined && another === undefined)) return known ?? only;
    const title = l10n.t('Account for “{0}”', repository.name);
    const placeHolder = l10n.t('Who works on it at {0}', serverName(origin));
    const picked = await window.showQuickPick(choices(accounts), { title, placeHolder, ignoreFocusOut: true });
    if (picked === undefined) return 'cancelled';
    if (picked.choice === 'nobody') return undefined;
    return picked.choice === 'signIn' ? ((await signIn({ host, origin })) ?? 'cancelled') : picked.choice;
  };
}

function choices(accounts: readonly Account[]): readonly Choice[] {
  const nobody: Choice = {
    label: l10n.t('$(circle-slash) Without signing in'),
    detail: l10n.t('Enough to read a public repository. You can sign in later.'),
    choice: 'nobody',
  };
  return [
    ...accounts.map((account) => ({
      label: `$(account) ${account.name}`,
      description: account.state === 'signedOut' ? l10n.t('signed out') : '',
      choice: account,
    })),
    { label: l10n.t('$(add) Sign in…'), choice: 'signIn' },
    ...(accounts.length === 0 ? [nobody] : []),
  ];
}
