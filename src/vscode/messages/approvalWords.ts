import { l10n } from 'vscode';
import type { Api } from '../../core/model/api.ts';
import type { RepositoryRef } from '../../core/model/repository.ts';
import { serverName } from '../accounts/accountNames.ts';

export interface ApprovalWords {
  readonly message: string;
  readonly detail: string;
}

/**
 * What is asked before a connection that a file of the workspace names is talked to. A server is named in the question
 * until it is approved; repository and folder are asked about each time.
 */
export function approvalWords(api: Api, repository: RepositoryRef, isServerKnown: boolean): ApprovalWords {
  const server = serverWords(repository);
  const lines = [
    ...(isServerKnown ? [] : [l10n.t('Repository: {0}', repository.name)]),
    // Elsewhere it is the host's own number of it.
    ...(repository.host === 'git' ? [l10n.t('Address: {0}', repository.id)] : []),
    isServerKnown ? l10n.t('Server: {0}, which you approved before', server) : l10n.t('Server: {0}', server),
    l10n.t('Branch: {0}', api.connection?.branch ?? ''),
    l10n.t('Folder: {0}', api.folder === '' ? l10n.t('the workspace folder itself') : api.folder),
    '',
    l10n.t('This connection comes from .vscode/apis.json; its files are fetched into the folder.'),
  ];
  if (isServerKnown) {
    return { message: l10n.t('Connect “{0}” to {1}?', api.name, repository.name), detail: lines.join('\n') };
  }
  const trust = l10n.t(
    'Approve the server only if you know it and trust it with your credentials. It is asked about once, for all of your folders.',
  );
  return {
    message: l10n.t('“{0}” wants to talk to a server that is new to you. Approve {1}?', api.name, server),
    detail: [...lines, '', trust].join('\n'),
  };
}

/** Before a sign-in at a server that the person did not type themselves. */
export function serverWordsToSignIn(origin: string): ApprovalWords {
  return {
    message: l10n.t('Sign in at a server that is new to you: {0}?', serverName(origin)),
    detail: l10n.t(
      'What you sign in with is sent to this server. Approve it only if you know it. It is asked about once, for all of your folders.',
    ),
  };
}

function serverWords({ origin }: RepositoryRef): string {
  return origin === 'file://' ? l10n.t('this computer’s own disk') : serverName(origin);
}
