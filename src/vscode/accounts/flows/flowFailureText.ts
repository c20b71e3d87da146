import { l10n } from 'vscode';
import type { Failure } from '../../../core/errors.ts';
import type { SignInFlowId } from '../../../ports/signIn.ts';
import { serverName } from '../accountNames.ts';

interface Attempt {
  readonly flow: SignInFlowId;
  readonly origin: string;
}

/** What stopped a way in, where a failure means something else there than anywhere; `undefined`: it does not. */
export function flowFailureText({ flow, origin }: Attempt, { reason, facts }: Failure): string | undefined {
  const server = serverName(origin);
  switch (reason) {
    case 'timeout':
      return timeoutText(flow, server, facts.detail);
    case 'forbidden':
    case 'signInNeeded':
      return notAdmittedText(flow, server, facts.account);
    case 'organizationPolicy':
      return facts.detail?.startsWith('AADSTS') === true
        ? l10n.t(
            'A Conditional Access policy keeps this sign-in to {0} out ({1}). Nothing was kept.',
            server,
            facts.detail,
          )
        : undefined;
    case 'unsupported':
      return absentText(server, facts.detail ?? '');
    case 'hostError':
      return applicationText(server, facts.detail ?? '');
    default:
      return undefined;
  }
}

function timeoutText(flow: SignInFlowId, server: string, detail: string | undefined): string | undefined {
  if (detail === 'codeExpired') return l10n.t('Nobody typed the code in at {0} in time.', server);
  if (detail !== 'nobodyCame') return undefined;
  return flow === 'vscode'
    ? l10n.t('VS Code’s sign-in to {0} did not come to an end in time.', server)
    : l10n.t('Nobody came back from the browser, from {0}, in time.', server);
}

function notAdmittedText(flow: SignInFlowId, server: string, account: string | undefined): string {
  if (flow !== 'vscode') {
    return l10n.t('{0} did not accept what came back from the sign-in. Nobody is signed in; nothing was kept.', server);
  }
  return account === undefined
    ? l10n.t('{0} does not admit this account. It may belong to another organization or tenant.', server)
    : l10n.t('{0} does not admit {1}. The account may belong to another organization or tenant.', server, account);
}

function absentText(server: string, detail: string): string | undefined {
  if (detail === 'deviceGrantAbsent') {
    return l10n.t('{0} gives no codes for devices: GitLab does since 17.1, unless it is switched off there.', server);
  }
  if (detail.startsWith('noSessions: ')) {
    return l10n.t(
      'VS Code’s own sign-in did not work for {0}. Its extension may be disabled, or have failed in a way that it does not tell.',
      server,
    );
  }
  if (detail.startsWith('flowAbsent: ')) return l10n.t('This way to sign in to {0} is not there any more.', server);
  return undefined;
}

/** The host's word for what is wrong with the application that asks (RFC 6749, 4.1.2.1 and 5.2). */
function applicationText(server: string, detail: string): string | undefined {
  switch (detail) {
    case 'invalid_client':
    case 'unauthorized_client':
      return l10n.t(
        '{0} does not know the application that asked, or its secret ({1}). Check the setting “{2}”.',
        server,
        detail,
        'apiSourceControl.oauthClients',
      );
    case 'invalid_scope':
      return l10n.t('The application at {0} may not give the rights that are asked for ({1}).', server, detail);
    default:
      return undefined;
  }
}
