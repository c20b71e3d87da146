import type { CommitObject } from '../http/forgeGit.ts';

/** A commit as GitLab tells it. */
export function describedCommit({ id, parents, message, author, committer }: CommitObject): object {
  return {
    id,
    short_id: id.slice(0, 8),
    title: message.split('\n', 1)[0],
    message,
    parent_ids: parents,
    author_name: author.name,
    author_email: author.email,
    authored_date: author.date.toISOString(),
    committer_name: committer.name,
    committer_email: committer.email,
    committed_date: committer.date.toISOString(),
    created_at: committer.date.toISOString(),
  };
}
