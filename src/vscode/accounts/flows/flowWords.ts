import { l10n } from 'vscode';
import type { Account } from '../../../ports/accounts.ts';
import type { ScopeUse, SignInFlow, SignInFlowId, SignInNeed } from '../../../ports/signIn.ts';

/** What a way to sign in is called. */
export function flowName(flow: SignInFlowId): string {
  switch (flow) {
    case 'vscode':
      return l10n.t('Sign in with VS Code');
    case 'callback':
      return l10n.t('Sign in with the browser');
    case 'loopback':
      return l10n.t('Sign in with the browser, back to a port of this computer');
    case 'device':
      return l10n.t('Sign in with a code on any device');
    case 'token':
      return l10n.t('Use an access token');
  }
}

/** The way as a button that takes it. */
export function flowAction(flow: SignInFlowId): string {
  switch (flow) {
    case 'vscode':
      return l10n.t('Use VS Code’s Sign-In');
    case 'callback':
      return l10n.t('Use the Browser');
    case 'loopback':
      return l10n.t('Use a Port of This Computer');
    case 'device':
      return l10n.t('Use a Device Code');
    case 'token':
      return l10n.t('Use an Access Token');
  }
}

/** What is asked for, and why: `api: to commit`. */
export function scopeWords({ scopes }: Pick<SignInFlow, 'scopes'>): string {
  return scopes.map(({ name, use }) => l10n.t('{0}: {1}', name, useWords(use))).join('\n');
}

function useWords(use: ScopeUse): string {
  switch (use) {
    case 'identity':
      return l10n.t('who you are');
    case 'email':
      return l10n.t('the author of your commits');
    case 'owners':
      return l10n.t('list where your repositories are');
    case 'read':
      return l10n.t('list and read repositories');
    case 'write':
      return l10n.t('read repositories, and commit to them');
    case 'workflows':
      return l10n.t('commit to branches with workflow files');
    case 'pullRequests':
      return l10n.t('open pull requests');
    case 'stay':
      return l10n.t('stay signed in');
  }
}

/** What a host may want beside the sign-in. */
export function needWords(need: SignInNeed): string {
  switch (need) {
    case 'organizationApproval':
      return l10n.t('A GitHub organization shows its repositories only once it has approved VS Code’s application.');
    case 'singleSignOn':
      return l10n.t('An organization with single sign-on wants it for this sign-in too; its page is offered then.');
    case 'tenTokens':
      return tenTokens();
    case 'conditionalAccess':
      return l10n.t(
        'The organization’s Conditional Access policies apply. As a guest you sign in to the tenant of the organization that you named.',
      );
    case 'tokenPolicy':
      return l10n.t(
        'A policy of the organization may forbid tokens or limit their life. A token is one organization’s.',
      );
    case 'registeredApplication':
      return l10n.t('The server must know the application that asks, with its redirect address.');
    case 'consumerSecret':
      return l10n.t('Your OAuth consumer’s secret is asked for once, and kept in VS Code’s secret store.');
  }
}

/** The same in the few words of a row. */
export function needHint(need: SignInNeed): string {
  switch (need) {
    case 'organizationApproval':
      return l10n.t('organizations approve it');
    case 'singleSignOn':
      return l10n.t('single sign-on applies');
    case 'tenTokens':
      return l10n.t('ten sign-ins');
    case 'conditionalAccess':
      return l10n.t('Conditional Access applies');
    case 'tokenPolicy':
      return l10n.t('an organization may forbid tokens');
    case 'registeredApplication':
      return l10n.t('the server must know the application');
    case 'consumerSecret':
      return l10n.t('asks for your consumer’s secret');
  }
}

/** Why a sign-in may have ended without anybody’s doing; `undefined` where there is nothing to tell. */
export function endWords({ source, host }: Pick<Account, 'source' | 'host'>): string | undefined {
  return source === 'vscode' && host === 'github' ? tenTokens() : undefined;
}

function tenTokens(): string {
  return l10n.t(
    'GitHub keeps ten sign-ins per person, application and set of rights: an eleventh, on another computer, ends the oldest.',
  );
}
