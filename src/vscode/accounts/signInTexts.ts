import { l10n } from 'vscode';
import type { Account } from '../../ports/accounts.ts';
import { serverName } from './accountNames.ts';

/** As whom, with which rights, until when: whole sentences, of what the host tells. */
export function signedInText({ name, origin, scopes, expires }: Account): string {
  const sentences = [
    l10n.t('Signed in to {0} as {1}.', serverName(origin), name),
    scopes === undefined || scopes.length === 0 ? '' : l10n.t('Rights: {0}.', scopes.join(', ')),
    // The same in every language.
    expires === undefined ? '' : l10n.t('Valid until {0}.', new Date(expires).toISOString().slice(0, 10)),
  ];
  return sentences.filter((sentence) => sentence !== '').join(' ');
}

/** Which rights the token should have beside those that it has. */
export function missingText(lacking: readonly string[]): string {
  return l10n.t(
    'It lacks: {0}. Some things will be refused; a token with these rights can take its place.',
    lacking.join(', '),
  );
}
