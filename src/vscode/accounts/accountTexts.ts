import { l10n } from 'vscode';
import type { Account } from '../../ports/accounts.ts';
import { accountName } from './accountNames.ts';
import { endWords } from './flows/flowWords.ts';

const day = 24 * 60 * 60_000;
/** Milliseconds before its end at which an account's end is worth a word in the list. */
const soon = 14 * day;

/** What is worth knowing of an account at a glance. */
export function accountDescription(account: Account, uses: number, now: number): string {
  const parts = [stateText(account, now), usesText(uses)];
  return parts.filter((part) => part !== '').join(' · ');
}

/** When an account's token ends, in words; blank: never, or its host does not tell. */
export function expiryText({ expires }: Pick<Account, 'expires'>, now: number): string {
  if (expires === undefined) return '';
  if (expires <= now) return l10n.t('expired');
  const days = Math.ceil((expires - now) / day);
  return days === 1 ? l10n.t('expires within a day') : l10n.t('expires in {0} days', days);
}

/** What a sign-in that ended by itself means, and why it may have. */
export function signedOutText(account: Account): string {
  const what = l10n.t(
    'The host takes the sign-in of {0} no more. Work goes on offline until you sign in again.',
    accountName(account),
  );
  return [what, endWords(account) ?? ''].filter((line) => line !== '').join('\n');
}

/** How somebody signed in. */
export function sourceText({ source }: Pick<Account, 'source'>): string {
  switch (source) {
    case 'vscode':
      return l10n.t('Signed in through VS Code.');
    case 'oauth':
      return l10n.t('Signed in at the host.');
    case 'token':
      return l10n.t('Signed in with an access token.');
  }
}

function stateText(account: Account, now: number): string {
  if (account.state === 'signedOut') return l10n.t('signed out');
  const ends = account.expires !== undefined && account.expires - now <= soon;
  return ends ? expiryText(account, now) : '';
}

function usesText(uses: number): string {
  if (uses === 0) return l10n.t('not used');
  return uses === 1 ? l10n.t('1 API') : l10n.t('{0} APIs', uses);
}
