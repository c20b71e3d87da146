import { Failure } from '../../core/errors.ts';
import type { CallContext, Identity, Owner } from '../../ports/repositoryHost.ts';
import type { DataCenterApi, Query } from './api.ts';
import { nobody, userIn } from './failures.ts';
import { projectSchema } from './schemas.ts';

const pageSize = 100;

/** Every answer names the account in a header; this is the smallest that every server gives. */
export async function whoAmI(api: DataCenterApi, call: CallContext): Promise<Identity> {
  const facts = api.facts();
  const url = api.url('api/latest/application-properties');
  const answer = await api.ask({ method: 'GET', url }, call, facts);
  const name = userIn(answer);
  if (name === nobody) throw new Failure('signInNeeded', facts);
  if (name === undefined) {
    throw new Failure('unexpectedAnswer', { ...facts, detail: 'the server does not say whose token this is' });
  }
  return { id: name, name };
}

/** A person's own project is in no list of projects. */
export async function* listOwners(api: DataCenterApi, call: CallContext): AsyncIterable<readonly Owner[]> {
  const address = (page: Query): string => api.url('api/latest/projects', page);
  let own: readonly Owner[] | undefined;
  for await (const page of api.pages(projectSchema, address, pageSize, call, api.facts())) {
    own ??= personalProject(api.user);
    yield [...own, ...page.map(({ key, name }) => ({ id: key, name }))];
    own = [];
  }
}

function personalProject(user: string | undefined): readonly Owner[] {
  return user === undefined ? [] : [{ id: `~${user}`, name: `~${user}` }];
}
