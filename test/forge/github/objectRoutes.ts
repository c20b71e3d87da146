import type { ForgeReply, ForgeRequest, ForgeRoute } from '../http/forge.ts';
import type { CommitEdits, ForgeGit } from '../http/forgeGit.ts';
import type { GitMode } from '../git/gitRepository.ts';
import { inRepository } from './inRepository.ts';
import { emptyRepository } from './refRoutes.ts';
import { notFound, problem } from './replies.ts';
import type { ForgeRepository, GitHubState } from './state.ts';

interface NewTree {
  readonly base_tree?: string;
  readonly tree: readonly {
    readonly path: string;
    readonly mode: GitMode;
    readonly sha?: string | null;
    readonly content?: string;
  }[];
}

/** Git's objects: read, and made before any branch has them. */
export function objectRoutes(state: GitHubState): readonly ForgeRoute[] {
  return [
    ...inRepository(state, 'GET', '/git/trees/{tree_sha}', {
      handle: (repository, request) => tree(state, repository, request),
    }),
    ...inRepository(state, 'GET', '/git/blobs/{file_sha}', { handle: ({ git }, request) => blob(git, request) }),
    ...inRepository(state, 'POST', '/git/blobs', {
      writes: true,
      handle: async ({ git }, request) => {
        if ((await git.branches()).length === 0) return emptyRepository();
        const { content, encoding } = request.json() as { content: string; encoding: BufferEncoding };
        const sha = await git.writeBlob(Buffer.from(content, encoding));
        return { status: 201, body: { sha, url: 'https://api.github.com/x' } };
      },
    }),
    ...inRepository(state, 'POST', '/git/trees', {
      writes: true,
      handle: ({ git }, request) => makeTree(git, request.json() as NewTree),
    }),
    ...inRepository(state, 'POST', '/git/commits', {
      writes: true,
      handle: async ({ git }, request) => {
        const {
          message,
          tree: of,
          parents = [],
        } = request.json() as { message: string; tree: string; parents?: string[] };
        const sha = await git.commitTree(of, parents, message);
        return { status: 201, body: { sha, message, tree: { sha: of }, parents: parents.map((id) => ({ sha: id })) } };
      },
    }),
  ];
}

async function tree(
  { treeLimit }: GitHubState,
  { git }: ForgeRepository,
  { params, url }: ForgeRequest,
): Promise<ForgeReply> {
  const recursive = url.searchParams.has('recursive');
  const of = params['tree_sha'] ?? '';
  const entries = await git.entries((await git.resolve(of)) ?? of, { recursive });
  if (entries === undefined) return notFound();
  const items = entries.slice(0, treeLimit).map(({ path, mode, type, id, size }) => ({
    path,
    mode,
    type,
    sha: id,
    ...(size === undefined ? {} : { size }),
  }));
  return { status: 200, body: { sha: of, truncated: entries.length > treeLimit, tree: items } };
}

async function blob(git: ForgeGit, { params, headers }: ForgeRequest): Promise<ForgeReply> {
  const sha = params['file_sha'] ?? '';
  const bytes = await git.blob(sha);
  if (bytes === undefined) return notFound();
  // As recorded: the header calls bytes of any kind a text.
  const raw = { 'content-type': 'application/vnd.github.raw+json; charset=utf-8' };
  if (/raw/.test(headers.accept ?? '')) return { status: 200, headers: raw, body: new Uint8Array(bytes) };
  return { status: 200, body: { sha, size: bytes.length, content: bytes.toString('base64'), encoding: 'base64' } };
}

async function makeTree(git: ForgeGit, { base_tree: base, tree: items }: NewTree): Promise<ForgeReply> {
  if ((await git.branches()).length === 0) return emptyRepository();
  const parent = base === undefined ? undefined : (await git.commitObject(base))?.id;
  if (base !== undefined && parent === undefined)
    return problem(422, 'base_tree is not a commit that this forge knows');
  const edits = new Map<string, NonNullable<ReturnType<CommitEdits['get']>> | null>();
  for (const { path, mode, sha, content } of items) {
    if (sha === null) {
      if (parent === undefined || !(await git.entryAt(parent, path))) return problem(422, 'GitRPC::BadObjectState');
      edits.set(path, null);
    } else if (sha !== undefined) {
      if (!(await git.blob(sha))) return problem(422, `tree.sha ${sha} is not a valid blob`);
      edits.set(path, { mode, id: sha });
    } else edits.set(path, { mode, bytes: Buffer.from(content ?? '') });
  }
  const commit = await git.commitOnly({ parent, edits, message: 'Only its tree counts' });
  return { status: 201, body: { sha: (await git.treeId(commit))!, truncated: false, tree: [] } };
}
