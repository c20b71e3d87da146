import type { Closure } from '../core/definition/definition.ts';
import { Failure } from '../core/errors.ts';
import type { Api } from '../core/model/api.ts';
import type { ApiId } from '../core/model/ids.ts';
import type { RepoPath } from '../core/model/repoPath.ts';
import type { BranchState, CheckoutState } from '../core/sync/checkoutState.ts';
import type { OperationContext } from '../ports/progress.ts';
import type { ApiEdits } from './apiEdits.ts';
import type { ApiKey } from './apiNode.ts';
import { transact } from './checkout/transact.ts';
import type { CheckoutWork } from './checkoutWork.ts';
import { surveyOf, type Look } from './look/look.ts';
import type { LookAtFolder } from './look/lookAtFolder.ts';
import type { ApiSurvey } from './look/survey.ts';

/** Takes a file off an API's list; it stays here and in the repository. What the root still reaches is refused. */
export class RemoveFile {
  constructor(
    private readonly work: CheckoutWork,
    private readonly look: Look,
    private readonly edits: ApiEdits,
    private readonly folders: LookAtFolder,
  ) {}

  /** @throws Failure `stillReferenced`, naming who references the file: it would be back at once. */
  async run(key: ApiKey, path: RepoPath, context: OperationContext): Promise<void> {
    const node = this.edits.nodeOf(key);
    if (node.state === 'local') {
      refuseReferenced(path, await this.folders.run(node, context));
      await this.edits.changeAndLook(key, (api) => withoutFile(api, path), context);
      return;
    }
    await this.work.run(key, 'removeFile', context, async ({ checkout, api }) => {
      const sight = await this.look.remember(checkout, context);
      refuseReferenced(path, surveyOf(sight, api), sight.state.branch);
      await this.edits.change(key, (now) => withoutFile(now, path));
      const next = forgotten(await this.look.stateOf(checkout), api.id, path);
      await transact(checkout, { operation: 'removeFile', changes: [], next }, context);
      await this.look.remember(checkout, context);
    });
  }
}

/** `branch`: named where only the repository's versions still lead to the file. */
function refuseReferenced(path: RepoPath, { api, closures }: ApiSurvey, branch?: string): void {
  // Without its root file an API reaches nothing any more.
  if (path === api.rootFile) return;
  const here = referencing(path, closures.local);
  const there = referencing(path, closures.remote);
  if (here.length > 0) throw new Failure('stillReferenced', { paths: [path], referencedBy: here });
  if (there.length === 0) return;
  const where = branch === undefined ? {} : { branch };
  throw new Failure('stillReferenced', { paths: [path], referencedBy: there, ...where });
}

function referencing(path: RepoPath, { references }: Closure): readonly RepoPath[] {
  return [...references].flatMap(([from, targets]) => (from !== path && targets.includes(path) ? [from] : [])).sort();
}

function withoutFile(api: Api, path: RepoPath): Api {
  const { rootFile, ...rest } = api;
  const root = rootFile === undefined || rootFile === path ? {} : { rootFile };
  return { ...rest, ...root, addedFiles: api.addedFiles.filter((file) => file !== path) };
}

function forgotten(state: CheckoutState, api: ApiId, path: RepoPath): CheckoutState {
  const branches = [...state.branches].map(([name, branch]) => [name, forget(branch, api, path)] as const);
  return { ...state, branches: new Map(branches) };
}

/** The base of a file stays for as long as another API lists it. */
function forget(branch: BranchState, api: ApiId, path: RepoPath): BranchState {
  const members = new Map(
    [...branch.members].map(([id, paths]) => [id, id === api ? without(paths, path) : paths] as const),
  );
  if ([...members.values()].some((paths) => paths.has(path))) return { ...branch, members };
  return { ...branch, members, base: new Map([...branch.base].filter(([known]) => known !== path)) };
}

function without(paths: ReadonlySet<RepoPath>, path: RepoPath): ReadonlySet<RepoPath> {
  return new Set([...paths].filter((known) => known !== path));
}
