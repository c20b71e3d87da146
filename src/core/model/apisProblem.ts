import type { BranchNameRule } from './branchName.ts';
import type { PathRule } from './pathRules.ts';

/**
 * What is wrong at a place of the file.
 * - `secret`: a password in a URL; `unsafeFolder`, `unsafePath`: leaves its folder, or a name that not every platform
 *   can hold; `invalidName`: a branch that Git would not have; `unsafeOrigin`: no address that the host can have;
 *   `sharedFolder`: the folder of another repository, or above or below one, so that files would belong to both.
 */
export type ApisProblemCode =
  | 'tooLarge'
  | 'tooDeep'
  | 'syntax'
  | 'wrongVersion'
  | 'missing'
  | 'wrongType'
  | 'empty'
  | 'duplicateKey'
  | 'duplicateId'
  | 'duplicateName'
  | 'sharedFolder'
  | 'unsafeFolder'
  | 'unsafePath'
  | 'unknownHost'
  | 'unsafeOrigin'
  | 'invalidName'
  | 'secret';

export interface ApisProblem {
  readonly code: ApisProblemCode;
  /** UTF-16 units from the start of the text. */
  readonly offset: number;
  readonly length: number;
  /** The property that the problem is about, where there is one. */
  readonly property?: string;
  /** Which rule a path or a branch's name breaks. */
  readonly rule?: PathRule | BranchNameRule;
}
