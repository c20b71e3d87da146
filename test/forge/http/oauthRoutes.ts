import type { ForgeReply, ForgeRequest, ForgeRoute } from './forgeRoute.ts';
import { OAuthRefusal, type OAuthGrants } from './oauthGrants.ts';

/** Where a host has what is the same at all of them. */
export interface OAuthPaths {
  readonly authorize: string;
  readonly token: string;
  readonly revoke?: string;
  readonly device?: { readonly start: string; readonly page: string };
  /** Whether pages of other origins may get tokens (CORS). */
  readonly tokensForPages: boolean;
}

const operation = 'OAuth is beside the API, and not described with it';

/** The pages and endpoints of OAuth 2.0 (RFC 6749, 7636, 7009, 8628), below the site itself. */
export function oauthRoutes(grants: OAuthGrants, paths: OAuthPaths): readonly ForgeRoute[] {
  const common = { base: '', operation, ownCheck: true } as const;
  const post = (path: string, handle: (form: URLSearchParams, request: ForgeRequest) => ForgeReply): ForgeRoute => ({
    ...common,
    method: 'POST',
    path,
    otherSite: !paths.tokensForPages,
    handle: (request) => orRefusal(() => handle(new URLSearchParams(request.body.toString()), request)),
  });
  const { revoke, device } = paths;
  return [
    {
      ...common,
      method: 'GET',
      path: paths.authorize,
      isPage: true,
      handle: ({ url }) =>
        orRefusal(() => {
          const { granted, declined } = grants.authorize(url.searchParams);
          return consent(url.searchParams.get('client_id') ?? '', granted, declined);
        }),
    },
    post(paths.token, (form, request) => ({ status: 200, body: grants.token(form, basicOf(request)) })),
    ...(revoke === undefined
      ? []
      : [
          post(revoke, (form) => {
            grants.revoke(form.get('token'));
            return { status: 200, body: {} };
          }),
        ]),
    ...(device === undefined ? [] : deviceRoutes(grants, device, common)),
  ];
}

function deviceRoutes(
  grants: OAuthGrants,
  { start, page }: NonNullable<OAuthPaths['device']>,
  common: Pick<ForgeRoute, 'base' | 'operation' | 'ownCheck'>,
): readonly ForgeRoute[] {
  return [
    {
      ...common,
      method: 'POST',
      path: start,
      otherSite: true,
      handle: ({ body, url }) =>
        orRefusal(() => {
          if (!grants.knowsDevices) return { status: 404, body: { error: '404 Not Found' } };
          const { device_code, user_code } = grants.startDevice(new URLSearchParams(body.toString()).get('client_id'));
          const verification_uri = url.origin + page;
          const interval = grants.deviceInterval;
          return { status: 200, body: { device_code, user_code, verification_uri, expires_in: 300, interval } };
        }),
    },
    { ...common, method: 'GET', path: page, isPage: true, handle: () => devicePage(page) },
    { ...common, method: 'POST', path: page, isPage: true, handle: (request) => answerDevice(grants, request) },
  ];
}

/** The page where a person types in a code. */
export function devicePage(action: string): ForgeReply {
  return html(
    `<form method="post" action="${action}"><label>Code <input name="user_code"></label><button>Continue</button></form>`,
  );
}

/** What the person typed in there. */
export function answerDevice(grants: OAuthGrants, { body }: ForgeRequest): ForgeReply {
  const code = new URLSearchParams(body.toString()).get('user_code') ?? '';
  return html(grants.answerDevice(code, 'granted') ? '<p>The device is signed in.' : '<p>There is no such code.');
}

function consent(client: string, granted: string, declined: string): ForgeReply {
  const link = (address: string, words: string): string => `<p><a href="${escaped(address)}">${words}</a>`;
  return html(`<p>${escaped(client)} wants to act for you.${link(granted, 'Authorize')}${link(declined, 'Deny')}`);
}

function html(body: string): ForgeReply {
  return {
    status: 200,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: `<!doctype html><title>Stand-in</title>${body}`,
  };
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${String(character.charCodeAt(0))};`);
}

function orRefusal(work: () => ForgeReply): ForgeReply {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof OAuthRefusal)) throw error;
    return { status: error.status, body: { error: error.error, error_description: `It says ${error.error}.` } };
  }
}

function basicOf({ headers }: ForgeRequest): { readonly user: string; readonly password: string } | undefined {
  const [, value] = /^Basic (.+)$/i.exec(headers.authorization ?? '') ?? [];
  if (value === undefined) return undefined;
  const pair = Buffer.from(value, 'base64').toString();
  return { user: pair.slice(0, pair.indexOf(':')), password: pair.slice(pair.indexOf(':') + 1) };
}
