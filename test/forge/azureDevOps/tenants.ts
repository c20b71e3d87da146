import type { ForgeReply, ForgeRequest, ForgeRoute } from '../http/forgeRoute.ts';
import type { Organization } from './organization.ts';
import { problem } from './problems.ts';

/** A private organization of a tenant: it tells nobody more than its tenant, and turns away whoever is of another. */
export function ofTenant(organization: Organization, route: ForgeRoute): ForgeRoute {
  return { ...route, handle: (request) => refusal(organization, request) ?? route.handle(request) };
}

function refusal({ tenant, foreigners }: Organization, { account }: ForgeRequest): ForgeReply | undefined {
  if (tenant === undefined) return undefined;
  if (account === undefined)
    return { status: 401, headers: challenge(tenant), body: '<!DOCTYPE html><title>401</title>' };
  if (!foreigners.has(account)) return undefined;
  const message = `TF400813: The user '${account}' is not authorized to access this resource.`;
  return { ...problem(401, 'UnauthorizedRequestException', message), headers: challenge(tenant) };
}

function challenge(tenant: string): Record<string, string> {
  return {
    'x-vss-resourcetenant': tenant,
    'www-authenticate': `Bearer authorization_uri=https://login.microsoftonline.com/${tenant}, Basic realm="https://tfs.acme.example/", TFS-Federated`,
  };
}
