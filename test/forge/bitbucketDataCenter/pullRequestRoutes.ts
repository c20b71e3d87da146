import type { ForgeRoute } from '../http/forge.ts';
import { failed, noCommit, page } from './answers.ts';
import type { DataCenterForge, ForgedPullRequest, ForgedRepository } from './dataCenterForge.ts';
import { query, repositoryPath, repositoryRoute } from './repositoryRoute.ts';

interface PullRequestBody {
  readonly title: string;
  readonly fromRef: { readonly id: string };
  readonly toRef: { readonly id: string };
}

export function pullRequestRoutes(forge: DataCenterForge): readonly ForgeRoute[] {
  const path = `${repositoryPath}/pull-requests`;
  const json = (found: ForgedRepository, { id, title, from, to }: ForgedPullRequest): object => ({
    id,
    title,
    state: 'OPEN',
    fromRef: { id: from },
    toRef: { id: to },
    links: { self: [{ href: `${forge.origin}/projects/${found.key}/repos/${found.slug}/pull-requests/${id}` }] },
  });
  return [
    repositoryRoute(forge, { method: 'GET', path }, (request, found) => {
      const open = found.pullRequests.filter(({ from }) => from === query(request, 'at'));
      return page(
        request,
        open.map((one) => json(found, one)),
        forge.settings,
      );
    }),
    repositoryRoute(forge, { method: 'POST', path }, async (request, found) => {
      const { title, fromRef, toRef } = request.json() as PullRequestBody;
      for (const { id } of [fromRef, toRef]) if ((await found.git.resolve(id)) === undefined) return noCommit(id);
      if ((await found.git.resolve(fromRef.id)) === (await found.git.resolve(toRef.id))) {
        return failed(409, 'pull.EmptyPullRequestException', `${toRef.id} is already up-to-date with ${fromRef.id}.`);
      }
      const known = found.pullRequests.find(({ from, to }) => from === fromRef.id && to === toRef.id);
      if (known !== undefined) {
        const existing = forge.settings.tellsExisting ? { existingPullRequest: json(found, known) } : {};
        const text = 'Only one pull request may be open for a given source and target branch';
        return failed(409, 'pull.DuplicatePullRequestException', text, existing);
      }
      const made = { id: found.pullRequests.length + 1, title, from: fromRef.id, to: toRef.id };
      found.pullRequests.push(made);
      return { status: 201, body: json(found, made) };
    }),
  ];
}
