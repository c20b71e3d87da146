import { l10n } from 'vscode';
import type { FailureFacts, FailureReason } from '../../core/errors.ts';
import { failureMessage, type FailureMessage } from './failureMessage.ts';

export type AddressReason = Extract<FailureReason, 'unsafeUrl' | 'hostKeyUnknown' | 'certificate'>;

/** Which server it is, and whether it may be talked to. */
export function describeAddress(reason: AddressReason, facts: FailureFacts): FailureMessage {
  const repository = facts.repository ?? facts.origin ?? l10n.t('the repository');
  const origin = facts.origin ?? repository;
  switch (reason) {
    case 'unsafeUrl':
      return failureMessage(refusedText(facts.repository ?? facts.origin, facts.detail));
    case 'hostKeyUnknown':
      return failureMessage(
        facts.detail === undefined
          ? l10n.t(
              'The ssh host key of “{0}” is not known on this computer. Connect to it once in a terminal, compare the key with the one its owner publishes, and try again.',
              origin,
            )
          : l10n.t(
              'The ssh host key of “{0}” is not known on this computer: {1}. Compare it with the one its owner publishes, connect once in a terminal, and try again.',
              origin,
              facts.detail,
            ),
        'retry',
        'showLog',
      );
    case 'certificate':
      return failureMessage(
        facts.detail === undefined
          ? l10n.t(
              'The certificate of “{0}” is not trusted on this computer. If your organization has its own certificate authority, add it to the system or to Git’s http.sslCAInfo.',
              origin,
            )
          : l10n.t(
              'The certificate of “{0}” is not trusted on this computer: {1}. If your organization has its own certificate authority, add it to the system or to Git’s http.sslCAInfo.',
              origin,
              facts.detail,
            ),
        'retry',
        'showLog',
      );
  }
}

/** An address that nobody could read is not repeated: the person sees what they typed. */
function refusedText(address: string | undefined, rule: string | undefined): string {
  if (address === undefined) {
    return rule === undefined
      ? l10n.t(
          'This address is refused because it could do more than name a repository. Use an https, ssh or file address, or a path.',
        )
      : l10n.t('This address is refused: {0}. Use an https, ssh or file address, or a path.', rule);
  }
  return rule === undefined
    ? l10n.t(
        'The address “{0}” is refused because it could do more than name a repository. Use an https, ssh or file address, or a path.',
        address,
      )
    : l10n.t('The address “{0}” is refused: {1}. Use an https, ssh or file address, or a path.', address, rule);
}
