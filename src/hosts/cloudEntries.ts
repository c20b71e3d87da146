import type { OpenGitWriter } from '../ports/gitWriter.ts';
import { azureDevOpsEntry } from './azureDevOps/azureDevOpsEntry.ts';
import { bitbucketEntry } from './bitbucket/bitbucketEntry.ts';
import { bitbucketDataCenterEntry } from './bitbucketDataCenter/bitbucketDataCenterEntry.ts';
import type { HostEntry } from './catalogue.ts';
import { githubEntry } from './github/githubEntry.ts';
import { gitlabEntry } from './gitlab/gitlabEntry.ts';
import type { HttpTools } from './http/httpTools.ts';

/** What the platform can do for hosts that speak HTTP. */
export interface CloudPlatform {
  /** `undefined`: there is no Git. */
  readonly openGitWriter: OpenGitWriter | undefined;
  /** Whether answers of servers that allow no other site (CORS) can be read: in a browser they cannot. */
  readonly readsAnyServer: boolean;
}

/** Every host that speaks HTTP, for the catalogue; an adapter is loaded when it is first opened. */
export function cloudEntries(tools: HttpTools, { openGitWriter, readsAnyServer }: CloudPlatform): readonly HostEntry[] {
  return [
    githubEntry(tools),
    gitlabEntry(tools),
    bitbucketEntry(tools, { readsArchives: readsAnyServer }),
    azureDevOpsEntry(tools),
    bitbucketDataCenterEntry(tools, openGitWriter),
  ];
}
