import type { ForgeReply, ForgeRequest, ForgeRoute } from '../http/forge.ts';
import type { ForgeEntry } from '../http/forgeGit.ts';
import { page, problem } from './answers.ts';
import type { BitbucketState } from './bitbucketForge.ts';
import { commitForm } from './commitForm.ts';
import type { BitbucketRepository } from './bitbucketRepository.ts';
import { filtered } from './queryLanguage.ts';

const base = '/repositories/{workspace}/{repo_slug}';

/** Files and folders of a commit, and commits made of files. */
export function sourceRoutes(state: BitbucketState): readonly ForgeRoute[] {
  return [
    {
      method: 'GET',
      path: `${base}/src/{commit}/{path+}`,
      handle: state.reading((request, repository) => source(state, request, repository)),
    },
    {
      method: 'POST',
      path: `${base}/src`,
      commits: true,
      handle: state.writing(async (request, repository) => {
        const url = (id: string) => `${state.origin}/2.0/repositories/${repository.fullName}/commit/${id}`;
        const reply = await commitForm(request, repository, url);
        if (!state.limits.hidesLocation || reply.status !== 201) return reply;
        return { status: 201, headers: { 'content-type': 'text/html; charset=utf-8' } };
      }),
    },
    {
      method: 'GET',
      base: '',
      path: '/{workspace}/{repo_slug}/get/{file}',
      operation: 'the website’s, not the API’s',
      otherSite: true,
      handle: state.reading((request, repository) => archive(state, request, repository)),
    },
  ];
}

async function source(
  state: BitbucketState,
  request: ForgeRequest,
  repository: BitbucketRepository,
): Promise<ForgeReply> {
  const { commit = '', path: asked = '' } = request.params;
  const { git } = repository;
  if (!/^[0-9a-f]{40}$/.test(commit) || (await git.commitObject(commit)) === undefined) {
    return problem(404, 'Commit not found', { data: { shas: [commit] } });
  }
  const path = asked.replace(/\/$/, '');
  const entry = path === '' ? undefined : await git.entryAt(commit, path);
  if (path !== '' && entry === undefined) return problem(404, `No such file or directory: ${path}`);
  if (entry === undefined || entry.type === 'tree') return listing(state, request, repository, commit, path);
  if (repository.lfs.has(path)) return { status: 302, headers: { location: `${state.media}/file/${entry.id}/binary` } };
  const contents = entry.type === 'commit' ? Buffer.from(entry.id) : await git.blob(entry.id);
  return {
    status: 200,
    headers: {
      'content-type': typeByName(path),
      'content-disposition': 'attachment',
      etag: `"${entry.id}${entry.mode}"`,
    },
    body: contents!,
  };
}

async function listing(
  state: BitbucketState,
  request: ForgeRequest,
  repository: BitbucketRepository,
  commit: string,
  path: string,
): Promise<ForgeReply> {
  const { searchParams } = request.url;
  const depth = Number(searchParams.get('max_depth') ?? 1);
  if (depth > state.limits.deepest) return problem(555, 'Timed out');
  const top = path === '' ? 0 : path.split('/').length;
  const level = (entry: ForgeEntry) => entry.path.split('/').length - top;
  const entries = (await repository.git.entries(commit, path === '' ? {} : { path })) ?? [];
  const seen = entries.filter((entry) => level(entry) <= depth).toSorted((a, b) => level(a) - level(b));
  const items = seen.map((entry) => entryJson(entry, commit, repository));
  return page(request, state.origin, filtered(items, searchParams.get('q')), {
    most: 100,
    forced: state.limits.pageSize,
  });
}

function entryJson(
  { path, type, mode, size }: ForgeEntry,
  commit: string,
  { lfs, fullName }: BitbucketRepository,
): object {
  const self = `https://api.bitbucket.org/2.0/repositories/${fullName}/src/${commit}/${path}`;
  const common = { path, commit: { type: 'commit', hash: commit }, links: { self: { href: self } } };
  if (type === 'tree') return { ...common, type: 'commit_directory' };
  const attributes = [
    ...(mode === '100755' ? ['executable'] : []),
    ...(mode === '120000' ? ['link'] : []),
    ...(mode === '160000' ? ['subrepository'] : []),
    ...(lfs.has(path) ? ['lfs'] : []),
  ];
  return { ...common, type: 'commit_file', mimetype: null, escaped_path: path, attributes, size: size ?? 40 };
}

async function archive(
  state: BitbucketState,
  request: ForgeRequest,
  { git, workspace, slug }: BitbucketRepository,
): Promise<ForgeReply> {
  const commit = /^([0-9a-f]{40})\.tar\.gz$/.exec(request.params['file'] ?? '')?.[1];
  if (commit === undefined || (await git.commitObject(commit)) === undefined) return { status: 404, body: 'not found' };
  if (!state.limits.givesArchives) {
    return { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>Log in to Bitbucket</html>' };
  }
  const prefix = `${workspace.slug}-${slug}-${commit.slice(0, 12)}/`;
  const body = await git.archive(commit, { format: 'tar.gz', prefix });
  return { status: 200, headers: { 'content-type': 'application/x-gzip' }, body };
}

function typeByName(path: string): string {
  if (/\.json$/.test(path)) return 'application/json';
  return /\.html?$/.test(path) ? 'text/html' : 'text/plain';
}
