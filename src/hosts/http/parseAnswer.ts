import { getDotPath, safeParse, type GenericSchema, type InferOutput } from 'valibot';
import { Failure, type FailureFacts } from '../../core/errors.ts';

/** What a host said, as exactly the fields that are used. @throws Failure `unexpectedAnswer` naming the field. */
export function parseAnswer<Schema extends GenericSchema>(
  schema: Schema,
  value: unknown,
  facts: FailureFacts,
): InferOutput<Schema> {
  const result = safeParse(schema, value);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const where = getDotPath(issue) ?? 'the answer';
  // What was there instead may be anything, so that only its type is told.
  throw new Failure('unexpectedAnswer', {
    ...facts,
    detail: `${where} should be ${issue.expected ?? 'another thing'}`,
  });
}
