import { array } from 'valibot';
import { Failure } from '../../core/errors.ts';
import type { CallContext, PullRequestText } from '../../ports/repositoryHost.ts';
import { safeLink } from '../http/webAddress.ts';
import type { GitHubApi } from './api.ts';
import { problemsIn, refusalOf } from './failures.ts';
import type { Place } from './places.ts';
import { pullRequestSchema } from './schemas.ts';

/** @throws Failure `pullRequestExists` with its page, `branchNotFound`, `nothingToPush` */
export async function createPullRequest(
  api: GitHubApi,
  place: Place,
  { from, to, title, body }: PullRequestText,
  call: CallContext,
): Promise<{ readonly url: string }> {
  const { owner, repo, facts } = place;
  const request = { owner, repo, head: from, base: to, title, body };
  const answer = await api.ask((octokit) => octokit.rest.pulls.create(request), call);
  if (answer.status !== 422) {
    const { html_url: page } = api.read(pullRequestSchema, answer, facts);
    return { url: safeLink(page, api.origin) ?? `${api.origin}/${owner}/${repo}/pulls` };
  }
  const problems = problemsIn(answer);
  const says = (words: RegExp): boolean => problems.some(({ message }) => words.test(message));
  if (says(/already exists/i)) {
    const link = await pageOf(api, place, { from, to }, call);
    throw new Failure('pullRequestExists', api.facts({ ...facts, branch: from, ...(link ? { link } : {}) }));
  }
  if (says(/no commits between/i)) throw new Failure('nothingToPush', api.facts({ ...facts, branch: from }));
  const missing = problems.find(({ field }) => field === 'base' || field === 'head');
  if (missing)
    throw new Failure('branchNotFound', api.facts({ ...facts, branch: missing.field === 'base' ? to : from }));
  throw refusalOf(answer, api.facts(facts));
}

async function pageOf(
  api: GitHubApi,
  { owner, repo, facts }: Place,
  { from, to }: Pick<PullRequestText, 'from' | 'to'>,
  call: CallContext,
): Promise<string | undefined> {
  const request = { owner, repo, head: `${owner}:${from}`, base: to, state: 'open' as const };
  const answer = await api.ask((octokit) => octokit.rest.pulls.list(request), call);
  const [found] = api.read(array(pullRequestSchema), answer, facts);
  return safeLink(found?.html_url, api.origin);
}
