import {
  array,
  check,
  nullish,
  number,
  object,
  optional,
  pipe,
  string,
  transform,
  unknown,
  type GenericSchema,
  type InferOutput,
} from 'valibot';
import { asCommitId, isObjectId } from '../../core/model/ids.ts';

/** Just the fields that are used, of the answers that are read. */
const commitId = pipe(string(), check(isObjectId, 'a commit id'), transform(asCommitId));

export function pageOf<Item extends GenericSchema>(item: Item): GenericSchema<unknown, Page<InferOutput<Item>>> {
  return object({ values: array(item), next: optional(string()) });
}

interface Page<Item> {
  readonly values: Item[];
  /** Where the next page is; empty or absent on the last one. */
  readonly next?: string | undefined;
}

export const user = object({
  uuid: optional(string()),
  display_name: optional(string()),
  nickname: optional(string()),
});

export const workspaceAccess = object({
  workspace: object({ uuid: string(), slug: string(), name: optional(string()) }),
});

const identified = nullish(object({ uuid: optional(string()) }));

/** `workspace` came later than `owner`, which is the workspace's account. */
export const repository = object({
  uuid: string(),
  full_name: string(),
  mainbranch: nullish(object({ name: string() })),
  workspace: identified,
  owner: identified,
});
export type RepositoryAnswer = InferOutput<typeof repository>;

export const repositoryPermission = object({
  permission: string(),
  repository: optional(object({ uuid: optional(string()) })),
});

export const branch = object({ name: string(), target: object({ hash: commitId }) });

export const branchTip = object({ target: object({ hash: commitId }) });

export const commit = object({ hash: commitId });

/** Of the history. */
export const commitWithParents = object({
  hash: commitId,
  message: string(),
  parents: array(object({ hash: commitId })),
});

export const branchCommit = object({ target: commitWithParents });

export const commitParents = object({ parents: array(object({ hash: commitId })) });

/** A file or a folder (`commit_directory`) of a listing. */
export const sourceEntry = object({
  path: string(),
  type: string(),
  size: nullish(number()),
  attributes: optional(array(string()), []),
});

const side = nullish(object({ path: string() }));
export const diffstatEntry = object({ old: side, new: side });

export const pullRequest = object({ links: object({ html: object({ href: string() }) }) });

/** `detail` is a sentence, or the token's rights: those that are needed and those that it has. */
export const problem = object({
  error: object({ message: string(), detail: optional(unknown()), fields: optional(unknown()) }),
});

export const scopes = object({ required: array(string()), granted: optional(array(string()), []) });
