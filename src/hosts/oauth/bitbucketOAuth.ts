import type { OAuthClient, OAuthServer } from '../../ports/oauth.ts';
import { encodeBase64 } from '../http/base64.ts';
import type { TokenEndpoint } from './tokenEndpoint.ts';

/**
 * Bitbucket Cloud's grants: a consumer of the person's own, whose secret proves it (there is no PKCE), and whose rights
 * are those that it was made with. Refresh tokens are for one use since May 2026. Grants end on a page only.
 */
export function bitbucketOAuth(endpoint: TokenEndpoint, origin: string, { id, secret }: OAuthClient): OAuthServer {
  const url = `${origin}/site/oauth2/access_token`;
  const authorization = `Basic ${encodeBase64(`${id}:${secret ?? ''}`)}`;
  return {
    page: ({ redirectUri, state }) => {
      const query = new URLSearchParams({ client_id: id, response_type: 'code', state, redirect_uri: redirectUri });
      return `${origin}/site/oauth2/authorize?${query.toString()}`;
    },
    redeem: ({ code, redirectUri }, signal) => {
      const fields = { grant_type: 'authorization_code', code, redirect_uri: redirectUri };
      return endpoint.grant({ url, fields, authorization }, signal);
    },
    renew: (refreshToken, signal) => {
      const fields = { grant_type: 'refresh_token', refresh_token: refreshToken };
      return endpoint.grant({ url, fields, authorization }, signal);
    },
  };
}
