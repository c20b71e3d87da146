import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { asBlobId, type CommitId } from '../../src/core/model/ids.ts';
import type { FileChange } from '../../src/core/model/change.ts';
import type { RepoPath } from '../../src/core/model/repoPath.ts';
import { AzureDevOpsHost } from '../../src/hosts/azureDevOps/azureDevOpsHost.ts';
import { all, call, fails } from '../contract/support.ts';
import { forgeTools, sessionOf } from '../contract/forgeTools.ts';
import golden from './azureDevOpsGolden.json' with { type: 'json' };
import { dataFolder } from './dataFolder.ts';

const recordings = dataFolder('host-recordings');
const head = '1'.repeat(40) as CommitId;
const blob = asBlobId('2'.repeat(40));
const id = 'd350c9c0-7749-4ff8-a78f-f9c1f0e56729/91f0d4cb-4c36-49a5-b28d-2d72da089c4d';

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** An adapter whose requests are answered by the first entry that fits: `GET …/refs`. */
class Replay {
  readonly sent: { readonly method: string; readonly path: string; readonly body: unknown }[] = [];
  readonly host: AzureDevOpsHost;

  constructor(answers: Readonly<Record<string, Answer>>) {
    const fetch: typeof globalThis.fetch = (input, init) => {
      const { pathname } = new URL(String(input));
      const method = init?.method ?? 'GET';
      this.sent.push({ method, path: pathname, body: init?.body && JSON.parse(String(init.body)) });
      const found = Object.entries(answers).find(([key]) => {
        const [wanted, end = ''] = key.split(' ');
        return wanted === method && new RegExp(`${end}$`).test(pathname);
      });
      assert.ok(found, `nobody answers ${method} ${pathname}`);
      const [, { status, body }] = found;
      const isPage = typeof body === 'string';
      const headers = { 'content-type': isPage ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8' };
      return Promise.resolve(new Response(isPage ? body : JSON.stringify(body), { status, headers }));
    };
    this.host = new AzureDevOpsHost(forgeTools({ fetch }), 'https://dev.azure.com/fabrikam', sessionOf('Ada', 'token'));
  }
}

type Read = (answer: Answer, request: unknown) => Promise<unknown>;

const readers = {
  owners: (answer) => all(new Replay({ 'GET /_apis/projects': answer }).host.listOwners(call())),
  repositories: (answer) =>
    all(new Replay({ 'GET /git/repositories': answer }).host.listRepositories('Project', '', call())),
  repository: (answer) => {
    const rights = { status: 200, body: { count: 1, value: [true] } };
    return new Replay({ 'GET /_apis/permissions/.*': rights, 'GET /repositories/[^/]*': answer }).host.repository(
      id,
      call(),
    );
  },
  branches: (answer) => {
    const about = { status: 200, body: repositoryWith('refs/heads/main') };
    return all(new Replay({ 'GET /refs': answer, 'GET /repositories/[^/]*': about }).host.listBranches(id, '', call()));
  },
  createdBranch: async (answer) =>
    (await new Replay({ 'POST /refs': answer }).host.createBranch(id, 'topic', head, call())) ?? 'made',
  commit: (answer) => {
    const { commitId } = answer.body as { commitId: CommitId };
    const listed = { status: 200, body: { count: 1, value: [{ commitId }] } };
    const { host } = new Replay({ 'GET /commits': listed, 'GET /commits/[0-9a-f]*': answer });
    return host.commitsBetween(id, undefined, commitId, 1, call());
  },
  history: async (answer) => {
    const detail = { commitId: head, treeId: head, parents: [], comment: 'm' };
    const { host, sent } = new Replay({
      'GET /commits': answer,
      'GET /commits/[0-9a-f]*': { status: 200, body: detail },
    });
    await host.commitsBetween(id, undefined, head, 1_000, call());
    return sent.slice(1).map(({ path }) => path.slice(path.lastIndexOf('/') + 1));
  },
  tree: async (answer) => {
    const detail = { commitId: head, treeId: head, parents: [], comment: 'm' };
    const { host } = new Replay({ 'GET /trees/.*': answer, 'GET /commits/.*': { status: 200, body: detail } });
    return [...(await host.tree(id, head, call())).values()];
  },
  push: (answer, request) => push(answer, request as PushRequest | undefined),
  pullRequest: async (answer) =>
    (await new Replay({ 'POST /pullrequests': answer }).host.createPullRequest(id, pullRequest, call())).url,
  pullRequests: async (answer) => {
    const exists = { status: 409, body: { message: 'TF401179: It exists.', typeKey: 'GitPullRequestExistsException' } };
    const { host } = new Replay({ 'POST /pullrequests': exists, 'GET /pullrequests': answer });
    return (await fails(host.createPullRequest(id, pullRequest, call()), 'pullRequestExists')).facts.link;
  },
} satisfies Record<string, Read>;

const pullRequest = { from: 'topic', to: 'main', title: 't', body: 'b' };

interface PushRequest {
  readonly refUpdates: readonly { readonly name: string; readonly oldObjectId: CommitId }[];
  readonly commits: readonly {
    readonly comment: string;
    readonly changes: readonly {
      readonly changeType: string;
      readonly item: { readonly path: string };
      readonly sourceServerItem?: string;
      readonly newContent?: { readonly content: string; readonly contentType: string };
    }[];
  }[];
}

/** Makes the recorded push, and holds what we send against what was sent then. */
async function push(answer: Answer, recorded: PushRequest | undefined): Promise<unknown> {
  const { refUpdates } = answer.body as { refUpdates: readonly { name: string; oldObjectId: CommitId }[] };
  const [made] = refUpdates;
  const [update = made!] = recorded?.refUpdates ?? [];
  const isNew = made!.oldObjectId !== update.oldObjectId;
  const isRoot = /^0+$/.test(update.oldObjectId);
  const changes = (recorded?.commits[0]?.changes ?? []).flatMap(changesOf);
  const existing = changes.filter(({ expected }) => expected !== null);
  const tree = existing.map(({ path }) => ({
    relativePath: path,
    mode: '100644',
    objectId: blob,
    gitObjectType: 'blob',
  }));
  const detail = { commitId: update.oldObjectId, treeId: head, parents: [], comment: 'm' };
  const { host, sent } = new Replay({
    'POST /pushes': answer,
    'GET /refs': { status: 200, body: { count: 0, value: [] } },
    'GET /commits/.*': { status: 200, body: detail },
    'GET /trees/.*': { status: 200, body: { treeEntries: tree } },
  });
  const branch = update.name.slice('refs/heads/'.length);
  const message = recorded?.commits[0]?.comment ?? 'm';
  const result = await host.commit(
    id,
    {
      branch,
      message,
      changes,
      expectedHead: isNew || isRoot ? undefined : update.oldObjectId,
      ...(isNew && !isRoot ? { startFrom: update.oldObjectId } : {}),
    },
    call(),
  );
  if (recorded && !changes.some(({ kind }, at) => kind === 'delete' && changes[at + 1]?.kind === 'write')) {
    assert.deepEqual(decoded(sent.at(-1)?.body as PushRequest), decoded(recorded));
  }
  return result;
}

/** We rename by deleting and adding. */
function changesOf(change: PushRequest['commits'][number]['changes'][number]): readonly FileChange[] {
  const path = change.item.path.slice(1) as RepoPath;
  const { content = 'c', contentType = 'rawtext' } = change.newContent ?? {};
  const bytes = new Uint8Array(Buffer.from(content, contentType === 'rawtext' ? 'utf8' : 'base64'));
  const from = change.sourceServerItem?.slice(1) as RepoPath | undefined;
  if (change.changeType === 'delete') return [{ kind: 'delete', path, expected: blob }];
  const expected = change.changeType === 'edit' ? blob : null;
  const write = { kind: 'write', path, bytes, mode: 'regular', expected } as const;
  return from === undefined ? [write] : [{ kind: 'delete', path: from, expected: blob }, write];
}

/** With the contents as they are, however they were sent. */
function decoded({ refUpdates, commits }: PushRequest): unknown {
  const contents = commits.map(({ comment, changes }) => ({
    comment,
    changes: changes.map(({ changeType, item, newContent }) => {
      const encoding = newContent?.contentType.toLowerCase() === 'rawtext' ? 'utf8' : 'base64';
      return { changeType, item, bytes: newContent && Buffer.from(newContent.content, encoding).toString('base64') };
    }),
  }));
  return { refUpdates, contents };
}

/** What each recording answers; those that are left out answer calls that are not ours. */
const asked: readonly (readonly [pattern: RegExp, reader: keyof typeof readers])[] = [
  [/core__projects|scm-drone\/projects/, 'owners'],
  [/repositories__GET__git_repositories\.json|scm-drone\/repos\.json/, 'repositories'],
  [/repositories__GET__git_repositories__repositoryId_\.json|scm-drone\/repo\.json/, 'repository'],
  [/git__refs__GET.*refs(_heads.*)?\.json|scm-drone\/branches/, 'branches'],
  [/git__refs__POST|branch_create/, 'createdBranch'],
  [/commits__commitId_|scm-drone\/commit\.json/, 'commit'],
  [/git__commits__GET|scm-drone\/commits\.json/, 'history'],
  [/git__trees/, 'tree'],
  [/git__pushes__POST|content_(create|update|delete)/, 'push'],
  [/git__pullRequests__POST|scm-drone\/pr\.json/, 'pullRequest'],
  [/git__pullRequests__GET/, 'pullRequests'],
];
const notAsked =
  /account__|profile__|ItemsBatch|annotatedTags|git__blobs__GET|branchStats|git__changes|commitDiffs|commitsBatch|pushes__pushId__commits|git__items|git__merges|pullRequestIterationChanges|git__pushes__GET|refs_tags|git__refs__PATCH|remoteurl|repositories__POST|compare|content(_list)?\.json|tags\.json/;

describe('recorded answers of Azure DevOps', function () {
  const folder = recordings && join(recordings, 'azure-devops');
  if (folder === undefined) {
    it('are not here: DATA_DIR names the folder that has them');
    return;
  }
  const expected = golden as Readonly<Record<string, unknown>>;
  for (const group of ['go-scm-drone', 'httpExamples-7.1']) {
    for (const file of readdirSync(join(folder, group))) {
      const name = `${group}/${file}`;
      const reader = notAsked.test(name) ? undefined : asked.find(([pattern]) => pattern.test(name))?.[1];
      if (reader === undefined) continue;
      it(`say what they mean: ${reader}, ${name}`, async () => {
        const read: Read = readers[reader];
        const { answer, request } = recorded(join(folder, group, file));
        assert.deepEqual(JSON.parse(JSON.stringify(await read(answer, request))), expected[name]);
      });
    }
  }

  it('are all taken, but those that answer calls of others', () => {
    const names = ['go-scm-drone', 'httpExamples-7.1'].flatMap((group) =>
      readdirSync(join(folder, group)).map((file) => `${group}/${file}`),
    );
    assert.deepEqual(names.filter((name) => !notAsked.test(name)).toSorted(), Object.keys(expected).toSorted());
  });

  it('that were written by hand are understood as well', async () => {
    const { exchanges } = JSON.parse(readFileSync(join(recordings!, 'HANDWRITTEN.json'), 'utf8')) as {
      readonly exchanges: readonly (Answer & { readonly provider: string; readonly operation: string })[];
    };
    const own = exchanges.filter(({ provider }) => provider === 'azure-devops');
    const reasons: string[] = [];
    for (const { status, body } of own) {
      const { host } = new Replay({ 'POST /pushes': { status, body } });
      const request = { branch: 'main', expectedHead: undefined, message: 'm', changes: [] };
      const failure = await fails(host.commit(id, request, call()), 'stale', 'protectedBranch', 'signInNeeded');
      reasons.push(failure.reason);
    }
    assert.deepEqual(reasons, ['stale', 'protectedBranch', 'signInNeeded']);
  });
});

/** Microsoft's examples have the request too; the others are answers alone. */
function recorded(path: string): { readonly answer: Answer; readonly request: unknown } {
  const content = JSON.parse(readFileSync(path, 'utf8')) as {
    readonly parameters?: { readonly body?: unknown };
    readonly responses?: Readonly<Record<string, { readonly body: unknown }>>;
  };
  const [first] = Object.entries(content.responses ?? {});
  if (!first) return { answer: { status: 200, body: content }, request: undefined };
  return { answer: { status: Number(first[0]), body: first[1].body }, request: content.parameters?.body };
}

function repositoryWith(defaultBranch: string): object {
  return { id: 'r', name: 'r', project: { id: 'p', name: 'p' }, defaultBranch };
}
