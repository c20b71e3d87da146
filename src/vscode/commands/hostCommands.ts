import { l10n } from 'vscode';
import type { ApiNode } from '../../app/apiNode.ts';
import type { UseCases } from '../../app/useCases.ts';
import type { Disposable } from '../../core/events.ts';
import { currentBranch, listOtherBranches } from '../branch/apiBranches.ts';
import { pickBranch } from '../branch/branchPick.ts';
import { hasWebPages } from '../hasWebPages.ts';
import { openPage } from '../openPage.ts';
import type { OperationRunner } from '../runOperation.ts';
import { askName } from './namePrompt.ts';
import { registerCommands } from './registerCommands.ts';
import type { Targets } from './targets.ts';

/** What a host's own pages are for: pull requests, and a look at a file there. */
export class HostCommands implements Disposable {
  private readonly registration: Disposable;

  constructor(
    private readonly useCases: UseCases,
    private readonly runner: OperationRunner,
    private readonly targets: Targets,
  ) {
    this.registration = registerCommands({
      openInBrowser: (...args) => this.openInBrowser(args),
      createPullRequest: (...args) => this.createPullRequest(args),
    });
  }

  dispose(): void {
    this.registration.dispose();
  }

  private async openInBrowser(args: readonly unknown[]): Promise<void> {
    const [file] = this.targets.files(args);
    const node = file?.node ?? (await this.targets.api(args, hasWebPages, l10n.t('Open which API’s repository?')));
    if (node === undefined) return;
    await this.runner.run({
      title: l10n.t('Opening the page of “{0}”', node.api.name),
      api: node.key,
      work: (context) => this.useCases.webPage(node.key, file?.paths[0], context),
      done: (url) => (url === undefined ? undefined : openPage(url)),
    });
  }

  private async createPullRequest(args: readonly unknown[]): Promise<void> {
    const node = await this.targets.api(args, hasWebPages, l10n.t('Create a pull request of which API?'));
    if (node === undefined) return;
    const from = currentBranch(node);
    const title = l10n.t('Create a pull request of “{0}”', from);
    const target = await pickBranch({
      title,
      placeholder: l10n.t('Merge “{0}” into which branch?', from),
      current: from,
      list: listOtherBranches(this.useCases, node),
    });
    if (target === undefined) return;
    const name = await askName({ title, prompt: titlePrompt(node), value: from });
    if (name === undefined) return;
    await this.runner.run({
      title,
      kind: 'createPullRequest',
      api: node.key,
      work: (context) => this.useCases.createPullRequest(node.key, { to: target.name, title: name, body: '' }, context),
      done: ({ url }) => openPage(url),
    });
  }
}

function titlePrompt({ sync }: ApiNode): string {
  return sync === undefined || sync.outgoing === 0
    ? l10n.t('Title of the pull request')
    : l10n.t('Title of the pull request. Changes that are not pushed are no part of it: {0}.', sync.outgoing);
}
