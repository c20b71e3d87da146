import type { ApiException } from '../http/apiDescription.ts';

/** Where the description of Azure DevOps is wrong about requests of ours. */
export const exceptions: readonly ApiException[] = [
  {
    method: 'POST',
    path: '/{organization}/{project}/_apis/git/repositories/{repositoryId}/pushes',
    what: 'body /commits/*/changes/*/item must be string',
    why: 'a type parameter (format "T") that became a string: every example of a push (httpExamples-7.1/git__pushes__POST__git_repositories__tempRepoId__pushes.json and 2 to 9) has {"path": …}',
  },
];
