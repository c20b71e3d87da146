import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildSchema, execute, parse, validate, type GraphQLError } from 'graphql';
import type { ForgeRequest, ForgeRoute } from '../http/forge.ts';
import { mutations } from './graphqlMutations.ts';
import { queries } from './graphqlQueries.ts';
import type { GitHubState } from './state.ts';

interface GraphRequest {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

const official = fileURLToPath(
  new URL('../../../node_modules/@octokit/graphql-schema/schema.graphql', import.meta.url),
);

/** Building it takes a moment. */
const schema = buildSchema(readFileSync(official, 'utf8'), { assumeValid: true });

/** GraphQL, run by graphql-js on the official schema; a document that it does not allow is a violation. */
export function graphqlRoute(state: GitHubState): ForgeRoute {
  return {
    method: 'POST',
    path: '/graphql',
    base: '/api',
    operation: 'GraphQL is described by a schema of its own',
    commits: (request) => /createCommitOnBranch|updateRefs/.test(readRequest(request).query),
    check: (request) => {
      const { query } = readRequest(request);
      return validate(schema, parse(query)).map(({ message }) => message);
    },
    handle: async (request) => {
      const { query, variables = {} } = readRequest(request);
      if (!state.hasUpdateRefs && query.includes('updateRefs'))
        return { status: 200, body: unknownField('updateRefs') };
      const result = await execute({
        schema,
        document: parse(query),
        rootValue: { ...queries(state, request), ...mutations(state, request) },
        variableValues: variables,
      });
      const errors = result.errors?.map((error) => errorJson(error));
      return { status: 200, body: { data: result.data ?? null, ...(errors ? { errors } : {}) } };
    },
  };
}

/** A body that a fault sent is none of ours. */
function readRequest(request: ForgeRequest): GraphRequest {
  return request.json() as GraphRequest;
}

function errorJson({ message, path, locations, extensions }: GraphQLError): object {
  const { type } = extensions;
  // One of graphql-js: a variable of a wrong type, or a defect of this forge.
  if (typeof type !== 'string') throw new Error(`GraphQL: ${message}`);
  return { type, path, locations, message };
}

function unknownField(name: string): object {
  const extensions = { code: 'undefinedField', typeName: 'Mutation', fieldName: name };
  return {
    errors: [{ path: ['mutation', name], extensions, message: `Field '${name}' doesn't exist on type 'Mutation'` }],
  };
}
