import type { PathPlatform } from '../../core/model/pathRules.ts';
import { emptyBranch } from '../../core/sync/checkoutState.ts';
import type { CheckoutStorages } from '../../ports/checkoutStorage.ts';
import type { CallContext } from '../../ports/repositoryHost.ts';
import type { ApiKey, ApiNode } from '../apiNode.ts';
import type { ApiStore } from '../apiStore.ts';
import { BaseFiles } from '../checkout/baseFiles.ts';
import { emptyKnowledge, type Knowledge } from '../checkout/knowledge.ts';
import { LocalFiles } from '../checkout/localFiles.ts';
import { RemoteFiles } from '../checkout/remoteFiles.ts';
import { withFailure } from './look.ts';
import { surveyApi, type ApiSurvey } from './survey.ts';
import { isModeless } from './ground.ts';

/** Looks at an API that is not connected: the folder is all there is. */
export class LookAtFolder {
  private readonly knowledge = new Map<ApiKey, Knowledge>();

  constructor(
    private readonly storages: CheckoutStorages,
    private readonly store: ApiStore,
    private readonly platform: PathPlatform,
  ) {}

  async run(node: ApiNode, call: CallContext): Promise<ApiSurvey> {
    const { files, blobs } = await this.storages.open(node.workspaceFolder, node.api.folder);
    const knowledge = this.knowledge.get(node.key) ?? emptyKnowledge();
    this.knowledge.set(node.key, knowledge);
    const survey = await surveyApi(node.api, {
      branch: emptyBranch,
      base: new BaseFiles(new Map(), blobs, () => Promise.resolve(new Map())),
      local: new LocalFiles(files, this.platform, call.signal, (path) => path),
      remote: RemoteFiles.ofSnapshot(undefined, new Map(), blobs),
      knowledge,
      modeless: isModeless(files),
      unmerged: new Map(),
      understood: (contents) => Promise.resolve(contents),
      call,
    });
    const { definition, collections } = survey;
    this.store.update([node.key], (now) => withFailure({ ...now, definition, collections }, undefined));
    return survey;
  }
}
