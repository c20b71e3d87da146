import { array, nullish, object, safeParse } from 'valibot';
import { Failure } from '../../core/errors.ts';
import type { CommitId } from '../../core/model/ids.ts';
import type { CallContext, CommitRequest, CommitResult } from '../../ports/repositoryHost.ts';
import { encodeBase64 } from '../http/base64.ts';
import type { GitHubApi } from './api.ts';
import { isBreakdown, refusalOfErrors } from './failures.ts';
import type { Place } from './places.ts';
import { commitIdSchema } from './schemas.ts';

const createCommit = `mutation Commit($input: CreateCommitOnBranchInput!) {
  createCommitOnBranch(input: $input) { commit { oid parents(first: 1) { nodes { oid } } } }
}`;

const oidSchema = object({ oid: commitIdSchema });
const madeSchema = object({
  createCommitOnBranch: object({
    commit: object({ oid: commitIdSchema, parents: object({ nodes: nullish(array(oidSchema)) }) }),
  }),
});

/** One commit in one request, compared with the head and signed by GitHub. */
export async function commitOnBranch(
  api: GitHubApi,
  { owner, repo, facts }: Place,
  { branch, expectedHead, message, changes }: CommitRequest & { readonly expectedHead: CommitId },
  call: CallContext,
): Promise<CommitResult> {
  const input = {
    branch: { repositoryNameWithOwner: `${owner}/${repo}`, branchName: branch },
    expectedHeadOid: expectedHead,
    message: inHeadlineAndBody(message),
    fileChanges: {
      additions: changes.flatMap((change) =>
        change.kind === 'write' ? [{ path: change.path, contents: encodeBase64(change.bytes) }] : [],
      ),
      deletions: changes.filter(({ kind }) => kind === 'delete').map(({ path }) => ({ path })),
    },
  };
  const graph = await api.mutate(createCommit, { input }, call, facts);
  const told = api.facts(facts);
  if (graph.errors.some(isBreakdown)) throw new Failure('answerLost', refusalOfErrors(graph, told).facts);
  if (graph.errors.length > 0) throw refusalOfErrors(graph, told);
  const made = safeParse(madeSchema, graph.data);
  // It was taken, and only what came of it is not understood.
  if (!made.success) throw new Failure('answerLost', told);
  const { commit } = made.output.createCommitOnBranch;
  return { commit: commit.oid, parent: commit.parents.nodes?.[0]?.oid };
}

/** The parts that GitHub puts together again with an empty line between; `undefined`: they would not give `message`. */
export function inHeadlineAndBody(message: string): { readonly headline: string; readonly body?: string } | undefined {
  const [, headline, body] = /^(\S(?:.*\S)?)(?:\n\n(\S(?:[^]*\S)?))?$/.exec(message) ?? [];
  if (headline === undefined || message.includes('\r')) return undefined;
  return body === undefined ? { headline } : { headline, body };
}
