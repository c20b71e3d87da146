import type { HostId } from '../../../core/model/repository.ts';
import type { HostDescription } from '../../../ports/hosts.ts';
import type { SignInFlow, SignInFlowId, SignInNeed, SignInPlace } from '../../../ports/signIn.ts';
import { application } from './application.ts';

/** What there is here. */
export interface Surroundings {
  readonly place: SignInPlace;
  /** Whether answers of servers that let no other website in can be read: a browser's worker reads none. */
  readonly readsAnyServer: boolean;
  /** Whether a port of this computer can be listened on. */
  readonly hasLoopback: boolean;
  /** Setting of VS Code's own: the one GitHub Enterprise Server that it signs in at. */
  readonly enterprise: string | undefined;
}

/** Who we are at one server; `own`: an organization registered it, with addresses of its own. */
export interface KnownClient {
  readonly id: string;
  readonly isOwn: boolean;
}

type Server = Surroundings & { readonly origin: string; readonly client: KnownClient | undefined };

/** A way in, where it works, and what the host may want beside it. */
interface Way {
  readonly id: SignInFlowId;
  readonly works: (server: Server) => boolean;
  readonly needs: readonly SignInNeed[];
}

const callback = (needs: readonly SignInNeed[]): Way => ({
  id: 'callback',
  // In a browser the way back is the address of whoever serves it, which only they can have registered.
  works: ({ client, place }) => client !== undefined && (place !== 'web' || client.isOwn),
  needs,
});

const loopback = (needs: readonly SignInNeed[]): Way => ({
  id: 'loopback',
  // The browser of a person far away has another 127.0.0.1.
  works: ({ client, place, hasLoopback }) => client !== undefined && hasLoopback && place === 'desktop',
  needs,
});

const token = (...needs: readonly SignInNeed[]): Way => ({ id: 'token', works: () => true, needs });

/** Best first. Every host that takes tokens has them last, everywhere. */
const ways: Readonly<Record<HostId, readonly Way[]>> = {
  git: [],
  github: [
    {
      id: 'vscode',
      works: (server) => sessionProvider('github', server) !== undefined,
      needs: ['organizationApproval', 'singleSignOn', 'tenTokens'],
    },
    token('singleSignOn'),
  ],
  gitlab: [
    callback(['registeredApplication']),
    loopback(['registeredApplication']),
    {
      id: 'device',
      // GitLab answers pages of other origins at its token endpoint, and not where codes for devices are given.
      works: ({ client, readsAnyServer }) => client !== undefined && readsAnyServer,
      needs: ['registeredApplication'],
    },
    token(),
  ],
  bitbucket: [
    {
      ...callback(['consumerSecret']),
      // Its token endpoint answers no page of another origin.
      works: (server) => server.readsAnyServer && callback([]).works(server),
    },
    loopback(['consumerSecret']),
    token(),
  ],
  azureDevOps: [
    {
      id: 'vscode',
      works: (server) => sessionProvider('azureDevOps', server) !== undefined,
      needs: ['conditionalAccess'],
    },
    token('tokenPolicy'),
  ],
  bitbucketDataCenter: [token()],
};

/** The ways in at one server from here. */
export function flowsAt(
  { id, token: taken }: Pick<HostDescription, 'id' | 'token'>,
  origin: string,
  client: KnownClient | undefined,
  surroundings: Surroundings,
): readonly SignInFlow[] {
  const server = { ...surroundings, origin, client };
  return ways[id]
    .filter((way) => way.works(server) && (way.id !== 'token' || taken !== undefined))
    .map((way) => ({ id: way.id, needs: way.needs, scopes: way.id === 'token' ? tokenScopes(taken) : scopesOf(id) }));
}

/** VS Code's provider for a server; `undefined`: it has none. */
export function sessionProvider(
  host: HostId,
  { origin, enterprise }: Pick<Server, 'origin' | 'enterprise'>,
): 'github' | 'github-enterprise' | 'microsoft' | undefined {
  if (host === 'github' && origin === 'https://github.com') return 'github';
  if (host === 'github' && origin === enterprise) return 'github-enterprise';
  return host === 'azureDevOps' && origin.startsWith('https://dev.azure.com/') ? 'microsoft' : undefined;
}

function scopesOf(host: HostId): SignInFlow['scopes'] {
  const { scopes } = application;
  return host in scopes ? scopes[host as keyof typeof scopes] : [];
}

function tokenScopes(taken: HostDescription['token']): SignInFlow['scopes'] {
  return (taken?.scopes ?? []).map((name) => ({ name, use: useOf(name) }));
}

/** Hosts name their rights alike enough. */
function useOf(scope: string): SignInFlow['scopes'][number]['use'] {
  if (/workflow/i.test(scope)) return 'workflows';
  if (/pull ?request/i.test(scope)) return 'pullRequests';
  if (/user/i.test(scope)) return 'identity';
  if (/org|workspace|project/i.test(scope)) return 'owners';
  return /read(?!.*write)/i.test(scope) ? 'read' : 'write';
}
