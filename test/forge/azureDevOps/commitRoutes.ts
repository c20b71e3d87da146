import type { CommitObject } from '../http/forgeGit.ts';
import type { ForgeRoute } from '../http/forgeRoute.ts';
import type { Organization } from './organization.ts';
import { inRepository, list } from './inRepository.ts';
import { problem, unknownCommit } from './problems.ts';

/** Characters of a message that a list shows. */
const shown = 72;

/** History: lists cut messages and leave out parents, a single commit has everything. */
export function commitRoutes(organization: Organization): readonly ForgeRoute[] {
  return [
    inRepository(organization, 'GET', '/commits', {
      operation:
        'httpExamples-7.1/git__commits__GET__…__commits_commit.json and …_skip-_skip___top-_top_.json have it; the extract only has ?pushId=',
      handle: async ({ git }, { url }) => {
        const criteria = (name: string) => url.searchParams.get(`searchCriteria.${name}.version`) ?? undefined;
        const [item, compare] = [criteria('itemVersion'), criteria('compareVersion')];
        for (const id of [item, compare]) if (id && !(await git.commitObject(id))) return unknownCommit(id);
        const found = await git.log({
          to: compare ?? item ?? '',
          ...(compare && item ? { from: item } : {}),
          limit: Number(url.searchParams.get('$top') ?? 100),
          skip: Number(url.searchParams.get('$skip') ?? 0),
        });
        return list(found.map(listed));
      },
    }),
    inRepository(organization, 'GET', '/commits/{commitId}', {
      handle: async ({ git }, { params }) => {
        const id = params['commitId'] ?? '';
        const found = await git.commitObject(id);
        if (!found)
          return problem(404, 'GitCommitDoesNotExistException', `TF401174: The commit ${id} could not be found.`);
        return {
          status: 200,
          body: { treeId: found.tree, ...listed(found), comment: found.message, parents: found.parents },
        };
      },
    }),
    inRepository(organization, 'GET', '/commits/{commitId}/mergebases', {
      preview: true,
      handle: async ({ git }, { params, url }) => {
        const ids = [params['commitId'] ?? '', url.searchParams.get('otherCommitId') ?? ''] as const;
        for (const id of ids) if (!(await git.commitObject(id))) return unknownCommit(id);
        const base = await git.mergeBase(...ids);
        return list(base === undefined ? [] : [{ commitId: base }]);
      },
    }),
  ];
}

function listed({ id, message }: CommitObject): object {
  const [first = ''] = message.split('\n', 1);
  const comment = first.slice(0, shown);
  return { commitId: id, comment, ...(comment === message ? {} : { commentTruncated: true }) };
}
