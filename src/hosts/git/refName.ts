import { Failure } from '../../core/errors.ts';
import { branchNameProblem } from '../../core/model/branchName.ts';

/** @throws Failure `invalidName` */
export function branchRef(name: string): string {
  if (branchNameProblem(name) !== undefined) throw new Failure('invalidName', { branch: name });
  return `refs/heads/${name}`;
}
