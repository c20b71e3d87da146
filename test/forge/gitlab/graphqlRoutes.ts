import { buildSchema, execute, parse, validate } from 'graphql';
import type { ForgeRequest, ForgeRoute } from '../http/forgeRoute.ts';
import type { ForgeProject, Instance } from './instance.ts';

/** What of GitLab's schema is used, in its own names and types. */
const schema = buildSchema(`
  type Query { project(fullPath: ID!): Project }
  type Project { id: ID! repository: Repository userPermissions: ProjectPermissions! }
  type ProjectPermissions { pushCode: Boolean! }
  type Repository { blobs(paths: [String!]!, ref: String): RepositoryBlobConnection }
  type RepositoryBlobConnection { nodes: [RepositoryBlob] }
  type RepositoryBlob { id: ID! oid: String! path: String! rawTextBlob: String size: BigInt }
  scalar BigInt
`);
const maxBytes = 20 * 1024 * 1024;

interface GraphqlBody {
  readonly query: string;
  readonly variables: { readonly paths?: readonly string[] };
}

export function graphqlRoutes(instance: Instance): readonly ForgeRoute[] {
  return [
    {
      method: 'POST',
      base: '/api',
      path: '/graphql',
      operation: 'GraphQL is not in the description of the REST API',
      check: (request) => validate(schema, parse(bodyOf(request).query)).map(({ message }) => message),
      handle: async (request) => {
        const { query, variables } = bodyOf(request);
        const complexity = 15 + 2 * (variables.paths?.length ?? 0);
        if (complexity > instance.maxComplexity) {
          const bound = String(instance.maxComplexity);
          return refused(`Query has complexity of ${String(complexity)}, which exceeds max complexity of ${bound}`);
        }
        const rootValue = rootOf(instance, request);
        const result = await execute({ schema, document: parse(query), rootValue, variableValues: variables });
        const [error] = result.errors ?? [];
        return error ? refused(error.message) : { status: 200, body: { data: result.data } };
      },
    },
  ];
}

function rootOf(instance: Instance, { rights }: ForgeRequest) {
  return {
    project: ({ fullPath }: { readonly fullPath: string }) => {
      const found = rights === 'none' ? undefined : instance.projects.find(({ path }) => path === fullPath);
      if (!found) return null;
      return {
        id: `gid://gitlab/Project/${String(found.id)}`,
        userPermissions: { pushCode: rights === 'write' },
        repository: { blobs: (asked: BlobsAsked) => blobs(found, asked) },
      };
    },
  };
}

interface BlobsAsked {
  readonly ref: string;
  readonly paths: readonly string[];
}

/** What is no blob of the commit is left out; the order is nobody's. */
async function blobs({ git }: ForgeProject, { ref, paths }: BlobsAsked) {
  const commit = await git.resolve(ref);
  const found = await Promise.all(commit === undefined ? [] : paths.map((path) => git.fileAt(commit, path)));
  const files = found.filter((file) => file !== undefined);
  const total = files.reduce((sum, { bytes }) => sum + bytes.length, 0);
  if (total > maxBytes) throw new Error('The total size of the blobs exceeds 20 MiB');
  const nodes = files.map(({ path, id, bytes }) => ({ path, oid: id, id, rawTextBlob: textOf(bytes) }));
  return { nodes: nodes.reverse() };
}

/** What has a NUL near its beginning is binary; what is no UTF-8 is taken for Latin-1. */
function textOf(bytes: Buffer): string | null {
  if (bytes.subarray(0, 8_000).includes(0)) return null;
  const text = bytes.toString('utf8');
  return text.includes('\uFFFD') ? bytes.toString('latin1') : text;
}

function bodyOf(request: ForgeRequest): GraphqlBody {
  return request.json() as GraphqlBody;
}

function refused(message: string) {
  return { status: 200, body: { errors: [{ message }] } };
}
