import {
  cloneVerbs,
  createHasher,
  gitWriter,
  openLoopback,
  pathPlatform,
  platformHosts,
  platformStorages,
  readsAnyServer,
  workspaceClones,
} from '#platform';
import { Uri, workspace, type ExtensionContext } from 'vscode';
import type { ApiKey } from './app/apiNode.ts';
import { ApiStore } from './app/apiStore.ts';
import { AutoRefresh } from './app/autoRefresh.ts';
import { createEngine, type Engine } from './app/createEngine.ts';
import { DisposableStore, type Disposable } from './core/events.ts';
import { HostCatalogue } from './hosts/catalogue.ts';
import { cloudEntries } from './hosts/cloudEntries.ts';
import type { HostSettings } from './platform/hostSettings.ts';
import type { Clock } from './ports/clock.ts';
import type { Hasher } from './ports/hasher.ts';
import type { Fetch } from './ports/http.ts';
import type { Log } from './ports/log.ts';
import type { OpenClones } from './ports/openClones.ts';
import type { Personal } from './ports/personal.ts';
import type { Workspace } from './ports/workspace.ts';
import type { Accounts } from './ports/accounts.ts';
import type { SignIns } from './ports/signIn.ts';
import { AccountCommands } from './vscode/accounts/accountCommands.ts';
import { announcing } from './vscode/accounts/announceSignIn.ts';
import { assembleAccounts } from './vscode/accounts/assembleAccounts.ts';
import { AccountsView } from './vscode/accounts/accountsView.ts';
import { accountChooser } from './vscode/accounts/chooseAccount.ts';
import { HostAuthenticationProvider } from './vscode/accounts/hostAuthenticationProvider.ts';
import { application } from './vscode/accounts/flows/application.ts';
import { ShownSignIns } from './vscode/accounts/shownSignIns.ts';
import { TokenCommands } from './vscode/accounts/tokenCommands.ts';
import { BranchStatus } from './vscode/branch/branchStatus.ts';
import { BranchSwitcher } from './vscode/branch/branchSwitcher.ts';
import { ApiCommands } from './vscode/commands/apiCommands.ts';
import { BackupCommands } from './vscode/commands/backupCommands.ts';
import { ChangeCommands } from './vscode/commands/changeCommands.ts';
import { ConnectCommands } from './vscode/commands/connectCommands.ts';
import { FileAdder } from './vscode/commands/fileAdder.ts';
import { FileCommands } from './vscode/commands/fileCommands.ts';
import { HostCommands } from './vscode/commands/hostCommands.ts';
import { NewBranchCommands } from './vscode/commands/newBranchCommands.ts';
import { ConflictResolver, ResolveCommands } from './vscode/commands/resolveCommands.ts';
import { SyncCommands } from './vscode/commands/syncCommands.ts';
import { Targets } from './vscode/commands/targets.ts';
import { WindowCommands } from './vscode/commands/windowCommands.ts';
import { ConnectPanel } from './vscode/connect/connectPanel.ts';
import { offerExclusion } from './vscode/connect/offerExclusion.ts';
import type { ConnectServices } from './vscode/connect/connectServices.ts';
import { ContextKeys } from './vscode/contextKeys.ts';
import { settings } from './vscode/contributions.ts';
import { CredentialsPrompt } from './vscode/credentialsPrompt.ts';
import { CurrentApi } from './vscode/currentApi.ts';
import { ApisFileDiagnostics } from './vscode/diagnostics/apisFileDiagnostics.ts';
import { DefinitionDiagnostics } from './vscode/diagnostics/definitionDiagnostics.ts';
import { EditorsAdapter } from './vscode/editorsAdapter.ts';
import { FailureActions } from './vscode/failureActions.ts';
import { FileDecorations } from './vscode/fileDecorations.ts';
import { SideFileSystem } from './vscode/files/sideFileSystem.ts';
import { OpenRepositories } from './vscode/git/openRepositories.ts';
import { OutputLog } from './vscode/log.ts';
import { NewsMessages } from './vscode/newsMessages.ts';
import { PersonalAdapter } from './vscode/personalAdapter.ts';
import { ModalQuestions } from './vscode/questions.ts';
import { isRefreshAutomatic, RefreshTriggers } from './vscode/refreshTriggers.ts';
import { OperationRunner } from './vscode/runOperation.ts';
import { SourceControls } from './vscode/scm/sourceControls.ts';
import { ApisView } from './vscode/tree/apisView.ts';
import { FileDrop } from './vscode/tree/fileDrop.ts';
import { systemTimer } from './vscode/systemTimer.ts';
import { WorkspaceAdapter } from './vscode/workspaceAdapter.ts';
import { openWorkspaceFolder } from './vscode/workspaceFileSystem.ts';

/** What every surface is built on. */
interface Foundation {
  readonly context: ExtensionContext;
  readonly log: OutputLog;
  readonly store: ApiStore;
  readonly hosts: HostCatalogue;
  readonly accounts: Accounts;
  readonly signIns: SignIns;
  readonly workspace: Workspace;
  readonly personal: Personal;
  readonly openClones: OpenClones;
  readonly engine: Engine;
  /** For what goes wrong with nobody waiting. */
  readonly onError: (error: unknown) => void;
}

/** VS Code's own, which knows the person's proxy and certificates; looked up at each call, since VS Code puts it in place. */
const windowFetch: Fetch = (input, init) => globalThis.fetch(input, init);

const clock: Clock = { now: () => Date.now() };

/** Builds every part of the extension, once, in the order in which they need each other. */
export function compose(context: ExtensionContext): Disposable {
  const parts = new DisposableStore();
  const foundation = lay(context, parts);
  const view = raise(foundation, parts);
  refreshBy(foundation, view, parts);
  void foundation.engine.start().catch(foundation.onError);
  return parts;
}

function lay(context: ExtensionContext, parts: DisposableStore): Foundation {
  const log = parts.add(new OutputLog('API Source Control'));
  const onError = (error: unknown): void =>
    log.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
  const hasher = createHasher();
  const platform = hostSettings(context, hasher, log);
  const tools = { fetch: windowFetch, clock, timer: systemTimer, log, hasher, random: () => Math.random() };
  const { accounts, signIns } = assembleAccounts(
    context,
    {
      servers: {
        open: async (...server) => (await import('./hosts/oauth/oauthServer.ts')).oauthServer(tools, ...server),
      },
      findTenant: async (organization, signal) =>
        (await import('./hosts/azureDevOps/findTenant.ts')).findTenant(tools, organization, signal),
      platform: { openLoopback, readsAnyServer },
      ...tools,
    },
    parts,
  );
  const hosts = new HostCatalogue(
    [...platformHosts(platform), ...cloudEntries(tools, { openGitWriter: gitWriter(platform), readsAnyServer })],
    accounts,
  );
  const folders = parts.add(new WorkspaceAdapter());
  const personal = new PersonalAdapter(context.globalState);
  const store = parts.add(new ApiStore());
  const openClones = parts.add(new OpenRepositories(onError));
  const clones = workspaceClones(platform, { hasher, clock, log });
  const engine = parts.add(
    createEngine({
      workspace: folders,
      personal,
      storages: platformStorages({
        hasher,
        clock,
        log,
        virtual: {
          // Most windows are on a disk.
          open: async (...place) => {
            const { VirtualStorages } = await import('./adapters/vscodeFs/virtualStorages.ts');
            return new VirtualStorages(openWorkspaceFolder, hasher, clock).open(...place);
          },
        },
      }),
      editors: new EditorsAdapter(),
      ask: new ModalQuestions(),
      tell: new NewsMessages(),
      hosts,
      accounts,
      hasher,
      clock,
      timer: systemTimer,
      log,
      ids: { next: () => crypto.randomUUID() },
      store,
      platform: pathPlatform(),
      ...(clones && cloneVerbs && { clones: { places: clones, open: openClones, verbs: cloneVerbs } }),
    }),
  );
  return {
    context,
    log,
    store,
    hosts,
    accounts,
    signIns: signIns(hosts),
    workspace: folders,
    personal,
    openClones,
    engine,
    onError,
  };
}

function hostSettings({ globalStorageUri, extensionUri }: ExtensionContext, hasher: Hasher, log: Log): HostSettings {
  return {
    storage: Uri.joinPath(globalStorageUri, 'mirrors').fsPath,
    programs: Uri.joinPath(extensionUri, 'dist', 'node').fsPath,
    gitPath: () => workspace.getConfiguration(settings.section).get<string>(settings.gitPath) || undefined,
    credentials: new CredentialsPrompt(),
    hasher,
    log,
  };
}

function raise(
  { context, log, store, hosts, accounts, signIns, workspace: folders, personal, engine }: Foundation,
  parts: DisposableStore,
): ApisView {
  const { useCases } = engine;
  const actions = new FailureActions(store, hosts, useCases);
  const runner = new OperationRunner(log, actions);
  const current = parts.add(new CurrentApi(store));
  const sources = parts.add(new SourceControls(store));
  const targets = new Targets(store, current, sources);
  const resolver = new ConflictResolver(useCases, runner);
  const files = parts.add(new FileCommands(useCases, runner, targets, new FileAdder(useCases, runner)));
  const shown = parts.add(new ShownSignIns({ store, workspace: folders, accounts, hosts, personal, useCases }));
  const view = parts.add(new ApisView(store, shown, current, new FileDrop((api, uris) => files.drop(api, uris))));
  const reveal = (api: ApiKey): Promise<void> => view.reveal(api);
  const signIn = announcing(async (place) => {
    const { TokenSignIn } = await import('./vscode/accounts/tokenSignIn.ts');
    return new TokenSignIn(useCases, hosts, store, log, signIns).run(place);
  }, hosts);
  const connectServices: ConnectServices = {
    useCases,
    apis: store,
    hosts,
    workspace: folders,
    personal,
    accounts,
    signIn,
    log,
    actions,
    onConnected: (api) => {
      void reveal(api);
      void offerExclusion({ useCases, apis: store, runner }, api);
    },
  };
  const panel = parts.add(new ConnectPanel(context.extensionUri, connectServices));
  parts.add(new ContextKeys(store));
  parts.add(new FileDecorations(store));
  parts.add(new SideFileSystem(store, useCases));
  parts.add(new BranchStatus(store, current));
  parts.add(new DefinitionDiagnostics(store));
  parts.add(new ApisFileDiagnostics(store, folders, log));
  parts.add(new BranchSwitcher(useCases, runner, targets));
  parts.add(new ApiCommands(store, useCases, runner, targets, reveal));
  parts.add(new SyncCommands(store, useCases, runner, targets, sources));
  parts.add(new NewBranchCommands(useCases, runner, targets, sources));
  parts.add(new HostCommands(useCases, runner, targets));
  const { gitlab, bitbucket } = application.providers;
  parts.add(new HostAuthenticationProvider('gitlab', gitlab, 'GitLab', { accounts, signIn, signIns }));
  parts.add(new HostAuthenticationProvider('bitbucket', bitbucket, 'Bitbucket', { accounts, signIn, signIns }));
  parts.add(new TokenCommands(signIn));
  parts.add(new AccountsView({ store, accounts, useCases, hosts, signIns, clock }));
  parts.add(new AccountCommands({ store, useCases, signIn, signIns, shown }, runner, targets));
  parts.add(new ChangeCommands(targets, resolver, { useCases, log }));
  parts.add(new ResolveCommands(targets, resolver));
  parts.add(new BackupCommands(targets, { store, useCases, runner }));
  parts.add(new WindowCommands(targets, log));
  parts.add(
    new ConnectCommands(
      useCases,
      runner,
      targets,
      {
        openConnect: (api) => panel.open(api),
        openConnectQuick: async (api) =>
          (await import('./vscode/connect/connectQuick.ts')).connectQuick(connectServices, api),
      },
      accountChooser({ useCases, hosts, signIn }),
    ),
  );
  return view;
}

function refreshBy(
  { store, workspace: folders, accounts, openClones, engine, onError }: Foundation,
  view: ApisView,
  parts: DisposableStore,
): void {
  const { look, glance } = engine.useCases;
  const ports = {
    store,
    workspace: folders,
    accounts,
    clock,
    timer: systemTimer,
    isAutomatic: isRefreshAutomatic,
    look,
    glance,
    onError,
  };
  const refresh = parts.add(new AutoRefresh(ports));
  parts.add(new RefreshTriggers(store, refresh, view.onDidChangeVisibility, openClones));
}
