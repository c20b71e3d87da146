import {
  array,
  boolean,
  check,
  nullish,
  number,
  object,
  optional,
  pipe,
  picklist,
  string,
  type GenericSchema,
  type InferOutput,
} from 'valibot';
import { isObjectId } from '../../core/model/ids.ts';

/** Only the fields that are used; names as in the server's REST description. */
const objectId = pipe(string(), check(isObjectId, 'a commit id'));

/** One page of anything; the next one begins at `nextPageStart`. */
export interface Page<Value> {
  readonly values: Value[];
  readonly isLastPage: boolean;
  readonly nextPageStart?: number | null | undefined;
}

export function pageOf<Value extends GenericSchema>(value: Value): GenericSchema<unknown, Page<InferOutput<Value>>> {
  return object({ values: array(value), isLastPage: boolean(), nextPageStart: nullish(number()) });
}

export const projectSchema = object({ key: string(), name: string() });

export const repositorySchema = object({
  slug: string(),
  name: string(),
  archived: optional(boolean(), false),
  project: object({ key: string() }),
});

export const branchSchema = object({
  id: string(),
  latestCommit: objectId,
  /** The description says `default`, servers say `isDefault`. */
  isDefault: optional(boolean()),
  default: optional(boolean()),
});

/** The configured one, which may not be there yet. */
export const defaultBranchSchema = object({ id: string() });

export const commitSchema = object({
  id: objectId,
  message: optional(string(), ''),
  parents: optional(array(object({ id: objectId })), []),
});

const pathSchema = object({ components: array(string()) });

export const changeSchema = object({
  type: picklist(['ADD', 'COPY', 'DELETE', 'MODIFY', 'MOVE', 'UNKNOWN']),
  nodeType: optional(picklist(['DIRECTORY', 'FILE', 'SUBMODULE']), 'FILE'),
  path: pathSchema,
  srcPath: nullish(pathSchema),
  contentId: nullish(string()),
  fromContentId: nullish(string()),
  executable: nullish(boolean()),
  srcExecutable: nullish(boolean()),
});

const linksSchema = object({ self: array(nullish(object({ href: string() }))) });

export const pullRequestSchema = object({ links: linksSchema });

export const pullRequestOfSchema = object({
  links: linksSchema,
  toRef: object({ id: string() }),
});

export const errorsSchema = object({
  errors: array(
    object({
      message: nullish(string()),
      exceptionName: nullish(string()),
      existingPullRequest: nullish(object({ links: linksSchema })),
    }),
  ),
});
