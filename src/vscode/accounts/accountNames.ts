import { l10n } from 'vscode';
import type { Account } from '../../ports/accounts.ts';

/** A server as people name it: `github.com`, `tfs.acme.example/tfs/DefaultCollection`. */
export function serverName(origin: string): string {
  return origin.replace(/^https?:\/\//, '');
}

/** `jane — github.com` */
export function accountName({ name, origin }: Pick<Account, 'name' | 'origin'>): string {
  return l10n.t('{0} — {1}', name, serverName(origin));
}

/** `jane-work`, and that the host takes this sign-in no more. */
export function accountState({ name, state }: Pick<Account, 'name' | 'state'>): string {
  return state === 'signedOut' ? l10n.t('{0} (signed out)', name) : name;
}
