import { array, boolean, nullish, object, optional, string, unknown, type InferOutput } from 'valibot';
import type { HttpAnswer } from '../http/httpMessages.ts';

const errorSchema = object({
  type: optional(string()),
  message: string(),
  extensions: nullish(object({ code: optional(string()), saml_failure: optional(boolean()) })),
});

/** What GraphQL answers, with a success of HTTP whatever happened. */
export const graphSchema = object({ data: optional(unknown()), errors: optional(array(errorSchema)) });

export type GraphError = InferOutput<typeof errorSchema>;

export interface GraphAnswer {
  readonly data: unknown;
  readonly errors: readonly GraphError[];
  readonly answer: HttpAnswer;
}

/** A server that is older than the field. */
export function isUnknownField({ errors }: GraphAnswer): boolean {
  return errors.some(({ extensions }) => extensions?.code === 'undefinedField');
}
