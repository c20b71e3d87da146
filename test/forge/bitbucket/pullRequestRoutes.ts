import type { ForgeRoute } from '../http/forge.ts';
import { one, page, problem } from './answers.ts';
import type { BitbucketState } from './bitbucketForge.ts';
import type { BitbucketRepository, PullRequest } from './bitbucketRepository.ts';
import { filtered } from './queryLanguage.ts';

const path = '/repositories/{workspace}/{repo_slug}/pullrequests';

interface Asked {
  readonly title: string;
  readonly description?: string;
  readonly source: { readonly branch: { readonly name: string } };
  readonly destination: { readonly branch: { readonly name: string } };
}

export function pullRequestRoutes(state: BitbucketState): readonly ForgeRoute[] {
  return [
    {
      method: 'GET',
      path,
      handle: state.reading((request, repository) => {
        const all = repository.pullRequests.map((made) => pullRequestJson(state, repository, made));
        const found = filtered(all, request.url.searchParams.get('q'));
        return page(request, state.origin, found, { most: 50, forced: state.limits.pageSize });
      }),
    },
    {
      method: 'POST',
      path,
      handle: state.writing(async (request, repository) => {
        const { title, description = '', source, destination } = request.json() as Asked;
        const [from, to] = [source.branch.name, destination.branch.name];
        for (const [field, name] of Object.entries({ source: from, destination: to })) {
          if ((await repository.git.head(name)) !== undefined) continue;
          return problem(400, `${field}: branch not found: ${name}`, { fields: { [field]: ['branch not found'] } });
        }
        const made: PullRequest = { id: repository.pullRequests.length + 1, title, description, from, to };
        repository.pullRequests.push(made);
        return one(request, pullRequestJson(state, repository, made), 201);
      }),
    },
  ];
}

function pullRequestJson(state: BitbucketState, { fullName }: BitbucketRepository, made: PullRequest): object {
  const { id, title, description, from, to } = made;
  return {
    type: 'pullrequest',
    id,
    title,
    description,
    state: 'OPEN',
    source: { branch: { name: from } },
    destination: { branch: { name: to } },
    links: { html: { href: `${state.origin}/${fullName}/pull-requests/${id}` } },
  };
}
