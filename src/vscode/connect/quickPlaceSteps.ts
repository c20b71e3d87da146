import { l10n } from 'vscode';
import { defaultCollectionFolder } from '../../core/model/api.ts';
import type { ConnectServices } from './connectServices.ts';
import { inputStep } from './inputStep.ts';
import { withInput, type QuickState } from './quickState.ts';
import type { Step } from './steps.ts';

/** How it is arranged here: collection folder, local folder, name. */
export function placeSteps(services: ConnectServices): readonly Step<QuickState>[] {
  return [
    {
      name: 'collectionFolder',
      run: (state, frame) =>
        inputStep(frame, {
          prompt: collectionFolderPrompt(state),
          value: state.input.collectionFolder,
          placeholder: defaultCollectionFolder,
          wrong: () => undefined,
          accept: (collectionFolder) => withInput(state, { collectionFolder }),
        }),
    },
    {
      name: 'localFolder',
      run: (state, frame) =>
        inputStep(frame, {
          prompt: localFolderPrompt(services, state),
          value: state.input.localFolder,
          wrong: () => undefined,
          accept: (localFolder) => withInput(state, { localFolder }),
        }),
    },
    {
      name: 'name',
      applies: ({ api }) => api === undefined,
      run: (state, frame) =>
        inputStep(frame, {
          prompt: l10n.t('Name of the API'),
          value: state.input.name,
          wrong: (text) => (text === '' ? l10n.t('An API needs a name.') : undefined),
          accept: (name) => withInput(state, { name }),
        }),
    },
  ];
}

function collectionFolderPrompt({ contents }: QuickState): string {
  return contents?.defaultCollectionFolderExists === true
    ? l10n.t('Folder of the repository that holds this API’s collections')
    : l10n.t(
        'Folder of the repository for this API’s collections; made with the first collection where it does not exist yet',
      );
}

function localFolderPrompt({ workspace }: ConnectServices, { input }: QuickState): string {
  const folder = workspace.folders.find(({ uri }) => uri === input.workspaceFolder)?.name ?? input.workspaceFolder;
  return l10n.t('Local folder for the files, relative to “{0}”; blank is that folder itself', folder);
}
