import type { HostId } from '../../../core/model/repository.ts';
import type { ScopeUse } from '../../../ports/signIn.ts';

/** Client ids by origin, as the build was told; none unless somebody registered the extension at a host. */
declare const OAUTH_CLIENTS: Readonly<Record<string, string>> | undefined;

type Scopes = readonly { readonly name: string; readonly use: ScopeUse }[];

/**
 * What the extension is to hosts: what is registered there (README, “Registering the extension at a host”), and the
 * rights that it asks for.
 */
export const application = {
  extension: 'api-source-control.api-source-control',
  /** Of `<uri scheme>://<extension>/signed-in` and `http://127.0.0.1/signed-in`. */
  callbackPath: '/signed-in',
  clients: typeof OAUTH_CLIENTS === 'undefined' ? {} : OAUTH_CLIENTS,
  providers: { gitlab: 'apiSourceControl.gitlab', bitbucket: 'apiSourceControl.bitbucket' },
  scopes: {
    /** Those of GitHub Pull Requests: the session is shared. */
    github: [
      { name: 'read:user', use: 'identity' },
      { name: 'user:email', use: 'email' },
      { name: 'repo', use: 'write' },
      { name: 'workflow', use: 'workflows' },
    ],
    /** Azure DevOps, with all that the person may do there: VS Code's sign-in is granted no smaller rights. */
    azureDevOps: [
      { name: '499b84ac-1321-427f-aa17-267ca6975798/.default', use: 'write' },
      { name: 'offline_access', use: 'stay' },
    ],
    gitlab: [{ name: 'api', use: 'write' }],
    bitbucket: [
      { name: 'account', use: 'identity' },
      { name: 'repository:write', use: 'write' },
      { name: 'pullrequest:write', use: 'pullRequests' },
    ],
  },
} as const satisfies {
  readonly extension: string;
  readonly callbackPath: string;
  readonly clients: Readonly<Record<string, string>>;
  readonly providers: Readonly<Partial<Record<HostId, string>>>;
  readonly scopes: Readonly<Partial<Record<HostId, Scopes>>>;
};
