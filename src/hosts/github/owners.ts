import { array, object } from 'valibot';
import type { CallContext, Identity, Owner } from '../../ports/repositoryHost.ts';
import { grantedScopes } from '../http/grantedScopes.ts';
import type { HttpAnswer } from '../http/httpMessages.ts';
import type { GitHubApi } from './api.ts';
import { accountSchema } from './schemas.ts';

const perPage = { per_page: 100 } as const;
const ownedSchema = array(object({ owner: accountSchema }));

/** Who the token belongs to. */
export async function whoAmI(api: GitHubApi, call: CallContext): Promise<Identity> {
  const answer = await api.ask((octokit) => octokit.rest.users.getAuthenticated(), call, { conditional: true });
  const { id, login, avatar_url: avatar } = api.read(accountSchema, answer);
  const scopes = grantedScopes(answer);
  const expires = endOf(answer);
  return {
    id: String(id),
    name: login,
    ...(avatar === undefined ? {} : { avatar }),
    ...(scopes === undefined ? {} : { scopes }),
    ...(expires === undefined ? {} : { expires }),
  };
}

/** `2026-12-01 10:00:00 UTC`, beside every answer to a token that ends. */
function endOf(answer: HttpAnswer): number | undefined {
  const text = answer.header('github-authentication-token-expiration') ?? '';
  const [date, time] = text.split(' ');
  const end = Date.parse(`${date ?? ''}T${time ?? ''}Z`);
  return Number.isNaN(end) ? undefined : end;
}

/** The person, their organizations, and the people who let them work on their repositories. */
export async function* listOwners(api: GitHubApi, call: CallContext): AsyncIterable<readonly Owner[]> {
  const { name } = await whoAmI(api, call);
  const seen = new Set([name]);
  yield [{ id: name, name }];
  for await (const answer of api.pages((octokit) => octokit.rest.orgs.listForAuthenticatedUser(perPage), call)) {
    const open = api.read(array(accountSchema), answer).map(({ login }) => login);
    for (const login of open) seen.add(login);
    yield [...open.map((login) => ({ id: login, name: login })), ...(await lockedOwners(api, answer, call))];
  }
  const affiliation = 'collaborator';
  const shared = api.pages((octokit) => octokit.rest.repos.listForAuthenticatedUser({ affiliation, ...perPage }), call);
  for await (const answer of shared) {
    const logins = new Set(api.read(ownedSchema, answer).map(({ owner }) => owner.login));
    const found = [...logins].filter((login) => !seen.has(login));
    for (const login of found) seen.add(login);
    if (found.length > 0) yield found.map((login) => ({ id: login, name: login }));
  }
}

/**
 * Organizations that GitHub left out because their single sign-on does not know this token:
 * `X-GitHub-SSO: partial-results; organizations=21955855,20582480`.
 */
async function lockedOwners(api: GitHubApi, answer: HttpAnswer, call: CallContext): Promise<readonly Owner[]> {
  const [, ids = ''] = /^partial-results;\s*organizations=([\d,]+)/i.exec(answer.header('x-github-sso') ?? '') ?? [];
  const accounts = ids.split(',').filter((id) => id !== '');
  return Promise.all(accounts.map((id) => lockedOwner(api, Number(id), call)));
}

async function lockedOwner(api: GitHubApi, id: number, call: CallContext): Promise<Owner> {
  const answer = await api.ask((octokit) => octokit.rest.users.getById({ account_id: id }), call);
  const { login } = api.read(accountSchema, answer);
  return { id: login, name: login, locked: { reason: 'singleSignOn', link: `${api.origin}/orgs/${login}/sso` } };
}
