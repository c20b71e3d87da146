import { Failure } from '../../core/errors.ts';
import type { CallContext, PullRequestText } from '../../ports/repositoryHost.ts';
import type { HttpAnswer } from '../http/httpMessages.ts';
import { parseAnswer } from '../http/parseAnswer.ts';
import { safeLink } from '../http/webAddress.ts';
import { splitName } from './address.ts';
import { pageUrl, type DataCenterApi } from './api.ts';
import { refusalOf, errorIn, isCommitMissing } from './failures.ts';
import { pageOf, pullRequestOfSchema, pullRequestSchema } from './schemas.ts';

/** @throws Failure `pullRequestExists` with its page in `link`. */
export async function createPullRequest(
  api: DataCenterApi,
  repository: string,
  { from, to, title, body: description }: PullRequestText,
  call: CallContext,
): Promise<{ readonly url: string }> {
  const facts = { ...api.facts(repository), branch: from };
  const url = api.repositoryUrl(repository, '/pull-requests');
  const body = JSON.stringify({ title, description, fromRef: ref(repository, from), toRef: ref(repository, to) });
  const answer = await api.send({ method: 'POST', url, body }, call);
  const error = answer.status === 409 ? errorIn(answer) : undefined;
  if (/DuplicatePullRequest/.test(error?.exceptionName ?? '')) {
    const known = pageOfRequest(api, error?.existingPullRequest) ?? (await findOpen(api, repository, from, to, call));
    throw new Failure('pullRequestExists', { ...facts, ...(known === undefined ? {} : { link: known }) });
  }
  if (isCommitMissing(answer)) throw new Failure('branchNotFound', { ...facts, ...wordsOf(answer) });
  if (answer.status >= 300) throw refusalOf(answer, facts);
  const made = parseAnswer(pullRequestSchema, answer.json(), facts);
  return { url: pageOfRequest(api, made) ?? `${pageUrl(api.origin, repository)}/pull-requests` };
}

/** Which of the two is missing, the server says in words. */
function wordsOf(answer: HttpAnswer): { readonly detail?: string } {
  const words = errorIn(answer)?.message;
  return typeof words === 'string' ? { detail: words.slice(0, 300) } : {};
}

async function findOpen(
  api: DataCenterApi,
  repository: string,
  from: string,
  to: string,
  call: CallContext,
): Promise<string | undefined> {
  const url = api.repositoryUrl(repository, '/pull-requests', [
    ['at', `refs/heads/${from}`],
    ['direction', 'OUTGOING'],
    ['state', 'OPEN'],
  ]);
  const { values } = await api.get(pageOf(pullRequestOfSchema), url, call, api.facts(repository));
  return pageOfRequest(
    api,
    values.find(({ toRef }) => toRef.id === `refs/heads/${to}`),
  );
}

function ref(repository: string, branch: string): object {
  const { key, slug } = splitName(repository);
  return { id: `refs/heads/${branch}`, repository: { slug, project: { key } } };
}

interface Linked {
  readonly links: { readonly self: readonly ({ readonly href: string } | null | undefined)[] };
}

function pageOfRequest({ origin }: DataCenterApi, request: Linked | null | undefined): string | undefined {
  return safeLink(request?.links.self[0]?.href, origin);
}
