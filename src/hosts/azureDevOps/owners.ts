import { Failure } from '../../core/errors.ts';
import type { CallContext, Identity, Owner } from '../../ports/repositoryHost.ts';
import type { AzureDevOpsApi } from './api.ts';
import { connectionData, projects } from './schemas.ts';

const pageSize = '100';

/** @throws Failure `signInNeeded` for nobody: public organizations answer them too. */
export async function whoAmI(api: AzureDevOpsApi, call: CallContext): Promise<Identity> {
  const request = { path: '_apis/connectionData', version: 'none' } as const;
  const { authenticatedUser: user } = await api.ask(connectionData, request, call);
  const name = user.customDisplayName ?? user.providerDisplayName ?? user.properties?.Account?.$value ?? '';
  if (name === 'Anonymous') throw new Failure('signInNeeded', api.facts());
  return { id: user.id, name };
}

/** The projects of the organization. */
export async function* listOwners(api: AzureDevOpsApi, call: CallContext): AsyncIterable<readonly Owner[]> {
  const pages = api.pages(projects, { path: '_apis/projects', query: { $top: pageSize } }, call);
  for await (const { value } of pages) yield value.map(({ id, name }) => ({ id, name }));
}
