/** Ids of everything that package.json contributes; a test compares both. */
export const commands = {
  newApi: 'apiSourceControl.newApi',
  connect: 'apiSourceControl.connect',
  connectQuick: 'apiSourceControl.connectQuick',
  renameApi: 'apiSourceControl.renameApi',
  removeApi: 'apiSourceControl.removeApi',
  approve: 'apiSourceControl.approve',
  newCollection: 'apiSourceControl.newCollection',
  addFiles: 'apiSourceControl.addFiles',
  addWorkspaceFiles: 'apiSourceControl.addWorkspaceFiles',
  setRootFile: 'apiSourceControl.setRootFile',
  removeFile: 'apiSourceControl.removeFile',
  deleteFile: 'apiSourceControl.deleteFile',
  refresh: 'apiSourceControl.refresh',
  pull: 'apiSourceControl.pull',
  push: 'apiSourceControl.push',
  pushToNewBranch: 'apiSourceControl.pushToNewBranch',
  settlePush: 'apiSourceControl.settlePush',
  switchBranch: 'apiSourceControl.switchBranch',
  deleteBranch: 'apiSourceControl.deleteBranch',
  createPullRequest: 'apiSourceControl.createPullRequest',
  openInBrowser: 'apiSourceControl.openInBrowser',
  disconnect: 'apiSourceControl.disconnect',
  restoreBackup: 'apiSourceControl.restoreBackup',
  openChange: 'apiSourceControl.openChange',
  openFile: 'apiSourceControl.openFile',
  openMergeEditor: 'apiSourceControl.openMergeEditor',
  acceptMine: 'apiSourceControl.acceptMine',
  acceptTheirs: 'apiSourceControl.acceptTheirs',
  markResolved: 'apiSourceControl.markResolved',
  discard: 'apiSourceControl.discard',
  signIn: 'apiSourceControl.signIn',
  useToken: 'apiSourceControl.useToken',
  showAccounts: 'apiSourceControl.showAccounts',
  useAccount: 'apiSourceControl.useAccount',
  contribute: 'apiSourceControl.contribute',
  declineSignIn: 'apiSourceControl.declineSignIn',
  signInAgain: 'apiSourceControl.signInAgain',
  signOut: 'apiSourceControl.signOut',
  openAuthorizations: 'apiSourceControl.openAuthorizations',
  openApisFile: 'apiSourceControl.openApisFile',
  showLog: 'apiSourceControl.showLog',
} as const;

export const views = { apis: 'apiSourceControl.apis', accounts: 'apiSourceControl.accounts' } as const;

/** `loaded`: every apis.json was read once, so that "nothing here" is true and not just early. `hasWebPages`: a connected one is at a host with pages. */
export const contextKeys = {
  loaded: 'apiSourceControl.loaded',
  hasApis: 'apiSourceControl.hasApis',
  hasConnectedApis: 'apiSourceControl.hasConnectedApis',
  hasWebPages: 'apiSourceControl.hasWebPages',
} as const;

export const settings = {
  section: 'apiSourceControl',
  quickDiff: 'quickDiff',
  gitPath: 'git.path',
  refreshAutomatic: 'refresh.automatic',
  oauthClients: 'oauthClients',
} as const;

/** Id of every source control of ours: `scmProvider` in when-clauses. */
export const scmId = 'apiSourceControl';

/** Ids of the resource groups: `scmResourceGroup` in when-clauses. */
export const groups = { conflicts: 'conflicts', changes: 'changes', incoming: 'incoming' } as const;

export const connectPanel = 'apiSourceControl.connect';

/** Scheme of read-only documents with one side of a file. */
export const sideScheme = 'api-source-control';

/** Scheme of the rows of files in the APIs view: icons and letters by name, without those of the explorer's files. */
export const rowScheme = 'api-source-control-row';
