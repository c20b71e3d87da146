import type { ForgeRequest } from '../http/forge.ts';
import { RefRefused, zeros, type CommitEdits } from '../http/forgeGit.ts';
import { refusal } from './graphqlRefusal.ts';
import { byName, nodeId, type ForgeRepository, type GitHubState } from './state.ts';

interface CommitInput {
  readonly branch: { readonly repositoryNameWithOwner: string; readonly branchName: string };
  readonly expectedHeadOid: string;
  readonly message: { readonly headline: string; readonly body?: string };
  readonly fileChanges: {
    readonly additions: readonly { readonly path: string; readonly contents: string }[];
    readonly deletions: readonly { readonly path: string }[];
  };
}

interface UpdateInput {
  readonly repositoryId: string;
  readonly refUpdates: readonly {
    readonly name: string;
    readonly beforeOid?: string;
    readonly afterOid: string;
    readonly force?: boolean;
  }[];
}

/** The fields of `Mutation` that the adapter asks for. */
export function mutations(state: GitHubState, request: ForgeRequest): object {
  return {
    createCommitOnBranch: ({ input }: { input: CommitInput }) => {
      const [owner = '', name = ''] = input.branch.repositoryNameWithOwner.split('/');
      const found = byName(state, owner, name);
      if (!found || request.rights === 'none') {
        throw refusal('NOT_FOUND', `Could not resolve to a Repository with the name '${owner}/${name}'.`);
      }
      allow(found, request, 'CreateCommitOnBranch');
      return createCommit(found, input);
    },
    updateRefs: async ({ input }: { input: UpdateInput }) => {
      const found = state.repositories.find((one) => nodeId(one) === input.repositoryId);
      if (!found || request.rights === 'none') {
        throw refusal('NOT_FOUND', `Could not resolve to a node with the global id of '${input.repositoryId}'`);
      }
      allow(found, request, 'UpdateRefs');
      for (const update of input.refUpdates) await updateRef(found, update);
      return { clientMutationId: null };
    },
  };
}

function allow({ archived }: ForgeRepository, { account, rights }: ForgeRequest, what: string): void {
  if (rights === 'write' && !archived) return;
  throw refusal('FORBIDDEN', `${String(account)} does not have the correct permissions to execute \`${what}\``);
}

async function createCommit({ git, protectedBranches }: ForgeRepository, input: CommitInput): Promise<object> {
  const { branch, expectedHeadOid, message, fileChanges } = input;
  const name = branch.branchName;
  if (protectedBranches.has(name)) {
    throw refusal(
      'UNPROCESSABLE',
      'Repository rule violations found\n\nChanges must be made through a pull request.\n\n',
    );
  }
  const stale = `Expected branch to point to "${expectedHeadOid}" but it did not.  Pull and try again.`;
  const head = await git.head(name);
  if (head === undefined) throw refusal('NOT_FOUND', 'Branch not found');
  if (head !== expectedHeadOid) throw refusal('STALE_DATA', stale);
  const edits = new Map<string, NonNullable<ReturnType<CommitEdits['get']>> | null>();
  for (const { path } of fileChanges.deletions) {
    if (!(await git.entryAt(head, path))) {
      const text = `A path was requested for deletion which does not exist as of commit oid \`${head}\``;
      throw refusal('UNPROCESSABLE', text);
    }
    edits.set(path, null);
  }
  for (const { path, contents } of fileChanges.additions) {
    edits.set(path, { mode: '100644', bytes: Buffer.from(contents, 'base64') });
  }
  const text = message.body ? `${message.headline}\n\n${message.body}` : message.headline;
  try {
    const oid = await git.commit({ branch: name, expectedHead: head, parent: head, edits, message: text });
    return { commit: { oid, parents: { nodes: [{ oid: head }] } } };
  } catch (error) {
    if (error instanceof RefRefused) throw refusal('STALE_DATA', stale);
    throw error;
  }
}

async function updateRef(
  { git, protectedBranches }: ForgeRepository,
  { name, beforeOid, afterOid, force = false }: UpdateInput['refUpdates'][number],
): Promise<void> {
  const branch = name.replace(/^refs\/heads\//, '');
  if (protectedBranches.has(branch)) throw refusal('UNPROCESSABLE', 'Cannot update this protected ref.');
  const head = await git.head(branch);
  const isForward = afterOid === zeros || head === undefined || (await git.mergeBase(head, afterOid)) === head;
  if (!force && !isForward) throw refusal('UNPROCESSABLE', 'Reference cannot be updated: not a fast-forward');
  try {
    await git.updateRef(name, afterOid, beforeOid);
  } catch (error) {
    // The words are nobody's: what GitHub says here is not known.
    if (error instanceof RefRefused) throw refusal('UNPROCESSABLE', 'Reference cannot be updated');
    throw error;
  }
}
