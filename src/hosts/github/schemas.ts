import {
  array,
  boolean,
  nullish,
  number,
  object,
  optional,
  picklist,
  pipe,
  regex,
  string,
  transform,
  union,
  type InferOutput,
} from 'valibot';
import { asCommitId } from '../../core/model/ids.ts';

// Just the fields that are used, as GitHub names them.

const objectId = pipe(string(), regex(/^[0-9a-f]{40}$/));
export const commitIdSchema = pipe(objectId, transform(asCommitId));

export const accountSchema = object({ id: number(), login: string(), avatar_url: optional(string()) });

export const repositorySchema = object({
  id: number(),
  node_id: optional(string()),
  full_name: string(),
  default_branch: nullish(string()),
  /** In kB; 0 for an empty one, and for a very small one too. */
  size: optional(number()),
  archived: optional(boolean()),
  disabled: optional(boolean()),
  permissions: optional(object({ push: optional(boolean()) })),
});

const oneRef = object({ ref: string(), object: object({ sha: commitIdSchema }) });
/** Old servers answer to a name that is none with every ref that begins with it. */
export const refSchema = union([oneRef, array(oneRef)]);

const treeItemSchema = object({
  path: string(),
  mode: picklist(['100644', '100664', '100755', '040000', '120000', '160000']),
  sha: objectId,
  size: optional(number()),
});
export type TreeItem = InferOutput<typeof treeItemSchema>;
export const treeSchema = object({ truncated: optional(boolean(), false), tree: array(treeItemSchema) });

export const commitSchema = object({
  sha: commitIdSchema,
  parents: array(object({ sha: commitIdSchema })),
  commit: object({ message: string() }),
});

export const comparisonSchema = object({
  status: picklist(['ahead', 'behind', 'identical', 'diverged']),
  total_commits: number(),
  commits: array(commitSchema),
});

export const madeObjectSchema = object({ sha: objectId });
export const madeCommitSchema = object({ sha: commitIdSchema, parents: array(object({ sha: commitIdSchema })) });
export const madeFileSchema = object({ commit: madeCommitSchema });

export const pullRequestSchema = object({ html_url: string() });

export const searchSchema = object({ items: array(repositorySchema) });

/** What REST says when it refuses; `errors` holds texts on some pages. */
export const refusalSchema = object({
  message: string(),
  errors: optional(
    array(
      union([
        object({ code: optional(string()), field: optional(string()), message: optional(string()) }),
        pipe(
          string(),
          transform((message) => ({ message, code: undefined, field: undefined })),
        ),
      ]),
    ),
  ),
});

/** A repository that was taken down. */
export const blockSchema = object({ block: object({ html_url: string() }) });
