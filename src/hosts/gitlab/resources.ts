import type {
  DefaultRequestOptions,
  FormattedResponse,
  RequesterType,
  ResponseBodyTypes,
} from '@gitbeaker/requester-utils';
import { Branches, Commits, MergeRequests, Projects, Repositories, Users } from '@gitbeaker/rest';
import type { HttpMethod } from '../http/httpMessages.ts';
import type { GitLabCall } from './api.ts';
import { inSnakeCase } from './snakeCase.ts';

/** GitLab's own names for what it can do, as far as one answer says everything; lists go by `GitLabCall.pages`. */
export interface Resources {
  readonly branches: Branches;
  readonly commits: Commits;
  readonly mergeRequests: MergeRequests;
  readonly projects: Projects;
  readonly repositories: Repositories;
  readonly users: Users;
}

/**
 * The client's resources on our transport: its own would send a commit again after a 502, and wait for nothing. Made
 * for one call, since a resource takes no signal.
 */
export function resourcesOf(call: GitLabCall): Resources {
  const options = { host: call.origin, queryTimeout: null, requesterFn: () => requester(call) };
  return {
    branches: new Branches(options),
    commits: new Commits(options),
    mergeRequests: new MergeRequests(options),
    projects: new Projects(options),
    repositories: new Repositories(options),
    users: new Users(options),
  };
}

function requester(call: GitLabCall): RequesterType {
  const by =
    (method: HttpMethod) =>
    async <T extends ResponseBodyTypes>(
      path: string,
      { searchParams = {}, body }: DefaultRequestOptions = {},
    ): Promise<FormattedResponse<T>> => {
      const hasBody = body !== undefined && Object.keys(body).length > 0;
      const answer = await call.ask(method, path, {
        query: searchParams,
        ...(hasBody ? { body: JSON.stringify(inSnakeCase(body)) } : {}),
      });
      // No headers: the client would follow the links to further pages by itself.
      return { status: answer.status, headers: {}, body: (answer.bytes.length === 0 ? null : answer.json()) as T };
    };
  return { get: by('GET'), post: by('POST'), put: by('PUT'), patch: by('PATCH'), delete: by('DELETE') };
}
