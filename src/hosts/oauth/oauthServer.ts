import { Failure } from '../../core/errors.ts';
import type { HostId } from '../../core/model/repository.ts';
import type { OAuthClient, OAuthServer } from '../../ports/oauth.ts';
import type { HttpTools } from '../http/httpTools.ts';
import { isSecure } from '../http/webAddress.ts';
import { bitbucketOAuth } from './bitbucketOAuth.ts';
import { gitlabOAuth } from './gitlabOAuth.ts';
import { TokenEndpoint } from './tokenEndpoint.ts';

const servers = { gitlab: gitlabOAuth, bitbucket: bitbucketOAuth } as const;

/** @throws Failure `unsupported` for a host that gives no grants, `unsafeUrl` for a server that is not encrypted. */
export function oauthServer(tools: HttpTools, host: HostId, origin: string, client: OAuthClient): OAuthServer {
  if (host !== 'gitlab' && host !== 'bitbucket') throw new Failure('unsupported', { origin, detail: 'oauthAbsent' });
  if (!isSecure(new URL(origin))) throw new Failure('unsafeUrl', { origin, detail: 'the server is not encrypted' });
  return servers[host](new TokenEndpoint(tools, { origin }), origin, client);
}
