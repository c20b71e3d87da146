import { l10n } from 'vscode';
import type { HostId } from '../../core/model/repository.ts';

/** What the host itself calls an owner of repositories. */
export function ownerNoun(host: HostId): string {
  switch (host) {
    case 'github':
      return l10n.t('Organization or user');
    case 'gitlab':
      return l10n.t('Group');
    case 'bitbucket':
      return l10n.t('Workspace');
    case 'bitbucketDataCenter':
    case 'azureDevOps':
      return l10n.t('Project');
    case 'git':
      return l10n.t('Owner');
  }
}
