import {
  array,
  boolean,
  literal,
  nullable,
  nullish,
  number,
  object,
  optional,
  picklist,
  pipe,
  record,
  regex,
  string,
} from 'valibot';

const objectId = pipe(string(), regex(/^[0-9a-f]{40}$/));
const access = nullish(object({ access_level: number() }));

export const userSchema = object({ id: number(), username: string(), avatar_url: nullish(string()) });

/** What a personal access token tells of itself; `expires_at` is a day. */
export const tokenSchema = object({ scopes: array(string()), expires_at: nullish(string()) });

export const groupSchema = object({ full_path: string(), full_name: string() });

/** `simple` ones and those of older servers have neither permissions nor `empty_repo`. */
export const projectSchema = object({
  id: number(),
  path_with_namespace: string(),
  default_branch: nullish(string()),
  empty_repo: optional(boolean()),
  permissions: nullish(object({ project_access: access, group_access: access })),
});

export const branchSchema = object({
  name: string(),
  commit: object({ id: objectId }),
  default: optional(boolean()),
  protected: optional(boolean()),
  can_push: optional(boolean()),
});

export const treeEntrySchema = object({
  id: objectId,
  type: picklist(['blob', 'tree', 'commit']),
  path: string(),
  mode: string(),
});

export const commitSchema = object({ id: objectId, parent_ids: array(objectId), message: string() });

export const mergeBaseSchema = object({ id: objectId });

export const mergeRequestSchema = object({ web_url: string() });

/** What `POST repository/blobs/batch` tells of one file. */
export const batchedBlobSchema = object({
  path: string(),
  truncated: boolean(),
  encoding: literal('base64'),
  content: string(),
});

export const textBlobsSchema = object({
  project: nullable(
    object({
      repository: nullable(
        object({
          blobs: nullable(
            object({ nodes: array(nullable(object({ path: string(), rawTextBlob: nullable(string()) }))) }),
          ),
        }),
      ),
    }),
  ),
});

export const pushPermissionSchema = object({
  project: nullable(object({ userPermissions: object({ pushCode: boolean() }) })),
});

export const insufficientScopeSchema = object({ error: literal('insufficient_scope'), scope: optional(string()) });

export const fieldErrorsSchema = object({ message: record(string(), array(string())) });
