import { array } from 'valibot';
import { Failure } from '../../core/errors.ts';
import type { PullRequestText } from '../../ports/repositoryHost.ts';
import { safeLink } from '../http/webAddress.ts';
import type { GitLabCall } from './api.ts';
import { resourcesOf } from './resources.ts';
import { mergeRequestSchema } from './schemas.ts';

/** Opens a merge request. @throws Failure `pullRequestExists` with its page in `link`. */
export async function createPullRequest(
  call: GitLabCall,
  repository: string,
  { from, to, title, body }: PullRequestText,
): Promise<{ readonly url: string }> {
  try {
    const made = await resourcesOf(call).mergeRequests.create(repository, from, to, title, { description: body });
    const { web_url: page } = call.parse(mergeRequestSchema, made);
    // GitLab leads from there to the project, whatever it is called.
    return { url: safeLink(page, call.origin) ?? `${call.origin}/projects/${encodeURIComponent(repository)}` };
  } catch (error) {
    if (!Failure.is(error, 'pullRequestExists')) throw error;
    const link = await openOne(call, repository, from, to);
    throw new Failure('pullRequestExists', link === undefined ? error.facts : { ...error.facts, link }, {
      cause: error,
    });
  }
}

async function openOne(call: GitLabCall, repository: string, from: string, to: string): Promise<string | undefined> {
  const path = `projects/${encodeURIComponent(repository)}/merge_requests`;
  const query = { state: 'opened', source_branch: from, target_branch: to, per_page: 1 };
  const answer = await call.ask('GET', path, { query });
  const [found] = call.parse(array(mergeRequestSchema), answer.json());
  return safeLink(found?.web_url, call.origin);
}
