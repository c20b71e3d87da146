import { l10n } from 'vscode';
import type { ApiKey } from '../../app/apiNode.ts';
import { defaultCollectionFolder } from '../../core/model/api.ts';
import { formTarget } from './formTarget.ts';
import type { ConnectServices } from './connectServices.ts';
import { preselectedHost } from './preselectedHost.ts';
import { placeSteps } from './quickPlaceSteps.ts';
import { previewStep } from './quickPreviewStep.ts';
import type { QuickState } from './quickState.ts';
import { listSteps } from './quickListSteps.ts';
import { repositorySteps } from './quickRepositorySteps.ts';
import { runSteps } from './steps.ts';
import { Troubles } from './troubles.ts';

/** The connect form's twin: the same questions in the same order, one quick input each, with a way back at every step. */
export async function connectQuick(services: ConnectServices, api?: ApiKey): Promise<void> {
  const target = await formTarget(services.apis, api, new AbortController().signal);
  const troubles = new Troubles(services.log, services.actions, api);
  const folder = target?.workspaceFolder ?? services.workspace.folders[0]?.uri ?? '';
  const clones = folder === '' ? [] : await services.useCases.clonedHere(folder, new AbortController().signal);
  const [clone] = clones;
  const start: QuickState = {
    api: target === undefined ? undefined : api,
    ...(target?.localFolder === undefined ? {} : { ownFolder: target.localFolder }),
    clones,
    input: {
      workspaceFolder: folder,
      name: target?.name ?? '',
      host: clone?.host ?? preselectedHost(services),
      account: '',
      owner: '',
      repository: clone?.address ?? '',
      branch: '',
      rootFile: target?.rootFile ?? '',
      collectionFolder: target?.collectionFolder ?? defaultCollectionFolder,
      localFolder: target?.localFolder ?? '',
    },
  };
  const title = target === undefined ? l10n.t('Connect Repository') : l10n.t('Connect “{0}”', target.name);
  const steps = [
    ...repositorySteps(services, troubles, listSteps(services, troubles)),
    ...placeSteps(services),
    previewStep(services, troubles),
  ];
  const end = await runSteps(title, steps, start);
  if (end?.connected !== undefined) services.onConnected(end.connected);
}
