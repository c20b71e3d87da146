import { l10n, window, type QuickPickItem } from 'vscode';
import type { ApiKey, ApiNode } from '../../app/apiNode.ts';
import type { UseCases } from '../../app/useCases.ts';
import type { Disposable } from '../../core/events.ts';
import { approvalWords } from '../messages/approvalWords.ts';
import type { OperationRunner } from '../runOperation.ts';
import { offerUndo, placeOf } from '../undoOffer.ts';
import type { ChooseAccount } from '../accounts/chooseAccount.ts';
import { registerCommands } from './registerCommands.ts';
import { isLocal, type Targets } from './targets.ts';

/** The two ways to connect; the form and its quick-pick twin are their own folder. */
export interface ConnectFlows {
  openConnect(api?: ApiKey): void | Promise<void>;
  openConnectQuick(api?: ApiKey): void | Promise<void>;
}

type DisconnectScope = Parameters<UseCases['disconnect']>[1];

/** Connect, approve a teammate's connection, disconnect. */
export class ConnectCommands implements Disposable {
  private readonly registration: Disposable;

  constructor(
    private readonly useCases: UseCases,
    private readonly runner: OperationRunner,
    private readonly targets: Targets,
    private readonly flows: ConnectFlows,
    private readonly chooseAccount: ChooseAccount,
  ) {
    this.registration = registerCommands({
      connect: (...args) => this.flows.openConnect(this.localApi(args)),
      connectQuick: (...args) => this.flows.openConnectQuick(this.localApi(args)),
      approve: (...args) => this.approve(args),
      disconnect: (...args) => this.disconnect(args),
    });
  }

  dispose(): void {
    this.registration.dispose();
  }

  /** Without one, connecting makes the API in passing. */
  private localApi(args: readonly unknown[]): ApiKey | undefined {
    const node = this.targets.named(args);
    return node !== undefined && isLocal(node) ? node.key : undefined;
  }

  private async approve(args: readonly unknown[]): Promise<void> {
    const node = await this.targets.api(
      args,
      ({ state }) => state === 'unapproved',
      l10n.t('Approve which connection?'),
    );
    const repository = node?.api.connection?.repository;
    if (node === undefined || repository === undefined) return;
    const { useCases } = this;
    const isServerKnown = useCases.isApprovedServer(repository);
    const approve = l10n.t('Approve');
    const { message, detail } = approvalWords(node.api, repository, isServerKnown);
    const options = { modal: true, detail };
    const answer = isServerKnown
      ? await window.showInformationMessage(message, options, approve)
      : await window.showWarningMessage(message, options, approve);
    if (answer !== approve) return;
    await useCases.approveServer(repository);
    const account = await this.chooseAccount(repository);
    if (account === 'cancelled') return;
    await this.runner.run({
      title: l10n.t('Connecting “{0}”', node.api.name),
      kind: 'connect',
      api: node.key,
      work: (context) => useCases.approve(node.key, context, account?.id),
    });
  }

  private async disconnect(args: readonly unknown[]): Promise<void> {
    const node = await this.targets.api(args, ({ state }) => state !== 'local', l10n.t('Disconnect which API?'));
    if (node === undefined) return;
    const scope = await pickScope(node);
    if (scope === undefined) return;
    const confirmation = await confirmName(node);
    if (confirmation === undefined) return;
    await this.runner.run({
      title: l10n.t('Disconnecting “{0}”', node.api.name),
      kind: 'disconnect',
      api: node.key,
      work: (context) => this.useCases.disconnect(node.key, scope, confirmation, context),
      done: (done) => {
        const text = l10n.t('“{0}” is disconnected.', node.api.name);
        void offerUndo(this.runner, { place: placeOf(node), kind: 'connect', text }, done);
      },
    });
  }
}

async function pickScope({ api }: ApiNode): Promise<DisconnectScope | undefined> {
  const choices: (QuickPickItem & { readonly scope: DisconnectScope })[] = [
    {
      label: l10n.t('$(account) Disconnect for me'),
      detail: l10n.t('Your teammates stay connected. You can approve the connection again later.'),
      scope: 'forMe',
    },
    {
      label: l10n.t('$(organization) Remove for everyone'),
      detail: l10n.t('Takes the connection out of .vscode/apis.json, which you share with your teammates.'),
      scope: 'forEveryone',
    },
  ];
  const title = l10n.t('Disconnect “{0}”', api.name);
  const placeHolder = l10n.t('Your local files stay in either case');
  return (await window.showQuickPick(choices, { title, placeHolder }))?.scope;
}

async function confirmName({ api }: ApiNode): Promise<string | undefined> {
  return window.showInputBox({
    title: l10n.t('Disconnect “{0}”', api.name),
    prompt: l10n.t('Type the name of the API to disconnect it. Your local files stay.'),
    placeHolder: api.name,
    ignoreFocusOut: true,
    validateInput: (text) => (text === api.name ? undefined : l10n.t('Type exactly “{0}”.', api.name)),
  });
}
