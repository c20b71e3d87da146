import { AddToken } from './accounts/addToken.ts';
import { ApprovedServers } from './accounts/approvedServers.ts';
import { Bindings } from './accounts/bindings.ts';
import { UseAccount } from './accounts/useAccount.ts';
import { AddFiles } from './addFiles.ts';
import { ApiEdits } from './apiEdits.ts';
import { ApisFiles } from './apisFiles.ts';
import { Approve } from './approve.ts';
import { BackUp } from './backup/backUp.ts';
import { backupVerbs } from './backup/backupVerbs.ts';
import { UndoFiles } from './backup/undoFiles.ts';
import { Branches } from './branches.ts';
import { Checkouts } from './checkout/checkouts.ts';
import { Leases } from './checkout/leases.ts';
import { Recover } from './checkout/recover.ts';
import { CheckoutWork } from './checkoutWork.ts';
import type { CloneVerbParts, LoadCloneVerbs } from './clone/cloneVerbs.ts';
import { BranchContents } from './connect/branchContents.ts';
import { CheckConnect } from './connect/checkConnect.ts';
import { Connect } from './connect/connect.ts';
import { CloneChoices } from './connect/cloneChoices.ts';
import { ConnectRequests } from './connect/connectRequests.ts';
import { ConnectTrial } from './connect/connectTrial.ts';
import { FolderExclusion } from './connect/folderExclusion.ts';
import { FindRepository } from './connect/findRepository.ts';
import { PreviewConnect } from './connect/previewConnect.ts';
import { RepositoryLists } from './connect/repositoryLists.ts';
import { ResolveRepository } from './connect/resolveRepository.ts';
import { Contents } from './contents.ts';
import { CreateBranch } from './createBranch.ts';
import { CreatePullRequest } from './createPullRequest.ts';
import { DefaultBranch } from './defaultBranch.ts';
import { DeleteBranch } from './deleteBranch.ts';
import { DeleteFile } from './deleteFile.ts';
import { Discard } from './discard.ts';
import { Disconnect } from './disconnect.ts';
import type { Clones, EnginePorts } from './enginePorts.ts';
import type { LoadApis } from './loadApis.ts';
import { Look } from './look/look.ts';
import { LookAtFolder } from './look/lookAtFolder.ts';
import { LookAll } from './lookAll.ts';
import { NewApi } from './newApi.ts';
import { NewCollection } from './newCollection.ts';
import { OperationLog } from './operationLog.ts';
import { Operations } from './operations.ts';
import { Pull } from './pull.ts';
import { Push } from './push.ts';
import { PushToNewBranch } from './pushToNewBranch.ts';
import { RemoveApi } from './removeApi.ts';
import { RemoveFile } from './removeFile.ts';
import { RenameApi } from './renameApi.ts';
import { RepositoryNames } from './repositoryNames.ts';
import { Resolve } from './resolve.ts';
import { SendCommit } from './sendCommit.ts';
import { SetRootFile } from './setRootFile.ts';
import { SettlePush } from './settlePush.ts';
import { SwitchBranch } from './switchBranch.ts';
import { Turns } from './turns.ts';
import type { UseCases } from './useCases.ts';
import { WebPage } from './webPage.ts';

/** The verbs behind one record, so that nobody outside knows which class does what. */
export function createUseCases(ports: EnginePorts, load: LoadApis): UseCases {
  const verbs = createVerbs(ports, load);
  return {
    newApi: (folder, name, files) => verbs.newApi.run(folder, name, files),
    renameApi: (api, name) => verbs.renameApi.run(api, name),
    removeApi: (api) => verbs.removeApi.run(api),
    newCollection: (api, name) => verbs.newCollection.run(api, name),
    accounts: () => ports.accounts.list(),
    addToken: (host, origin, token, context) => verbs.addToken.run(host, origin, token, context),
    removeAccount: (account) => ports.accounts.remove(account),
    accountOf: (repository) => verbs.bindings.account(repository),
    chosenAccount: (repository) => verbs.bindings.chosen(repository),
    absentAccount: (repository) => verbs.bindings.absent(repository),
    useAccount: (api, account, context) => verbs.useAccount.run(api, account, context),
    listOwners: (server, context) => verbs.lists.owners(server, context),
    listRepositories: (server, owner, query, context) => verbs.lists.repositories(server, owner, query, context),
    clonedHere: (folder, signal) => verbs.cloneChoices.here(folder, signal),
    findRepository: (folder, repository, context) => verbs.findRepository.run(folder, repository, context),
    listBranches: (repository, query, context) => verbs.branches.atAddress(repository, query, context),
    branchContents: (folder, repository, branch, context) =>
      verbs.branchContents.run(folder, repository, branch, context),
    checkConnect: (request, context) => verbs.checkConnect.run(request, context),
    previewConnect: (request, context) => verbs.previewConnect.run(request, context),
    connect: (request, context) => verbs.connect.run(request, context),
    exclusionOffer: (api, signal) => verbs.exclusion.offer(api, signal),
    excludeFolder: (api, signal) => verbs.exclusion.exclude(api, signal),
    declineExclusion: (api) => verbs.exclusion.decline(api),
    isApprovedServer: (server) => verbs.servers.has(server),
    approveServer: (server) => verbs.servers.approve(server),
    approve: (api, context, account) => verbs.approve.run(api, context, account),
    look: (checkout, context) => verbs.looks.refresh(checkout, context),
    glance: (checkout, context) => verbs.looks.glance(checkout, context),
    lookAll: (context) => verbs.looks.run(context),
    pull: (api, context) => verbs.pull.run(api, context),
    push: (api, message, context) => verbs.push.run(api, message, context),
    pushToNewBranch: (api, request, context) => verbs.pushToNewBranch.run(api, request, context),
    settlePush: (api, context) => verbs.settlePush.run(api, context),
    branches: (api, query, context) => verbs.branches.ofApi(api, query, context),
    switchBranch: (api, branch, context) => verbs.switchBranch.run(api, branch, context),
    createBranch: (api, name, from, context) => verbs.createBranch.run(api, name, from, context),
    deleteBranch: (api, branch, context) => verbs.deleteBranch.run(api, branch, context),
    createPullRequest: (api, draft, context) => verbs.createPullRequest.run(api, draft, context),
    webPage: (api, path, context) => verbs.webPage.run(api, path, context),
    acceptMine: (api, paths, context) => verbs.resolve.acceptMine(api, paths, context),
    acceptTheirs: (api, paths, context) => verbs.resolve.acceptTheirs(api, paths, context),
    markResolved: (api, paths, context, merged) => verbs.resolve.markResolved(api, paths, context, merged),
    discard: (api, paths, context) => verbs.discard.run(api, paths, context),
    backups: (place) => verbs.backups.folders.list(place),
    restoreBackup: (...restored) => verbs.backups.restoreBackup.run(...restored),
    repositoryFiles: (api, context) => verbs.addFiles.choices(api, context),
    addFiles: (api, paths, context) => verbs.addFiles.run(api, paths, context),
    setRootFile: (api, path, context) => verbs.setRootFile.run(api, path, context),
    removeFile: (api, path, context) => verbs.removeFile.run(api, path, context),
    deleteFile: (api, path, context) => verbs.deleteFile.run(api, path, context),
    disconnect: (api, scope, name, context) => verbs.disconnect.run(api, scope, name, context),
    contents: (api, path, side) => verbs.contents.run(api, path, side),
  };
}

/** What several verbs are made of. */
function createTools(
  { workspace, personal, storages, accounts, clones, hosts, ...ports }: EnginePorts,
  load: LoadApis,
) {
  const { store, platform, log, clock, timer, tell } = ports;
  const apis = new ApisFiles(workspace, load);
  const bindings = new Bindings(personal, accounts);
  const servers = new ApprovedServers(personal, accounts);
  const checkouts = new Checkouts(workspace, store, hosts, storages, bindings, clones?.places);
  const operations = new Operations(store, new OperationLog(log, clock, store));
  const leases = new Leases(timer, clock, log);
  const backUp = new BackUp(clock);
  const recover = new Recover(backUp, tell);
  const turns = new Turns(leases, checkouts, recover);
  const work = new CheckoutWork(checkouts, operations, store, turns);
  const look = new Look(checkouts, store, platform, leases);
  const folders = new LookAtFolder(storages, store, platform);
  const defaultBranch = new DefaultBranch(checkouts, store, clock);
  const lookAll = new LookAll(store, operations, work, look, folders, new RepositoryNames(hosts), defaultBranch);
  return {
    apis,
    bindings,
    checkouts,
    operations,
    leases,
    turns,
    work,
    look,
    folders,
    lookAll,
    backUp,
    recover,
    servers,
  };
}

/** Each with the ports that it needs, in the order in which they need each other. */
function createVerbs(ports: EnginePorts, load: LoadApis) {
  const { workspace, personal, storages, editors, ask, hosts, accounts, hasher, ids, store, platform, clones } = ports;
  const tools = createTools(ports, load);
  const { apis, bindings, checkouts, operations, leases, work, look, folders, lookAll, backUp, recover, servers } =
    tools;
  const edits = new ApiEdits(apis, store, lookAll);
  const cloneVerbs = loadCloneVerbs(clones, { work, look, editors, ask, backUp });
  const pull = new Pull(work, look, editors, ask, backUp, platform, cloneVerbs);
  const resolve = new ResolveRepository(hosts, bindings);
  const cloneChoices = new CloneChoices(workspace, hosts, bindings, clones);
  const trial = new ConnectTrial(checkouts, hasher, platform);
  const requests = new ConnectRequests(apis, store, resolve, ids, trial);
  const switchBranch = new SwitchBranch(work, checkouts, look, editors, ask, backUp, platform, cloneVerbs);
  const createBranch = new CreateBranch(work, look, switchBranch, cloneVerbs);
  const undo = new UndoFiles(work, look, editors);
  const push = new Push(work, look, editors, ask, new SendCommit(look), backUp, undo, cloneVerbs);
  const createPullRequest = new CreatePullRequest(work, look);
  return {
    cloneChoices,
    looks: lookAll,
    bindings,
    servers,
    useAccount: new UseAccount(bindings, store, lookAll),
    pull,
    switchBranch,
    resolve: new Resolve(work, look, editors, ask, backUp, undo, cloneVerbs),
    branches: new Branches(checkouts, resolve),
    addFiles: new AddFiles(work, look, edits, storages, pull),
    createBranch,
    createPullRequest,
    deleteBranch: new DeleteBranch(work, look, ask, backUp),
    disconnect: new Disconnect(operations, checkouts, apis, personal, store, load, look, lookAll, ask, backUp),
    newApi: new NewApi(apis, storages, ids, lookAll),
    renameApi: new RenameApi(apis, store),
    removeApi: new RemoveApi(apis, store),
    newCollection: new NewCollection(storages, store, ids, lookAll),
    findRepository: new FindRepository(hosts, resolve, apis, bindings, cloneChoices),
    branchContents: new BranchContents(resolve, hasher, apis),
    checkConnect: new CheckConnect(requests),
    previewConnect: new PreviewConnect(requests),
    connect: new Connect(
      requests,
      operations,
      checkouts,
      apis,
      hosts,
      personal,
      servers,
      bindings,
      editors,
      look,
      platform,
      leases,
      recover,
    ),
    exclusion: new FolderExclusion(store, checkouts, personal, clones?.places),
    approve: new Approve(personal, servers, bindings, store, load, work, pull),
    push,
    pushToNewBranch: new PushToNewBranch(work, look, createBranch, push, createPullRequest),
    settlePush: new SettlePush(work, look),
    discard: new Discard(work, look, editors, ask, backUp, undo),
    backups: backupVerbs(ports, { ...tools, backUp }),
    setRootFile: new SetRootFile(edits),
    removeFile: new RemoveFile(work, look, edits, folders),
    deleteFile: new DeleteFile(work, look, edits, editors, backUp),
    addToken: new AddToken(hosts, accounts),
    lists: new RepositoryLists(hosts, bindings),
    webPage: new WebPage(checkouts, look),
    contents: new Contents(checkouts, look),
  };
}

function loadCloneVerbs(clones: Clones | undefined, parts: CloneVerbParts): LoadCloneVerbs {
  return async () => {
    if (clones === undefined) throw new Error('a clone where there are none');
    return clones.verbs(parts);
  };
}
