import { Failure } from '../../core/errors.ts';
import type { CallContext, PullRequestText } from '../../ports/repositoryHost.ts';
import { safeLink } from '../http/webAddress.ts';
import { quoted, type BitbucketApi } from './api.ts';
import { pullRequest } from './schemas.ts';

/** @throws Failure `pullRequestExists`: the host would take the new words for it, so it is looked for first. */
export async function createPullRequest(
  api: BitbucketApi,
  origin: string,
  repository: string,
  request: PullRequestText,
  call: CallContext,
): Promise<{ readonly url: string }> {
  const facts = api.facts(repository, request.from);
  const { from, to, title, body } = request;
  const q = `state = "OPEN" AND source.branch.name = ${quoted(from)} AND destination.branch.name = ${quoted(to)}`;
  const open = api.repositoryUrl(
    repository,
    '/pullrequests',
    {},
    { q, pagelen: '1', fields: 'values.links.html.href' },
  );
  const [known] = await api.all(pullRequest, open, facts, call);
  if (known !== undefined) {
    const link = safeLink(known.links.html.href, origin);
    throw new Failure('pullRequestExists', { ...facts, ...(link === undefined ? {} : { link }) });
  }
  const url = api.repositoryUrl(repository, '/pullrequests', {});
  const sent = { title, description: body, source: { branch: { name: from } }, destination: { branch: { name: to } } };
  const answer = await api.http.send({ method: 'POST', url, body: JSON.stringify(sent) }, call);
  const made = api.read(pullRequest, answer, facts);
  const page = safeLink(made.links.html.href, origin);
  if (page === undefined) throw new Failure('unexpectedAnswer', { ...facts, detail: 'the pull request has no page' });
  return { url: page };
}
