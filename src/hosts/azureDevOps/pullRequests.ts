import type { GitPullRequest } from 'azure-devops-node-api/interfaces/GitInterfaces.js';
import type { InferOutput } from 'valibot';
import { Failure } from '../../core/errors.ts';
import type { CallContext, PullRequestText } from '../../ports/repositoryHost.ts';
import { safeLink } from '../http/webAddress.ts';
import type { AzureDevOpsApi } from './api.ts';
import { refOf } from './branchRef.ts';
import type { Place } from './places.ts';
import { pullRequest, pullRequests } from './schemas.ts';

/** Characters of a description that the server takes. */
const longestDescription = 4_000;

/** @throws Failure `pullRequestExists` with its page. */
export async function createPullRequest(
  api: AzureDevOpsApi,
  place: Place,
  { from, to, title, body: text }: PullRequestText,
  call: CallContext,
): Promise<{ readonly url: string }> {
  const facts = { ...place.facts, branch: from };
  const body: GitPullRequest = {
    sourceRefName: refOf(from),
    targetRefName: refOf(to),
    title,
    description: text.slice(0, longestDescription),
  };
  const path = `${place.path}/pullrequests`;
  try {
    const made = await api.ask(pullRequest, { method: 'POST', path, body, facts }, call);
    return { url: pageOf(api.origin, made) };
  } catch (error) {
    if (!Failure.is(error, 'pullRequestExists')) throw error;
    const query = criteria({ sourceRefName: refOf(from), targetRefName: refOf(to), status: 'active' });
    const { value } = await api.ask(pullRequests, { path, query, facts }, call);
    const link = value[0] && safeLink(pageOf(api.origin, value[0]), api.origin);
    throw new Failure('pullRequestExists', { ...error.facts, ...(link === undefined ? {} : { link }) });
  }
}

function criteria(all: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(all).map(([name, value]) => [`searchCriteria.${name}`, value]));
}

function pageOf(origin: string, { pullRequestId, repository }: InferOutput<typeof pullRequest>): string {
  const [project, name] = [repository.project.name, repository.name].map(encodeURIComponent);
  return `${origin}/${project ?? ''}/_git/${name ?? ''}/pullrequest/${String(pullRequestId)}`;
}
