import assert from 'node:assert/strict';
import { Failure } from '../../src/core/errors.ts';
import type { FileChange } from '../../src/core/model/change.ts';
import type { CommitId } from '../../src/core/model/ids.ts';
import type { RepoPath } from '../../src/core/model/repoPath.ts';
import { GitHubHost } from '../../src/hosts/github/githubHost.ts';
import type { CommitRequest } from '../../src/ports/repositoryHost.ts';
import { forgeTools, sessionOf } from '../contract/forgeTools.ts';
import { all, call, write } from '../contract/support.ts';
import type { Recording } from './githubRecordings.ts';

const head = '1'.repeat(40) as CommitId;
const made = '2'.repeat(40);
const ok = (body: unknown, headers: Record<string, string> = {}): Answer => ({
  status: 200,
  headers,
  body: JSON.stringify(body),
});
const payments = { id: 42, full_name: 'acme/payments', default_branch: 'main', size: 7 };
const none: Answer = { status: 404, headers: {}, body: '{"message":"Not Found"}' };
const taken: Answer = {
  status: 422,
  headers: {},
  body: '{"message":"Validation Failed","errors":[{"message":"A pull request already exists for acme:topic."}]}',
};

type Answer = Pick<Recording, 'status' | 'headers' | 'body'>;

/** What an old server with `acme/payments` says, wherever no recording does: one file, one branch. */
const usual: Readonly<Record<string, Answer>> = {
  'GET /repositories/\\d+': ok(payments),
  'GET /repos/[^/]+/[^/]+/git/trees/.*': ok({
    tree: [{ path: 'a.yaml', mode: '100644', sha: made }],
    truncated: false,
  }),
  'GET /repos/[^/]+/[^/]+/git/ref/.*': ok({ ref: 'refs/heads/main', object: { sha: head } }),
  'POST /repos/[^/]+/[^/]+/git/trees': ok({ sha: made }),
  'POST /repos/[^/]+/[^/]+/git/commits': ok({ sha: made, parents: [{ sha: head }] }),
  'POST /repos/[^/]+/[^/]+/git/refs': ok({}),
  'PATCH /repos/[^/]+/[^/]+/git/refs/.*': ok({}),
  'GET /repos/[^/]+/[^/]+/commits': ok([]),
  'GET /repos/[^/]+/[^/]+/pulls': ok([]),
  'GET /user': ok({ id: 1, login: 'ada' }),
  'GET /user/orgs': ok([]),
  'GET /user/repos': ok([]),
  'GET /orgs/many/repos': ok([], { link: '<https://api.github.com/orgs/many/repos2?page=2>; rel="next"' }),
  'GET /orgs/many/repos2': ok([]),
  'GET /orgs/[^/]+/repos': none,
  'POST /graphql': ok({ data: { repository: { isEmpty: false } } }),
};

/** Plays one recording as the answer to the adapter's own request, and tells what the adapter makes of it. */
export async function replay(recording: Recording): Promise<unknown> {
  const play = plays.find(({ request }) => request.test(`${recording.method} ${recording.path}`));
  // Other people's documents have other answers.
  if (recording.path === '/graphql' && recording.sent !== undefined) return undefined;
  if (!play) return undefined;
  try {
    return (await play.read(hostOf(play.answers(recording)), recording)) ?? 'done';
  } catch (error) {
    if (!Failure.is(error)) throw error;
    return { failure: error.reason, ...(error.facts.link ? { link: error.facts.link } : {}) };
  }
}

interface Play {
  readonly request: RegExp;
  answers(recording: Recording): Readonly<Record<string, Answer>>;
  read(host: GitHubHost, recording: Recording): Promise<unknown>;
}

const repo = '/(?:repos/[^/]+/[^/]+|repositories/\\d+)';

/** The answer to `request`, whatever the repository was called. */
function play(request: string, read: Play['read'], also: Readonly<Record<string, Answer>> = {}): Play {
  const path = request.replace('{repo}', repo);
  return { request: new RegExp(`^${path}(?:\\?.*)?$`), answers: (recording) => ({ [path]: recording, ...also }), read };
}

const plays: readonly Play[] = [
  play('GET /user', (host) => host.whoAmI(call())),
  play('GET /user/orgs', async (host) => (await all(host.listOwners(call()))).map(({ name }) => name)),
  play('GET /user/repos', async (host, { body }) => {
    const [first] = (JSON.parse(String(body)) as { owner: { login: string } }[]).filter((one) => one !== null);
    return all(host.listRepositories(first?.owner.login ?? 'nobody', '', call()));
  }),
  play('GET /search/repositories', (host) => all(host.listRepositories('many', 'hello', call()))),
  play('GET {repo}', (host) => host.repository('acme/payments', call())),
  play('GET {repo}/git/refs?/heads(?:/|%2F).*', (host, { path }) => {
    return host.head('42', decodeURIComponent(path.replace(/^.*\/heads\//, '')), call());
  }),
  play('GET {repo}/git/trees/[^?]*', async (host) => {
    const tree = await host.tree('42', head, call());
    return { entries: tree.size, first: [...tree.values()].slice(0, 3) };
  }),
  play('GET {repo}/compare/.*', async (host) => ({
    isAncestor: await host.isAncestor('42', head, made as CommitId, call()),
    commits: await host.commitsBetween('42', head, made as CommitId, 250, call()),
  })),
  play('GET {repo}/commits', (host) => host.commitsBetween('42', undefined, head, 3, call())),
  play('POST {repo}/git/refs', (host) => host.createBranch('42', 'topic', head, call())),
  play('PATCH {repo}/git/refs/.*', (host) => host.commit('42', commit([executable('new.sh', 'n')]), call())),
  play('DELETE {repo}/git/refs/.*', (host) => host.deleteBranch('42', 'main', head, call())),
  play('POST {repo}/git/blobs', (host, { sent }) => host.commit('42', commit([ofRecorded(sent)]), call())),
  play('POST {repo}/git/trees', (host) => host.commit('42', commit([executable('new.sh', 'n')]), call())),
  play('POST {repo}/git/commits', (host) => host.commit('42', commit([executable('new.sh', 'n')]), call())),
  play(
    'PUT {repo}/contents/.*',
    (host) => host.commit('42', { ...rootCommit, changes: [write('a.yaml', 'a', null)] }, call()),
    { [`GET ${repo}/git/ref/.*`]: { status: 409, headers: {}, body: '{"message":"Git Repository is empty."}' } },
  ),
  play('POST {repo}/pulls', (host) => host.createPullRequest('42', pull, call())),
  play('POST /graphql', (host) => host.commit('42', commit([write('new.yaml', 'n', null)]), call())),
  play('GET {repo}/pulls', (host) => host.createPullRequest('42', pull, call()), { [`POST ${repo}/pulls`]: taken }),
];

const pull = { from: 'topic', to: 'main', title: 't', body: 'b' };
const rootCommit = { branch: 'main', expectedHead: undefined, message: 'm' };

function commit(changes: readonly FileChange[]): CommitRequest {
  return { branch: 'main', expectedHead: head, message: 'm', changes };
}

function executable(path: string, content: string): FileChange {
  return write(path, content, null, 'executable');
}

/** The file whose blob somebody made: bytes that are no text go as they are. */
function ofRecorded(sent: unknown): FileChange {
  const { content = '', encoding = 'utf-8' } = sent as { content?: string; encoding?: 'utf-8' | 'base64' };
  const bytes = Buffer.from(content, encoding);
  return {
    ...write('new', '', null, 'executable'),
    path: 'new' as RepoPath,
    bytes: new Uint8Array(bytes),
  } as FileChange;
}

function hostOf(answers: Readonly<Record<string, Answer>>): GitHubHost {
  const all = Object.entries({ ...answers, ...withoutOverridden(answers) });
  const fetch: typeof globalThis.fetch = (input, init) => {
    const { pathname } = new URL(String(input));
    const request = `${init?.method ?? 'GET'} ${pathname}`;
    const found = all.findIndex(([key]) => new RegExp(`^${key}$`).test(request));
    const [, { status, headers, body }] = all[found] ?? assert.fail(`nobody answers ${request}`);
    // Where it leads may look the same.
    if (status === 301) all.splice(found, 1);
    const kept = Object.entries(headers).filter(([name]) => !/encoding|length/i.test(name));
    const isEmpty = status === 204 || status === 304;
    return Promise.resolve(
      new Response(isEmpty ? null : (body as BodyInit), {
        status,
        headers: { 'content-type': 'application/json; charset=utf-8', ...Object.fromEntries(kept) },
      }),
    );
  };
  return new GitHubHost(forgeTools({ fetch }), 'https://github.com', sessionOf('ada', 'token'));
}

function withoutOverridden(answers: Readonly<Record<string, Answer>>): Readonly<Record<string, Answer>> {
  return Object.fromEntries(Object.entries(usual).filter(([key]) => !(key in answers)));
}
