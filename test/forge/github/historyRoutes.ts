import { zeros, type ForgeGit } from '../http/forgeGit.ts';
import type { ForgeReply, ForgeRequest, ForgeRoute } from '../http/forge.ts';
import { inRepository } from './inRepository.ts';
import { emptyRepository } from './refRoutes.ts';
import { commitJson, notFound, page, problem } from './replies.ts';
import type { GitHubState } from './state.ts';

/** Commits, comparisons, archives, and the one file that an empty repository takes. */
export function historyRoutes(state: GitHubState): readonly ForgeRoute[] {
  return [
    ...inRepository(state, 'GET', '/commits', {
      handle: async ({ git }, request) => {
        const to = await git.resolve(request.url.searchParams.get('sha') ?? 'HEAD');
        if (to === undefined) return (await git.branches()).length === 0 ? emptyRepository() : notFound();
        return page(state, request, (await git.log({ to })).map(commitJson));
      },
    }),
    ...inRepository(state, 'GET', '/compare/{basehead}', {
      handle: ({ git }, request) => compare(state, git, request),
    }),
    ...inRepository(state, 'PUT', '/contents/{path+}', {
      writes: true,
      commits: true,
      handle: async ({ git, protectedBranches, defaultBranch }, request) => {
        const { content, message, branch = defaultBranch, sha } = request.json() as Record<string, string>;
        const path = request.params['path'] ?? '';
        if (protectedBranches.has(branch)) {
          return problem(409, 'Could not create file: Changes must be made through a pull request.');
        }
        const parent = await git.head(branch);
        if (parent === undefined && (await git.branches()).length > 0) return notFound();
        if (parent !== undefined && sha === undefined && (await git.entryAt(parent, path))) {
          return problem(422, `Invalid request.\n\n"sha" wasn't supplied.`);
        }
        const edits = new Map([[path, { mode: '100644' as const, bytes: Buffer.from(content ?? '', 'base64') }]]);
        const id = await git.commit({ branch, expectedHead: parent, parent, edits, message: message ?? '' });
        const parents = parent === undefined ? [] : [{ sha: parent }];
        return { status: 201, body: { content: { path }, commit: { sha: id, message, parents } } };
      },
    }),
    ...inRepository(state, 'GET', '/tarball/{ref}', {
      handle: ({ id }, { params, url }) => {
        if (!state.hasArchives) return problem(404, 'Not Found');
        const location = `${url.origin}/codeload/${String(id)}/legacy.tar.gz/${params['ref'] ?? ''}`;
        return { status: 302, headers: { location } };
      },
    }),
    {
      method: 'GET',
      path: '/{id}/legacy.tar.gz/{ref}',
      base: '/codeload',
      operation: 'where archives are sent on to (recorded), beside the API',
      anonymous: true,
      otherSite: true,
      handle: async ({ params }) => {
        const { git } = state.repositories.find(({ id }) => String(id) === params['id'])!;
        const body = await git.archive(params['ref'] ?? '', { format: 'tar.gz', prefix: 'acme-payments-abc1234/' });
        return { status: 200, headers: { 'content-type': 'application/x-gzip' }, body: new Uint8Array(body) };
      },
    },
  ];
}

async function compare(state: GitHubState, git: ForgeGit, { params, url }: ForgeRequest): Promise<ForgeReply> {
  const [from, to] = await Promise.all((params['basehead'] ?? '').split('...').map((one) => git.resolve(one)));
  const base = from === undefined || to === undefined ? undefined : await git.mergeBase(from, to);
  if (from === undefined || to === undefined || base === undefined) return notFound();
  const { left: behind, right: ahead } = await git.counts(from, to);
  const commits = (await git.log({ from, to })).toReversed();
  const size = Number(url.searchParams.get('per_page') ?? 30);
  const number = Number(url.searchParams.get('page') ?? 1);
  const isPaged = url.searchParams.has('per_page') || url.searchParams.has('page');
  const shown = isPaged ? commits.slice((number - 1) * size, number * size) : commits.slice(-state.comparisonLimit);
  const differences = number === 1 ? (await git.diff(base, to)).slice(0, 300) : undefined;
  const status = ahead === 0 ? (behind === 0 ? 'identical' : 'behind') : behind === 0 ? 'ahead' : 'diverged';
  const body = {
    status,
    ahead_by: ahead,
    behind_by: behind,
    total_commits: commits.length,
    commits: shown.map(commitJson),
    ...(differences
      ? { files: differences.map(({ path, newId }) => ({ filename: path, sha: newId === zeros ? null : newId })) }
      : {}),
  };
  return { status: 200, body };
}
