import { ApiDescription } from '../http/apiDescription.ts';
import { operations } from './operations.ts';

/** The official description where it is at hand. */
export function dataCenterDescription(): ApiDescription {
  return ApiDescription.load('bitbucket-datacenter.json', {
    kept: operations,
    exceptions: [
      {
        method: 'GET',
        path: '/api/latest/projects/{projectKey}/repos/{repositorySlug}/archive',
        what: 'query parameter path is there more than once',
        why: 'The operation\'s own text: "path= may be specified multiple times to include multiple paths".',
      },
    ],
  });
}
