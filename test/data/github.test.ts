import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { dataFolder } from './dataFolder.ts';
import golden from './githubGolden.json' with { type: 'json' };
import { recordingsIn, type Recording } from './githubRecordings.ts';
import { replay } from './githubReplay.ts';

const folder = dataFolder('host-recordings');

const notice = 'https://github.com/github/dmca/blob/master/2019/05/2019-05-16-Daplie.md';

/** Bodies without their request: which of our calls each of them answers, with which status, and what it means. */
const bodies: Readonly<Record<string, readonly [request: string, status: number, meaning: unknown]>> = {
  'bump_repo.json': ['GET /repos/gocardless/bump', 200, { name: 'gocardless/bump', id: '43550112' }],
  'business_repo.json': ['GET /repos/gocardless/business', 200, { name: 'gocardless/business', id: '20720932' }],
  'not_found.json': ['GET /repos/x/y', 404, { failure: 'repositoryNotFound' }],
  'dmca_takedown.json': ['GET /repos/x/y', 451, { failure: 'forbidden', link: notice }],
  'dmca_takedown.txt': ['GET /repos/x/y', 503, { failure: 'serverError' }],
  'git_repo_empty.json': ['GET /repos/x/y/git/ref/heads/main', 409, 'done'],
  'ref.json': ['GET /repos/x/y/git/ref/heads/master', 200, 'aa218f56b14c9653891f9e74264a383fa43fefbd'],
  'ref_my_branch.json': ['GET /repos/x/y/git/ref/heads/my_branch', 200, 'bb218f56b14c9653891f9e74264a383fa43fefbd'],
  'ref_my_branch_many.json': [
    'GET /repos/x/y/git/ref/heads/my_branch',
    200,
    'bb218f56b14c9653891f9e74264a383fa43fefbd',
  ],
  'commit_compare_behind.json': ['GET /repos/x/y/compare/a...b', 200, { isAncestor: false, commits: [] }],
  'commit_compare_diverged.json': ['GET /repos/x/y/compare/a...b', 200, { isAncestor: false }],
  'commit_compare_identical.json': ['GET /repos/x/y/compare/a...b', 200, { isAncestor: true, commits: [] }],
  'business_compare_commits.json': ['GET /repos/x/y/compare/a...b', 200, { isAncestor: true }],
  'create_ref.json': ['POST /repos/x/y/git/refs', 201, 'done'],
  'create_ref_error.json': ['POST /repos/x/y/git/refs', 422, { failure: 'branchExists' }],
  'create_ref_unhandled_error.json': ['POST /repos/x/y/git/refs', 422, { failure: 'invalidName' }],
  'create_commit.json': ['POST /repos/x/y/git/commits', 201, { commit: '7638417db6d59f3c431d3e1f261cc637155684cd' }],
  'create_tree.json': ['POST /repos/x/y/git/trees', 201, { commit: '2'.repeat(40) }],
  'update_ref.json': ['PATCH /repos/x/y/git/refs/heads/main', 200, { commit: '2'.repeat(40) }],
  'update_ref_error.json': ['PATCH /repos/x/y/git/refs/heads/main', 422, { failure: 'stale' }],
  'create_pr.json': ['POST /repos/x/y/pulls', 201, { url: 'https://github.com/gocardless/bump/pull/1347' }],
  'pull_request_already_exists.json': ['POST /repos/x/y/pulls', 422, { failure: 'pullRequestExists' }],
  'invalid_base_branch.json': ['POST /repos/x/y/pulls', 422, { failure: 'branchNotFound' }],
  ...Object.fromEntries(
    [
      'force_push_protected_branch',
      'force_push_restricted_branch',
      'force_push_this_protected_branch',
      'linear_history_protected_branch',
      'required_status_checks_protected_branch',
      'unauthorized_push_protected_branch',
    ].map((name) => [`${name}.json`, ['PATCH /repos/x/y/git/refs/heads/main', 422, { failure: 'protectedBranch' }]]),
  ),
};

/** Answers to calls that we do not make: contents, labels, releases, one branch, one commit, blobs as JSON. */
const notOurs =
  /^(branch|business_files|business_releases|check_ref|commits|contents_image|create_blob|create_label|file_too_large|gemfile_content|git_commit|git_data_requirements_blob|pull_request|pull_request_added|submodule|symlinked_.*)\.json$/;

describe('recorded answers of GitHub', function () {
  before(function () {
    if (folder === undefined) this.skip();
  });

  it('are what we make of them, wherever they answer a call of ours', async () => {
    const made: Record<string, unknown> = {};
    for (const recording of recordingsIn(join(folder!, 'github'))) {
      const meaning = await replay(recording);
      if (meaning !== undefined) made[`${recording.name} -> ${String(recording.status)}`] = meaning;
    }
    const expected: Readonly<Record<string, unknown>> = golden;
    assert.deepEqual(Object.keys(made).toSorted(), Object.keys(expected).toSorted());
    for (const [name, meaning] of Object.entries(made)) {
      assert.deepEqual(JSON.parse(JSON.stringify(meaning)), expected[name], name);
    }
  });

  it('mean the same where only their bodies were kept', async () => {
    for (const file of readdirSync(join(folder!, 'github/dependabot'))) {
      const known = bodies[file];
      if (known === undefined) assert.match(file, notOurs);
      else assert.deepEqual(pick(await replay(recordingOf(file, known)), known[2]), known[2], file);
    }
  });

  it('mean the same where they were written from what clients tell', async () => {
    const { exchanges } = JSON.parse(readFileSync(join(folder!, 'HANDWRITTEN.json'), 'utf8')) as {
      readonly exchanges: readonly { readonly provider: string; readonly status: number; readonly body: unknown }[];
    };
    const ours = exchanges.filter(({ provider }) => provider === 'github');
    assert.equal(ours.length, 4);
    for (const { status, body } of ours) {
      const isGraph = status === 200;
      const [method, path] = isGraph ? ['POST', '/graphql'] : ['PATCH', '/repos/x/y/git/refs/heads/main'];
      const recording = {
        name: 'written',
        method,
        path,
        sent: undefined,
        status,
        headers: {},
        body: JSON.stringify(body),
      };
      assert.deepEqual(await replay(recording), { failure: 'stale' }, JSON.stringify(body));
    }
  });
});

function recordingOf(file: string, [request, status]: readonly [string, number, unknown]): Recording {
  const [method = '', path = ''] = request.split(' ');
  const body = readFileSync(join(folder!, 'github/dependabot', file), 'utf8');
  return { name: file, method, path, sent: undefined, status, headers: {}, body };
}

/** Only what is expected of it. */
function pick(meaning: unknown, expected: unknown): unknown {
  if (typeof meaning !== 'object' || typeof expected !== 'object' || meaning === null || expected === null)
    return meaning;
  const found = meaning as Readonly<Record<string, unknown>>;
  return Object.fromEntries(Object.keys(expected).map((key) => [key, found[key]]));
}
