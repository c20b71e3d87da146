import { commands as vscodeCommands } from 'vscode';
import type { ApiKey, ApiNode } from '../app/apiNode.ts';
import type { ReadonlyApiStore } from '../app/apiStore.ts';
import type { UseCases } from '../app/useCases.ts';
import type { Failure, FailureReason } from '../core/errors.ts';
import type { RepositoryRef } from '../core/model/repository.ts';
import { isRepoPath } from '../core/model/repoPath.ts';
import type { Hosts } from '../ports/hosts.ts';
import { openApiFile } from './commands/openFile.ts';
import { commands, settings } from './contributions.ts';
import type { FailureActionKind } from './messages/failureMessage.ts';
import { openPage } from './openPage.ts';
import type { FailureActionRunner, FailurePlace } from './runOperation.ts';

type Action = Parameters<FailureActionRunner['perform']>[0];

/** What the account that asked may not: it signs in again, or another one takes its place. */
const isAboutOne: ReadonlySet<FailureReason> = new Set([
  'signInNeeded',
  'forbidden',
  'repositoryNotFound',
  'missingScope',
]);

/** The buttons below a failure's message: each is a command that exists anyway. */
export class FailureActions implements FailureActionRunner {
  constructor(
    private readonly store: ReadonlyApiStore,
    private readonly hosts: Pick<Hosts, 'descriptions'>,
    private readonly useCases: Pick<UseCases, 'accountOf' | 'absentAccount'>,
  ) {}

  offers(action: FailureActionKind, failure: Failure, place: FailurePlace): boolean {
    if (action === 'pushToNewBranch') return place.api !== undefined;
    if (action !== 'signIn' && action !== 'useAccount' && action !== 'signInAgain') return true;
    const asked = place.host ?? this.repositoryOf(failure, place)?.host;
    if (!this.hosts.descriptions.some(({ id, token }) => id === asked && token !== undefined)) return false;
    const isSomebodys = this.apiOf(failure, place) !== undefined && whoOf(failure) !== undefined;
    return action === 'signIn' ? !(isSomebodys && isAboutOne.has(failure.reason)) : isSomebodys;
  }

  async perform(action: Action, failure: Failure | undefined, place: FailurePlace): Promise<void> {
    const { api, host } = place;
    switch (action) {
      case 'signIn': {
        const repository = this.repositoryOf(failure, place);
        const origin = failure?.facts.origin ?? repository?.origin;
        await vscodeCommands.executeCommand(commands.signIn, { host: host ?? repository?.host, origin });
        return;
      }
      case 'useAccount':
      case 'signInAgain':
        await vscodeCommands.executeCommand(commands[action], this.apiOf(failure, place));
        return;
      case 'pushToNewBranch':
      case 'pull':
      case 'switchBranch':
      case 'settlePush':
      case 'approve':
      case 'showLog':
      case 'openApisFile':
        await vscodeCommands.executeCommand(commands[action], api);
        return;
      case 'saveAll':
        await vscodeCommands.executeCommand('workbench.action.files.saveAll');
        return;
      case 'manageTrust':
        await vscodeCommands.executeCommand('workbench.trust.manage');
        return;
      case 'openGitPathSetting':
        await vscodeCommands.executeCommand('workbench.action.openSettings', `${settings.section}.${settings.gitPath}`);
        return;
      case 'openLink':
        if (failure?.facts.link !== undefined) await openPage(failure.facts.link);
        return;
      case 'openMergeEditor':
        await vscodeCommands.executeCommand(commands.openMergeEditor, { api, path: failure?.facts.paths?.[0] });
        return;
      case 'openFile':
        await this.openFirst(failure, api);
    }
  }

  /** Where a failure is of no API alone (a refresh of all), one that works as the account that it names. */
  private apiOf(failure: Failure | undefined, { api, host }: FailurePlace): ApiKey | undefined {
    const who = failure && whoOf(failure);
    if (api !== undefined || host !== undefined || who === undefined) return api;
    const isItsOwn = ({ state, api: { connection } }: ApiNode): boolean => {
      if (state !== 'connected' || connection === undefined) return false;
      const { repository } = connection;
      if (repository.origin !== failure?.facts.origin) return false;
      return (this.useCases.accountOf(repository)?.name ?? this.useCases.absentAccount(repository)) === who;
    };
    return this.store.apis.find(isItsOwn)?.key;
  }

  /** Of the API; where a failure is of none alone, any repository of the server that it names. */
  private repositoryOf(failure: Failure | undefined, { api }: FailurePlace): RepositoryRef | undefined {
    if (api !== undefined) return this.store.get(api)?.api.connection?.repository;
    const connected = this.store.apis.filter(({ state }) => state === 'connected');
    return connected
      .flatMap((node) => node.api.connection?.repository ?? [])
      .find(({ origin }) => origin === failure?.facts.origin);
  }

  private async openFirst(failure: Failure | undefined, api: ApiKey | undefined): Promise<void> {
    const node = api === undefined ? undefined : this.store.get(api);
    const path = failure?.facts.referencedBy?.[0] ?? failure?.facts.paths?.[0];
    if (path?.endsWith('.vscode/apis.json') === true) {
      await vscodeCommands.executeCommand(commands.openApisFile, api);
      return;
    }
    if (node !== undefined && path !== undefined && isRepoPath(path)) await openApiFile(node, path);
    else await vscodeCommands.executeCommand('workbench.view.scm');
  }
}

/** Whoever asked, or was to ask and is signed out. */
function whoOf({ facts }: Failure): string | undefined {
  return facts.account ?? facts.absent;
}
