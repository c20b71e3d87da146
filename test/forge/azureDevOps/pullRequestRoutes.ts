import type { ForgeRoute } from '../http/forgeRoute.ts';
import type { ForgeRepository, Organization } from './organization.ts';
import { inRepository, list } from './inRepository.ts';
import { problem } from './problems.ts';

interface Asked {
  readonly sourceRefName: string;
  readonly targetRefName: string;
  readonly title: string;
}

/** Pull requests: one active at a time between two branches. */
export function pullRequestRoutes(organization: Organization): readonly ForgeRoute[] {
  return [
    inRepository(organization, 'GET', '/pullrequests', {
      handle: (repository, { url }) => {
        const [source, target] = ['source', 'target'].map((side) =>
          url.searchParams.get(`searchCriteria.${side}RefName`),
        );
        const found = repository.pullRequests.filter((one) => one.source === source && one.target === target);
        return list(found.map((one) => described(repository, one.id)));
      },
    }),
    inRepository(organization, 'POST', '/pullrequests', {
      handle: async (repository, request) => {
        const { sourceRefName: source, targetRefName: target } = request.json() as Asked;
        for (const ref of [source, target]) {
          if ((await repository.git.resolve(ref)) === undefined) {
            return problem(
              400,
              'GitPullRequestInvalidBranchException',
              `TF401398: The pull request cannot be activated because the branch ${ref} no longer exists.`,
            );
          }
        }
        if (repository.pullRequests.some((one) => one.source === source && one.target === target)) {
          const message = 'TF401179: An active pull request for the source and target branch already exists.';
          return problem(409, 'GitPullRequestExistsException', message);
        }
        const id = repository.pullRequests.length + 22;
        repository.pullRequests.push({ id, source, target });
        return { status: 201, body: described(repository, id) };
      },
    }),
  ];
}

function described({ id, name, project }: ForgeRepository, pullRequestId: number): object {
  return { repository: { id, name, project }, pullRequestId, status: 'active' };
}
