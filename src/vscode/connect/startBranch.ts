import type { RepositoryChoice } from '../../app/connectRequest.ts';

/** Git's own name for the first branch, for a repository that has none and names none. */
const firstBranch = 'main';

/** The branch to propose; blank where only the person can tell. */
export function startBranch({ clone, defaultBranch, empty }: RepositoryChoice): string {
  // A clone stays where it is: it is switched once it is connected.
  return clone?.branch ?? defaultBranch ?? (empty ? firstBranch : '');
}
