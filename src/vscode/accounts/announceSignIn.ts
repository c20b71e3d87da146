import { l10n, window } from 'vscode';
import type { Account } from '../../ports/accounts.ts';
import type { HostDescription, Hosts } from '../../ports/hosts.ts';
import { openPage } from '../openPage.ts';
import { serverName } from './accountNames.ts';
import { missingText, signedInText } from './signInTexts.ts';
import type { SignIn } from './tokenSignIn.ts';

/** Says after each sign-in as whom it was, with which rights and until when; and what is missing, with the page for it. */
export function announcing(signIn: SignIn, hosts: Pick<Hosts, 'descriptions'>): SignIn {
  return async (place) => {
    const account = await signIn(place);
    if (account !== undefined) void announce(account, descriptionOf(account, hosts)?.token);
    return account;
  };
}

async function announce(account: Account, token: HostDescription['token']): Promise<void> {
  const lacking = (account.scopes && token?.lacks?.(account.scopes)) ?? [];
  if (lacking.length === 0 || token === undefined) {
    void window.showInformationMessage(signedInText(account));
    return;
  }
  const make = l10n.t('Make a Token at {0}', serverName(account.origin));
  const message = `${signedInText(account)} ${missingText(lacking)}`;
  if ((await window.showWarningMessage(message, make)) === make) await openPage(token.page(account.origin));
}

function descriptionOf({ host }: Account, { descriptions }: Pick<Hosts, 'descriptions'>): HostDescription | undefined {
  return descriptions.find(({ id }) => id === host);
}
