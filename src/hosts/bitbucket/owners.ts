import { Failure } from '../../core/errors.ts';
import type { Session } from '../../ports/accounts.ts';
import type { CallContext, Identity, Owner } from '../../ports/repositoryHost.ts';
import { grantedScopes } from '../http/grantedScopes.ts';
import type { BitbucketApi } from './api.ts';
import { refusalOf } from './failures.ts';
import { user, workspaceAccess } from './schemas.ts';

/**
 * Who the token belongs to. The access token of a workspace, project or repository belongs to nobody, and may not ask:
 * then the name that it was kept under has to do.
 */
export async function whoAmI(api: BitbucketApi, session: Session, call: CallContext): Promise<Identity> {
  const answer = await api.http.send({ method: 'GET', url: api.url('/user', {}) }, call);
  const refusal = answer.status >= 300 ? refusalOf(answer, api.http.facts) : undefined;
  if (refusal !== undefined) {
    if (!(await belongsToNobody(session, refusal))) throw refusal;
    return { id: '', name: session.account ?? '' };
  }
  const { uuid, nickname, display_name } = api.read(user, answer, api.http.facts);
  const scopes = grantedScopes(answer);
  const name = display_name ?? nickname ?? session.account ?? '';
  return { id: uuid ?? '', name, ...(scopes === undefined ? {} : { scopes }) };
}

/** The workspaces that the person is in. */
export async function* listOwners(
  api: BitbucketApi,
  session: Session,
  call: CallContext,
): AsyncGenerator<readonly Owner[]> {
  const first = api.url('/user/workspaces', {}, { pagelen: '100' });
  try {
    for await (const page of api.pages(workspaceAccess, first, api.http.facts, call)) {
      yield page.map(({ workspace: { uuid, slug, name } }) => ({ id: uuid, name: name ?? slug }));
    }
  } catch (error) {
    if (!(error instanceof Failure) || !(await belongsToNobody(session, error))) throw error;
    const detail = 'the access token of a workspace or repository cannot list workspaces; name the repository instead.';
    throw new Failure('unsupported', { ...error.facts, detail }, { cause: error });
  }
}

/** “Token is invalid or not supported for this endpoint.” is all that is said; a person's token comes with an e-mail. */
async function belongsToNobody(session: Session, refusal: Failure): Promise<boolean> {
  if (!/not supported for this endpoint/i.test(refusal.facts.detail ?? '')) return false;
  return (await session.credential())?.kind === 'bearer';
}
