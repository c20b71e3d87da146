import { l10n } from 'vscode';
import type { ListedRepository } from '../../app/connectRequest.ts';
import type { Owner } from '../../ports/repositoryHost.ts';

/** Why an owner's repositories are not shown; blank: they are. */
export function lockedText({ locked }: Owner): string {
  switch (locked?.reason) {
    case undefined:
      return '';
    case 'singleSignOn':
      return l10n.t('wants its single sign-on first');
    case 'organizationPolicy':
      return l10n.t('has not approved this application');
  }
}

/** What a person should know of a repository before choosing it. */
export function repositoryNote({ empty, canPush }: ListedRepository): string {
  const notes = [canPush === false ? l10n.t('read only') : '', empty ? l10n.t('empty') : ''];
  return notes.filter((note) => note !== '').join(' · ');
}
