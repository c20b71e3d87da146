import type { ForgeRequest } from '../http/forge.ts';
import { refusal } from './graphqlRefusal.ts';
import { byName, type ForgeRepository, type GitHubState } from './state.ts';

/** Texts are cut there. */
const longestText = 512_000;

interface RefsArguments {
  readonly refPrefix: string;
  readonly query?: string | null;
  readonly first: number;
  readonly after?: string | null;
}

/** The fields of `Query` that the adapter asks for. */
export function queries(state: GitHubState, request: ForgeRequest): object {
  return {
    repository: ({ owner, name }: { owner: string; name: string }) => {
      const found = byName(state, owner, name);
      if (!found || request.rights === 'none') {
        throw refusal('NOT_FOUND', `Could not resolve to a Repository with the name '${owner}/${name}'.`);
      }
      return repositoryNode(state, found);
    },
  };
}

function repositoryNode(state: GitHubState, { git, defaultBranch, protectedBranches }: ForgeRepository): object {
  return {
    isEmpty: async () => (await git.branches()).length === 0,
    defaultBranchRef: async () => {
      const head = await git.head(defaultBranch);
      return head === undefined ? null : refNode(defaultBranch, head);
    },
    refs: async ({ refPrefix, query, first, after }: RefsArguments) => {
      const all = await git.refs(refPrefix);
      const found = all.filter(({ name }) => name.toLowerCase().includes((query ?? '').toLowerCase()));
      const start = after === null || after === undefined ? 0 : Number(after);
      const end = start + (state.pageSize === 0 ? first : Math.min(first, state.pageSize));
      return {
        totalCount: found.length,
        pageInfo: { hasNextPage: end < found.length, endCursor: String(end) },
        nodes: found.slice(start, end).map(({ name, id }) => ({
          ...refNode(name, id),
          refUpdateRule: protectedBranches.has(name) ? { viewerCanPush: false } : null,
        })),
      };
    },
    object: async ({ oid }: { oid: string }) => {
      const bytes = await git.blob(oid);
      return bytes === undefined ? null : blobNode(oid, bytes);
    },
  };
}

function refNode(name: string, oid: string): object {
  return { name, target: { __typename: 'Commit', oid } };
}

/** The text decoded, so that what is no UTF-8 comes out different, and a byte order mark is lost. */
function blobNode(oid: string, bytes: Buffer): object {
  const isBinary = bytes.includes(0);
  const isTruncated = bytes.length > longestText;
  const text = new TextDecoder().decode(bytes.subarray(0, longestText));
  return { __typename: 'Blob', oid, byteSize: bytes.length, isBinary, isTruncated, text: isBinary ? null : text };
}
