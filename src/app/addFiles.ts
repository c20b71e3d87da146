import { detectDefinition } from '../core/definition/detectDefinition.ts';
import type { Api } from '../core/model/api.ts';
import type { RepoPath } from '../core/model/repoPath.ts';
import type { OperationContext } from '../ports/progress.ts';
import type { CheckoutStorages } from '../ports/checkoutStorage.ts';
import type { ApiEdits } from './apiEdits.ts';
import type { ApiKey } from './apiNode.ts';
import type { CheckoutWork, Workplace } from './checkoutWork.ts';
import { surveyOf, type Look, type Sight } from './look/look.ts';
import type { Pull } from './pull.ts';

/** Puts files on an API's list, and brings those here that are only in the repository. */
export class AddFiles {
  constructor(
    private readonly work: CheckoutWork,
    private readonly look: Look,
    private readonly edits: ApiEdits,
    private readonly storages: CheckoutStorages,
    private readonly pull: Pull,
  ) {}

  /** Files of the branch's head that are not on the list yet. */
  choices(key: ApiKey, context: OperationContext): Promise<readonly RepoPath[]> {
    return this.work.run(key, 'look', context, async ({ checkout, api }) => {
      const sight = await this.look.insist(checkout, context);
      const { members } = surveyOf(sight, api);
      return [...sight.remote.files.paths()].filter((path) => !members.has(path)).sort();
    });
  }

  async run(key: ApiKey, paths: readonly RepoPath[], context: OperationContext): Promise<void> {
    const { state, workspaceFolder, api } = this.edits.nodeOf(key);
    if (state === 'connected') {
      await this.work.run(key, 'addFiles', context, (place) => this.addAndTake(place, paths, context));
      return;
    }
    const { files } = await this.storages.open(workspaceFolder, api.folder);
    const root = await firstDefinition(api, paths, (path) => files.read(path));
    await this.edits.changeAndLook(key, (now) => withFiles(now, paths, root), context);
  }

  /** Takes the added files and what they bring along; whatever else is incoming waits for a pull. */
  private async addAndTake(place: Workplace, paths: readonly RepoPath[], context: OperationContext): Promise<void> {
    const { checkout, key, api } = place;
    const before = await this.look.insist(checkout, context);
    const others = new Set([...surveyOf(before, api).universe].filter((path) => !paths.includes(path)));
    const root = await firstDefinition(api, paths, (path) => readAnywhere(before, path, context));
    await this.edits.change(key, (now) => withFiles(now, paths, root));
    await this.pull.pull(place, context, others);
  }
}

function withFiles(api: Api, paths: readonly RepoPath[], root: RepoPath | undefined): Api {
  const added = [...new Set([...api.addedFiles, ...paths])].filter((path) => path !== (api.rootFile ?? root));
  return { ...api, ...(root === undefined ? {} : { rootFile: root }), addedFiles: added };
}

/** An API without a definition gets the first one that it is given. */
async function firstDefinition(
  api: Api,
  paths: readonly RepoPath[],
  read: (path: RepoPath) => Promise<Uint8Array | undefined>,
): Promise<RepoPath | undefined> {
  if (api.rootFile !== undefined) return undefined;
  for (const path of paths) {
    const bytes = await read(path);
    if (bytes !== undefined && detectDefinition(path, bytes) !== undefined) return path;
  }
  return undefined;
}

async function readAnywhere(
  { checkout, remote }: Sight,
  path: RepoPath,
  context: OperationContext,
): Promise<Uint8Array | undefined> {
  const here = await checkout.storage.files.read(path);
  const read = here === undefined ? await remote.files.read([path], context) : new Map([[path, here]]);
  return (await checkout.understood(read, context.signal)).get(path);
}
