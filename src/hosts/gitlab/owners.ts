import type { Identity, Owner } from '../../ports/repositoryHost.ts';
import type { GitLabCall } from './api.ts';
import type { ProjectNames } from './projectNames.ts';
import { resourcesOf } from './resources.ts';
import { groupSchema, tokenSchema, userSchema } from './schemas.ts';

/** Reporter: the least that reads a private project's files. */
const readingLevel = 20;

/** Whose token it is, and what the token tells of itself: one of a project or of an application tells nothing. */
export async function whoAmI(call: GitLabCall): Promise<Identity> {
  const { id, username, avatar_url: avatar } = await currentUser(call);
  const answer = await call.send('GET', 'personal_access_tokens/self');
  const known = answer.status === 200 ? call.parse(tokenSchema, answer.json()) : undefined;
  return {
    id: String(id),
    name: username,
    ...(typeof avatar === 'string' ? { avatar } : {}),
    ...(known === undefined ? {} : { scopes: known.scopes }),
    ...(typeof known?.expires_at === 'string' ? { expires: Date.parse(`${known.expires_at}T00:00:00Z`) } : {}),
  };
}

async function currentUser(call: GitLabCall) {
  return call.parse(userSchema, await resourcesOf(call).users.showCurrentUser());
}

/** The person's own namespace, then every group and subgroup. Their paths are in one name space. */
export async function* listOwners(call: GitLabCall, names: ProjectNames): AsyncGenerator<readonly Owner[]> {
  const { username: name } = await currentUser(call);
  names.keepPerson(name);
  yield [{ id: name, name }];
  const query = { min_access_level: readingLevel, order_by: 'name', sort: 'asc', per_page: 100 };
  for await (const groups of call.pages(groupSchema, 'groups', query)) {
    yield groups.map(({ full_path: id, full_name: full }) => ({ id, name: full }));
  }
}
