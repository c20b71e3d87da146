import { l10n } from 'vscode';
import type { FailureFacts } from '../../core/errors.ts';
import { serverName } from '../accounts/accountNames.ts';

/** `jane on github.com`, since a person may have several accounts; `undefined`: nobody was signed in. */
export function whoAsked({ account, origin }: FailureFacts): string | undefined {
  if (account === undefined || origin === undefined) return account;
  return l10n.t('{0} on {1}', account, serverName(origin));
}
