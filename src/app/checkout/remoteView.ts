import type { Failure } from '../../core/errors.ts';
import type { CommitId } from '../../core/model/ids.ts';
import type { BranchStanding } from '../apiNode.ts';
import type { RemoteFiles } from './remoteFiles.ts';

/** A branch at the host, as it was seen. */
export interface RemoteView {
  readonly branch: string;
  /** Absent when the branch has no commit there. */
  readonly head?: CommitId;
  /** The head of our base when `standing` was found out. */
  readonly baseHead?: CommitId;
  readonly standing: BranchStanding;
  readonly files: RemoteFiles;
  /** Why the host could not be asked just now; everything else is then what was known before. */
  readonly failure?: Failure;
}

/** What the branch looks like right after a commit of ours, or after the base moved to it. */
export function settledView(branch: string, head: CommitId | undefined, files: RemoteFiles): RemoteView {
  return withHeads(branch, head, head, { standing: head === undefined ? 'unborn' : 'upToDate', files });
}

export function withHeads(
  branch: string,
  head: CommitId | undefined,
  baseHead: CommitId | undefined,
  rest: Pick<RemoteView, 'standing' | 'files'>,
): RemoteView {
  return { branch, ...(head === undefined ? {} : { head }), ...(baseHead === undefined ? {} : { baseHead }), ...rest };
}
