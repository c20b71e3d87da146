import { array, boolean, literal, nullish, number, object, optional, pipe, regex, string, union } from 'valibot';

/** Only the fields that are used, as the wire has them: lists are `{count, value}`, whatever the description says. */

const objectId = pipe(string(), regex(/^[0-9a-f]{40}$/));

export const connectionData = object({
  authenticatedUser: object({
    id: string(),
    providerDisplayName: optional(string()),
    customDisplayName: optional(string()),
    properties: optional(object({ Account: optional(object({ $value: string() })) })),
  }),
});

export const projects = object({ value: array(object({ id: string(), name: string() })) });

export const repository = object({
  id: string(),
  name: string(),
  project: object({ id: string(), name: string() }),
  /** `refs/heads/main`; absent in an empty repository. */
  defaultBranch: optional(string()),
  size: optional(number()),
  isDisabled: optional(boolean()),
});

export const repositories = object({ value: array(repository) });

/** One answer for each token that was asked about. */
export const permissions = object({ value: array(boolean()) });

export const refs = object({
  value: array(object({ name: string(), objectId, isLocked: optional(boolean()) })),
});

export const refUpdates = object({
  value: array(
    object({
      success: boolean(),
      updateStatus: optional(string()),
      customMessage: nullish(string()),
      rejectedBy: nullish(string()),
    }),
  ),
});

export const commit = object({
  commitId: objectId,
  treeId: objectId,
  parents: array(objectId),
  comment: string(),
});

/** Comments are cut, and parents left out. */
export const commits = object({ value: array(object({ commitId: objectId })) });

export const tree = object({
  treeEntries: array(
    object({
      relativePath: string(),
      mode: string(),
      objectId,
      gitObjectType: union([literal('blob'), literal('tree'), literal('commit')]),
      size: optional(number()),
    }),
  ),
});

export const push = object({
  commits: array(commit),
  refUpdates: array(object({ name: string(), oldObjectId: objectId, newObjectId: objectId })),
});

export const pullRequest = object({
  pullRequestId: number(),
  repository: object({ name: string(), project: object({ name: string() }) }),
});

export const pullRequests = object({ value: array(pullRequest) });

/** What an error says of itself. */
export const problem = object({ message: string(), typeKey: optional(string()) });
