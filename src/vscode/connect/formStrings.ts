import { l10n } from 'vscode';
import type { FormStrings } from '../../protocol/formStrings.ts';

/** Stays in a text, for the form to fill. */
const blank = '{0}';

/** The form's words in the person's language. */
export function formStrings(): FormStrings {
  return {
    title: l10n.t('Connect a Repository'),
    titleOf: l10n.t('Connect “{0}” to a Repository', blank),
    intro: l10n.t(
      'Work on an API that lives in a Git repository, without cloning it. You can disconnect at any time; your files stay.',
    ),
    name: l10n.t('API name'),
    nameHint: l10n.t('Filled in from the definition or the repository, unless you name it yourself.'),
    host: l10n.t('Host'),
    ...listStrings(),
    ...repositoryStrings(),
    ...fileStrings(),
    workspaceFolder: l10n.t('Workspace folder'),
    localFolder: l10n.t('Local folder'),
    localFolderHint: l10n.t(
      'Where the files go, relative to the workspace folder. Blank is the workspace folder itself. Files that are there already are never overwritten.',
    ),
    localFolderPlaceholder: l10n.t('The workspace folder itself'),
    preview: l10n.t('What will be added'),
    previewWaiting: l10n.t('Choose a repository and a branch to see which files the API gets.'),
    previewLoading: l10n.t('Following the definition’s references…'),
    previewOld: l10n.t('Correct the fields above to see which files the API gets.'),
    writesNothing: l10n.t('Connecting writes nothing to the repository. Your first push does.'),
    connect: l10n.t('Connect Repository'),
    connecting: l10n.t('Connecting…'),
    required: l10n.t('This field cannot be blank.'),
    suggestions: l10n.t('Suggestions'),
    noMatches: l10n.t('Nothing matches.'),
    noMatchesFree: l10n.t('Nothing in the list. What you type is taken as it is.'),
    moreOptions: l10n.t('Not shown: {0}. Type to narrow the list.', blank),
  };
}

function listStrings() {
  return {
    account: l10n.t('Account'),
    accountHint: l10n.t('The connection works as this account from now on. You can use another one later.'),
    accountNone: l10n.t('Not signed in: public repositories only'),
    addToken: l10n.t('Add Account…'),
    owner: l10n.t('Owner'),
    ownerHint: l10n.t('Narrows the list of repositories below. You can also type its name.'),
    listingOwners: l10n.t('Asking the host…'),
    noOwners: l10n.t(
      'Nothing is shown to this account: its token may lack the right to list it. You can type a repository’s full name below.',
    ),
    repositoryListHint: l10n.t('Choose one of the list, or type its full name or its address.'),
    repositoryListPlaceholder: l10n.t('owner/repository'),
    listingRepositories: l10n.t('Listing repositories…'),
    noRepositories: l10n.t(
      'No repository is shown to this account here. If you know of one, type its full name; who owns it can give you access.',
    ),
  };
}

function repositoryStrings() {
  return {
    repository: l10n.t('Repository'),
    repositoryHint: l10n.t('An https or ssh address, or the path of a repository on this computer.'),
    repositoryPlaceholder: l10n.t('https://git.example.com/team/apis.git'),
    findingRepository: l10n.t('Looking for the repository…'),
    repositoryFound: l10n.t('Found “{0}”.', blank),
    repositoryEmpty: l10n.t('This repository is empty. Your first push makes its first commit.'),
    recent: l10n.t('connected before'),
    ofWorkspace: l10n.t('this workspace’s repository'),
    branch: l10n.t('Initial branch'),
    branchHint: l10n.t('You can switch to another branch at any time.'),
    branchOfEmptyHint: l10n.t('Any name: your first push makes the branch.'),
    listingBranches: l10n.t('Listing branches…'),
  };
}

function fileStrings() {
  return {
    rootFile: l10n.t('Root definition file'),
    rootFileHint: l10n.t('Everything that it references comes along. Leave it blank to add the definition later.'),
    rootFileNone: l10n.t('No definition was found on this branch. You can name a file, or add the definition later.'),
    rootFilePlaceholder: l10n.t('None yet: added later'),
    findingDefinitions: l10n.t('Looking for definitions…'),
    collectionFolder: l10n.t('Collection folder'),
    collectionFolderHint: l10n.t('The folder of the repository that holds this API’s collections.'),
    collectionFolderLater: l10n.t('This folder does not exist yet. It is made with the first collection.'),
  };
}
