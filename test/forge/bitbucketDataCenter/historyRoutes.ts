import type { ForgeRoute } from '../http/forge.ts';
import { changesJson, commitJson, noCommit, page } from './answers.ts';
import type { DataCenterForge } from './dataCenterForge.ts';
import { query, repositoryPath, repositoryRoute } from './repositoryRoute.ts';

export function historyRoutes(forge: DataCenterForge): readonly ForgeRoute[] {
  return [
    repositoryRoute(forge, { method: 'GET', path: `${repositoryPath}/commits` }, async (request, { git }) => {
      const until = query(request, 'until') ?? 'HEAD';
      const since = query(request, 'since');
      const to = await git.resolve(until);
      if (to === undefined) return noCommit(until);
      const from = since === undefined ? undefined : await git.resolve(since);
      if (since !== undefined && from === undefined && query(request, 'ignoreMissing') !== 'true')
        return noCommit(since);
      const commits = await git.log(from === undefined ? { to } : { to, from });
      return page(request, commits.map(commitJson), forge.settings);
    }),
    repositoryRoute(
      forge,
      { method: 'GET', path: `${repositoryPath}/commits/{commitId}/merge-base` },
      async (request, { git }) => {
        const { commitId = '' } = request.params;
        const other = query(request, 'otherCommitId') ?? '';
        for (const id of [commitId, other]) if ((await git.resolve(id)) === undefined) return noCommit(id);
        const base = await git.mergeBase(commitId, other);
        const commit = base === undefined ? undefined : await git.commitObject(base);
        return commit === undefined ? { status: 204 } : { status: 200, body: commitJson(commit) };
      },
    ),
    /** From where the two parted to `from`, whatever happened on the side of `to`. */
    repositoryRoute(forge, { method: 'GET', path: `${repositoryPath}/compare/changes` }, async (request, { git }) => {
      const [from, to] = [query(request, 'from') ?? 'HEAD', query(request, 'to') ?? 'HEAD'];
      for (const id of [from, to]) if ((await git.resolve(id)) === undefined) return noCommit(id);
      const base = await git.mergeBase(from, to);
      const changes = base === undefined ? [] : changesJson(await git.diff(base, from));
      return page(request, changes, { most: forge.settings.most, hard: hardLimit(changes.length) });
    }),
  ];

  function hardLimit(count: number): number | undefined {
    const { hardChanges } = forge.settings;
    return hardChanges !== undefined && count > hardChanges ? hardChanges : undefined;
  }
}
