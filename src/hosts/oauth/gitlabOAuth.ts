import type { AuthorizationRequest, OAuthClient, OAuthServer, Redemption } from '../../ports/oauth.ts';
import { GitLabDevice } from './gitlabDevice.ts';
import type { TokenEndpoint } from './tokenEndpoint.ts';

/** For the person and for commits through the API: `write_repository` is for Git over HTTP alone. */
const scope = 'api';

/** GitLab's grants: a public client with PKCE, refresh tokens for one use, and codes for devices (17.1 and later). */
export function gitlabOAuth(endpoint: TokenEndpoint, origin: string, { id }: OAuthClient): OAuthServer {
  const token = `${origin}/oauth/token`;
  return {
    page: ({ redirectUri, state, challenge }: AuthorizationRequest) => {
      const query = new URLSearchParams({
        client_id: id,
        redirect_uri: redirectUri,
        response_type: 'code',
        state,
        scope,
        code_challenge: challenge,
        code_challenge_method: 'S256',
      });
      return `${origin}/oauth/authorize?${query.toString()}`;
    },
    redeem: ({ code, redirectUri, verifier }: Redemption, signal) => {
      const fields = {
        grant_type: 'authorization_code',
        client_id: id,
        code,
        redirect_uri: redirectUri,
        code_verifier: verifier,
      };
      return endpoint.grant({ url: token, fields }, signal);
    },
    renew: (refreshToken, signal) => {
      const fields = { grant_type: 'refresh_token', client_id: id, refresh_token: refreshToken };
      return endpoint.grant({ url: token, fields }, signal);
    },
    revoke: async ({ accessToken, refreshToken }, signal) => {
      // Doorkeeper ends the grant with either of them; the refresh token is the one that lives.
      const fields = { client_id: id, token: refreshToken ?? accessToken };
      const answer = await endpoint.send({ url: `${origin}/oauth/revoke`, fields }, signal);
      if (answer.status !== 200) throw endpoint.refusal(answer);
    },
    device: new GitLabDevice(endpoint, origin, id, scope),
  };
}
