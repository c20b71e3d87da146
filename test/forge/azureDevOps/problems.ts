import type { ForgeReply } from '../http/forgeRoute.ts';

/** An error as Azure DevOps writes it. */
export function problem(status: number, typeKey: string, message: string): ForgeReply {
  const typeName = `Microsoft.TeamFoundation.Git.Server.${typeKey}, Microsoft.TeamFoundation.Git.Server`;
  const body = { $id: '1', innerException: null, message, typeName, typeKey, errorCode: 0, eventId: 3000 };
  return { status, body };
}

export function staleReference(ref: string): ForgeReply {
  const message = `TF401028: The reference '${ref}' has already been updated by another client, so you cannot update it. Please try again.`;
  return problem(409, 'GitReferenceStaleException', message);
}

export function rejectedByPolicy(): ForgeReply {
  const message =
    'TF402455: Pushes to this branch are not permitted; you must use a pull request to update this branch.';
  return problem(403, 'GitReferenceUpdateRejectedByPolicyException', message);
}

export function needsPermission(account: string, right: string): ForgeReply {
  const message = `TF401027: You need the Git '${right}' permission to perform this action. Details: identity '${account}', scope 'repository'.`;
  return problem(403, 'GitNeedsPermissionException', message);
}

export function repositoryNotFound(name: string): ForgeReply {
  const message = `TF401019: The Git repository with name or identifier ${name} does not exist or you do not have permissions for the operation you are attempting.`;
  return problem(404, 'GitRepositoryNotFoundException', message);
}

/** It is still listed and described, and nothing else. */
export function repositoryDisabled(name: string): ForgeReply {
  return problem(404, 'GitRepositoryDisabledException', `VS403710: The repository ${name} has been disabled.`);
}

export function projectNotFound(name: string): ForgeReply {
  const message = `TF200016: The following project does not exist: ${name}. Verify that the name of the project is correct and that the project exists on the specified Azure DevOps Server.`;
  return problem(404, 'ProjectDoesNotExistWithNameException', message);
}

export function unknownCommit(id: string): ForgeReply {
  const message = `TF401175:The version descriptor <Commit: ${id} > could not be resolved to a version in the repository`;
  return problem(404, 'GitUnresolvableToCommitException', message);
}

/** What a change list that does not fit the commit it is made on is answered with. */
export function wrongChange(message: string): ForgeReply {
  return problem(400, 'ArgumentException', message);
}

export function versionNotSupported(asked: string, latest: string): ForgeReply {
  const message = `The requested REST API version of ${asked} is out of range for this server. The latest REST API version this server supports is ${latest}.`;
  return problem(400, 'VssVersionOutOfRangeException', message);
}

export function previewNeeded(asked: string): ForgeReply {
  const message = `The requested version "${asked}" of the resource is under preview. The -preview flag must be supplied in the api-version for such requests.`;
  return problem(400, 'VssInvalidPreviewVersionException', message);
}

/** To a token that is unknown: honest only where the request says that it cannot show a sign-in page. */
export function unauthorized(suppressed: boolean): ForgeReply {
  if (!suppressed) {
    const title = '<head><title>Azure DevOps Services | Sign In</title></head>';
    const body = `<!DOCTYPE html><html lang="en-US">${title}<body></body></html>`;
    return { status: 203, headers: { 'content-type': 'text/html; charset=utf-8' }, body };
  }
  const tenant = 'https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555';
  return {
    status: 401,
    headers: { 'www-authenticate': `Bearer authorization_uri=${tenant}`, 'content-type': 'text/html; charset=utf-8' },
    body: '<!DOCTYPE html><html><head><title>Access Denied: The Personal Access Token used has expired.</title></head></html>',
  };
}
