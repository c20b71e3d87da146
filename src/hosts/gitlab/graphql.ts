import { array, object, optional, safeParse, string, unknown } from 'valibot';
import { Failure, type FailureFacts } from '../../core/errors.ts';

const errorsSchema = object({ errors: array(object({ message: string() })) });
const dataSchema = object({ data: optional(unknown()) });

/** GraphQL answers with 200 whatever happened. @throws Failure `hostError` with the words of the first error. */
export function graphqlData(body: unknown, facts: FailureFacts): unknown {
  const refused = safeParse(errorsSchema, body);
  const [first] = refused.success ? refused.output.errors : [];
  if (first !== undefined) throw new Failure('hostError', { ...facts, detail: first.message.slice(0, 300) });
  const answered = safeParse(dataSchema, body);
  return answered.success ? answered.output.data : undefined;
}
