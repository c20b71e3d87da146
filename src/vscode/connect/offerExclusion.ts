import { l10n, window } from 'vscode';
import type { ApiKey } from '../../app/apiNode.ts';
import type { ReadonlyApiStore } from '../../app/apiStore.ts';
import type { UseCases } from '../../app/useCases.ts';
import type { OperationRunner } from '../runOperation.ts';

interface ExclusionServices {
  readonly useCases: Pick<UseCases, 'exclusionOffer' | 'excludeFolder' | 'declineExclusion'>;
  readonly apis: ReadonlyApiStore;
  readonly runner: OperationRunner;
}

/** Once an API is connected: offers to keep its folder out of the repository around it. */
export async function offerExclusion({ useCases, apis, runner }: ExclusionServices, api: ApiKey): Promise<void> {
  const folder = apis.get(api)?.api.folder ?? '';
  const title = l10n.t('Keeping “{0}” out of the repository around it', folder);
  await runner.run({
    title,
    api,
    work: ({ signal }) => useCases.exclusionOffer(api, signal),
    done: async (around) => {
      if (around === undefined) return;
      const exclude = l10n.t('Exclude');
      const decline = l10n.t('Don’t Exclude');
      const message = l10n.t(
        'The folder “{0}” shows up as new in the Git repository “{1}” around it. Add the line {2} to its .git/info/exclude, for you alone?',
        folder,
        around.name,
        around.pattern,
      );
      const answer = await window.showInformationMessage(message, exclude, decline);
      if (answer === decline) await useCases.declineExclusion(api);
      if (answer !== exclude) return;
      await runner.run({ title, api, work: ({ signal }) => useCases.excludeFolder(api, signal) });
    },
  });
}
