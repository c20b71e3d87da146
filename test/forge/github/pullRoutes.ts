import type { ForgeReply, ForgeRequest, ForgeRoute } from '../http/forge.ts';
import { inRepository } from './inRepository.ts';
import { page, problem } from './replies.ts';
import { fullName, type ForgeRepository, type GitHubState } from './state.ts';

export interface ForgePullRequest {
  readonly head: string;
  readonly base: string;
  readonly title: string;
  readonly body: string;
  readonly html_url: string;
}

/** Pull requests: made once for a pair of branches, and listed. */
export function pullRoutes(state: GitHubState): readonly ForgeRoute[] {
  return [
    ...inRepository(state, 'POST', '/pulls', { handle: (repository, request) => create(repository, request) }),
    ...inRepository(state, 'GET', '/pulls', {
      handle: ({ pulls, owner }, request) => {
        const { searchParams } = request.url;
        const found = pulls.filter(
          ({ head, base }) =>
            searchParams.get('head') === `${owner.login}:${head}` && searchParams.get('base') === base,
        );
        const items = found.map(({ html_url, title }, index) => ({
          number: index + 1,
          html_url,
          title,
          state: 'open',
        }));
        return page(state, request, items);
      },
    }),
  ];
}

async function create(repository: ForgeRepository, request: ForgeRequest): Promise<ForgeReply> {
  const { git, pulls } = repository;
  const { head, base, title, body } = request.json() as Record<'head' | 'base' | 'title' | 'body', string>;
  const invalid = (error: object) => problem(422, 'Validation Failed', [{ resource: 'PullRequest', ...error }]);
  const [from, to] = [await git.head(head), await git.head(base)];
  if (to === undefined) return invalid({ field: 'base', code: 'invalid' });
  if (from === undefined) return invalid({ field: 'head', code: 'invalid' });
  if ((await git.counts(to, from)).right === 0) {
    return invalid({ code: 'custom', message: `No commits between ${base} and ${head}` });
  }
  if (pulls.some((one) => one.head === head && one.base === base)) {
    const message = `A pull request already exists for ${repository.owner.login}:${head}.`;
    return invalid({ code: 'custom', message });
  }
  const html_url = `${request.url.origin}/${fullName(repository)}/pull/${String(pulls.length + 1)}`;
  pulls.push({ head, base, title, body, html_url });
  return { status: 201, body: { number: pulls.length, html_url, title, state: 'open' } };
}
