import { l10n } from 'vscode';
import type { HostId } from '../../core/model/repository.ts';

/** The host's own name; only plain Git needs words. */
export function hostName(host: HostId): string {
  switch (host) {
    case 'git':
      return l10n.t('Git (any remote)');
    case 'github':
      return 'GitHub';
    case 'gitlab':
      return 'GitLab';
    case 'bitbucket':
      return 'Bitbucket';
    case 'bitbucketDataCenter':
      return 'Bitbucket Data Center';
    case 'azureDevOps':
      return 'Azure DevOps';
  }
}
