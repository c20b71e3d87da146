import { Failure } from '../../core/errors.ts';
import { branchNameProblem } from '../../core/model/branchName.ts';

const prefix = 'refs/heads/';

/** No object: what a new branch was before, and a deleted one is afterwards. */
export const nothing = '0'.repeat(40);

/** @throws Failure `invalidName` */
export function refOf(branch: string): string {
  const detail = branchNameProblem(branch);
  if (detail !== undefined) throw new Failure('invalidName', { branch, detail });
  return prefix + branch;
}

/** Pull requests and tags are refs too. */
export function isBranch(ref: string): boolean {
  return ref.startsWith(prefix);
}

/** Without `refs/heads/`. */
export function branchOf(ref: string): string {
  return isBranch(ref) ? ref.slice(prefix.length) : ref;
}
