import { GraphQLError } from 'graphql';

/** A refusal with the name that GitHub has for it. */
export function refusal(type: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { type } });
}
