import { Failure } from '../../core/errors.ts';
import type { BlobId, CommitId } from '../../core/model/ids.ts';
import type { RepoPath } from '../../core/model/repoPath.ts';
import type { CallContext } from '../../ports/repositoryHost.ts';
import { encodeBase64 } from '../http/base64.ts';
import type { GitHubApi } from './api.ts';
import type { Place } from './places.ts';
import { madeCommitSchema, madeFileSchema, madeObjectSchema } from './schemas.ts';

/** What a new tree changes; `sha: null` takes a path away. */
export type TreeEdit = {
  readonly path: string;
  readonly mode: '100644' | '100755';
  readonly type: 'blob';
} & ({ readonly sha: string | null } | { readonly content: string });

/**
 * Git's objects, one by one. Until a branch points to them nobody sees them, so that making them twice does no harm:
 * they may be sent again.
 */
export class GitData {
  constructor(readonly api: GitHubApi) {}

  /** @throws Failure `unexpectedAnswer` when other bytes were kept than those that were sent. */
  async makeBlob({ owner, repo, facts }: Place, bytes: Uint8Array, id: BlobId, call: CallContext): Promise<BlobId> {
    const request = { owner, repo, content: encodeBase64(bytes), encoding: 'base64' };
    const answer = await this.api.ask((octokit) => octokit.rest.git.createBlob(request), call, { repeatable: true });
    const { sha } = this.api.read(madeObjectSchema, answer, facts);
    if (sha === id) return id;
    throw new Failure('unexpectedAnswer', { ...this.api.facts(facts), detail: 'other bytes were kept' });
  }

  async makeTree(
    { owner, repo, facts }: Place,
    base: CommitId | undefined,
    edits: readonly TreeEdit[],
    call: CallContext,
  ): Promise<string> {
    const request = { owner, repo, tree: [...edits], ...(base === undefined ? {} : { base_tree: base }) };
    const answer = await this.api.ask((octokit) => octokit.rest.git.createTree(request), call, { repeatable: true });
    return this.api.read(madeObjectSchema, answer, facts).sha;
  }

  async makeCommit(
    { owner, repo, facts }: Place,
    commit: { readonly message: string; readonly tree: string; readonly parents: readonly CommitId[] },
    call: CallContext,
  ): Promise<CommitId> {
    const request = { owner, repo, ...commit, parents: [...commit.parents] };
    const answer = await this.api.ask((octokit) => octokit.rest.git.createCommit(request), call, { repeatable: true });
    return this.api.read(madeCommitSchema, answer, facts).sha;
  }

  /** One file, committed at once; in an empty repository this makes the branch. */
  async putFile(
    { owner, repo, facts }: Place,
    file: { readonly path: RepoPath; readonly bytes: Uint8Array; readonly branch: string; readonly message: string },
    call: CallContext,
  ): Promise<{ readonly commit: CommitId; readonly parent: CommitId | undefined }> {
    const { path, bytes, branch, message } = file;
    const request = { owner, repo, path, branch, message, content: encodeBase64(bytes) };
    const answer = await this.api.ask((octokit) => octokit.rest.repos.createOrUpdateFileContents(request), call);
    const { commit } = this.api.read(madeFileSchema, answer, facts);
    return { commit: commit.sha, parent: commit.parents[0]?.sha };
  }
}
