import type { RepoPath } from '../model/repoPath.ts';
import type { SyncPlan } from './planItem.ts';

/** The files of one API, as a push sees them. */
export interface ApiFiles {
  readonly rootFile?: RepoPath;
  /** All files of the API, those about to be deleted included. */
  readonly members: ReadonlySet<RepoPath>;
}

/**
 * The API's files that a push of `plan` deletes, when they are worth a question: the root file is among them, or they
 * are more than half of the API. Empty when nobody has to be asked. A renamed file is not deleted, unless it is the
 * root file: by its new name it is none.
 */
export function deletesTooMuch(plan: SyncPlan, api: ApiFiles): readonly RepoPath[] {
  const deleted = plan
    .filter((item) => item.kind === 'outgoing' && item.change === 'deleted')
    .filter(({ path, rename }) => path === api.rootFile || (api.members.has(path) && rename === undefined))
    .map(({ path }) => path);
  const losesRoot = api.rootFile !== undefined && deleted.includes(api.rootFile);
  return losesRoot || deleted.length * 2 > api.members.size ? deleted : [];
}
