import type { ForgeRoute } from '../http/forge.ts';
import { OAuthRefusal, type OAuthGrants } from '../http/oauthGrants.ts';
import { answerDevice, devicePage } from '../http/oauthRoutes.ts';

const page = '/login/device';

/** GitHub's grant by code for devices, as VS Code's own sign-in asks for it: in the query, and 200 whatever happens. */
export function deviceRoutes(grants: OAuthGrants): readonly ForgeRoute[] {
  const common = { base: '', operation: 'beside the API', ownCheck: true, otherSite: true } as const;
  return [
    {
      ...common,
      method: 'POST',
      path: '/login/device/code',
      handle: ({ url }) => ({
        status: 200,
        body: {
          ...grants.startDevice(url.searchParams.get('client_id')),
          verification_uri: url.origin + page,
          expires_in: 300,
          interval: grants.deviceInterval,
        },
      }),
    },
    {
      ...common,
      method: 'POST',
      path: '/login/oauth/access_token',
      handle: ({ url }) => {
        try {
          const { access_token, token_type } = grants.token(url.searchParams);
          return { status: 200, body: { access_token, token_type, scope: 'read:user,repo,user:email,workflow' } };
        } catch (error) {
          if (!(error instanceof OAuthRefusal)) throw error;
          return { status: 200, body: { error: error.error } };
        }
      },
    },
    { ...common, method: 'GET', path: page, isPage: true, handle: () => devicePage(page) },
    { ...common, method: 'POST', path: page, isPage: true, handle: (request) => answerDevice(grants, request) },
  ];
}
