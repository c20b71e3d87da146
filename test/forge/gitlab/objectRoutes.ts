import type { ForgeGit } from '../http/forgeGit.ts';
import type { ForgeReply, ForgeRequest, ForgeRoute } from '../http/forgeRoute.ts';
import { inProject } from './inProject.ts';
import type { ForgeProject, Instance } from './instance.ts';
import { describedCommit } from './objects.ts';
import { keysetPage, page } from './pages.ts';
import { noSuchPath, notFound, problem } from './problems.ts';

/** Trees, contents and history. */
export function objectRoutes(instance: Instance): readonly ForgeRoute[] {
  return [
    inProject(instance, 'GET', '/repository/tree', { handle: (project, request) => tree(instance, project, request) }),
    inProject(instance, 'POST', '/repository/blobs/batch', {
      handle: ({ git }, request) => (instance.batches ? batch(git, request) : noSuchPath),
    }),
    inProject(instance, 'GET', '/repository/blobs/{sha}/raw', {
      handle: async ({ git }, { params }) => {
        const bytes = await git.blob(params['sha'] ?? '');
        return bytes ? { status: 200, headers: { 'content-type': 'text/plain' }, body: bytes } : notFound('Blob');
      },
    }),
    inProject(instance, 'GET', '/repository/commits', {
      handle: async ({ git }, request) => {
        const [from, to] = await range(git, request.url.searchParams.get('ref_name') ?? 'HEAD');
        // A range with an end that is unknown holds nothing.
        const commits = to === undefined ? [] : await git.log({ to, ...(from === undefined ? {} : { from }) });
        return page(instance, request, commits.map(describedCommit));
      },
    }),
    inProject(instance, 'GET', '/repository/merge_base', { handle: ({ git }, request) => mergeBase(git, request) }),
  ];
}

async function tree(instance: Instance, { git }: ForgeProject, request: ForgeRequest): Promise<ForgeReply> {
  const { searchParams } = request.url;
  const pagination = searchParams.get('pagination') ?? 'legacy';
  const recursive = searchParams.get('recursive') === 'true';
  if (pagination === 'none' && !instance.wholeTrees) {
    return { status: 400, body: { error: 'pagination does not have a valid value' } };
  }
  if (pagination === 'none' && !recursive) {
    return { status: 400, body: { error: 'pagination cannot be "none" unless "recursive" is true' } };
  }
  const commit = await git.resolve(searchParams.get('ref') ?? 'main');
  const entries = commit && (await git.entries(commit, { recursive, path: searchParams.get('path') ?? '' }));
  if (!entries) return notFound('Tree');
  const listed = entries.map(({ id, path, type, mode }) => {
    return { id, name: path.slice(path.lastIndexOf('/') + 1), type, path, mode };
  });
  if (pagination === 'none') return { status: 200, body: listed };
  if (pagination === 'legacy') return page(instance, request, listed);
  return keysetPage(instance, request, listed, (item) => Buffer.from((item as { path: string }).path).toString('hex'));
}

/** At most 20 files, each cut at a megabyte; what is no file of the commit is left out. */
async function batch(git: ForgeGit, request: ForgeRequest): Promise<ForgeReply> {
  const { files } = request.json() as { readonly files: readonly { readonly path: string; readonly ref: string }[] };
  if (files.length > 20) return { status: 400, body: { error: 'files has more than 20 items' } };
  const found = files.map(async ({ path, ref }) => {
    const commit = await git.resolve(ref);
    const file = commit && (await git.fileAt(commit, path));
    if (!file) return [];
    const kept = file.bytes.subarray(0, 1024 * 1024);
    const size = file.bytes.length;
    const content = kept.toString('base64');
    return [{ path, ref, size, truncated: size > kept.length, encoding: 'base64', content }];
  });
  return { status: 200, body: (await Promise.all(found)).flat() };
}

async function range(git: ForgeGit, text: string): Promise<readonly [string | undefined, string | undefined]> {
  const [first = '', second] = text.split('..', 2);
  if (second === undefined) return [undefined, await git.resolve(first)];
  const from = await git.resolve(first);
  return from === undefined ? [undefined, undefined] : [from, await git.resolve(second)];
}

async function mergeBase(git: ForgeGit, { url }: ForgeRequest): Promise<ForgeReply> {
  const refs = (url.searchParams.get('refs') ?? '').split(',');
  const [a, b] = await Promise.all(refs.map((ref) => git.resolve(ref)));
  const unknown = refs.filter((_, index) => [a, b][index] === undefined);
  if (refs.length < 2) return problem(400, 'Provide at least 2 refs');
  if (a === undefined || b === undefined) {
    return problem(400, `Could not find ref${unknown.length > 1 ? 's' : ''}: ${unknown.join(', ')}`);
  }
  const base = await git.mergeBase(a, b);
  const commit = base === undefined ? undefined : await git.commitObject(base);
  return commit ? { status: 200, body: describedCommit(commit) } : notFound('Merge Base');
}
