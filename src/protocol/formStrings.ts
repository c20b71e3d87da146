/** Every word that the form shows by itself, in the person's language; passed once. `{0}` stands for a name or number. */
export interface FormStrings {
  readonly title: string;
  /** `{0}`: the API's name. */
  readonly titleOf: string;
  readonly intro: string;
  readonly name: string;
  readonly nameHint: string;
  readonly host: string;
  readonly account: string;
  readonly accountHint: string;
  readonly accountNone: string;
  readonly addToken: string;
  /** Where the host has no word of its own. */
  readonly owner: string;
  readonly ownerHint: string;
  readonly listingOwners: string;
  readonly noOwners: string;
  readonly repositoryListHint: string;
  readonly repositoryListPlaceholder: string;
  readonly listingRepositories: string;
  readonly noRepositories: string;
  readonly repository: string;
  readonly repositoryHint: string;
  readonly repositoryPlaceholder: string;
  readonly findingRepository: string;
  /** `{0}`: the repository's name. */
  readonly repositoryFound: string;
  readonly repositoryEmpty: string;
  readonly branch: string;
  readonly branchHint: string;
  readonly branchOfEmptyHint: string;
  readonly listingBranches: string;
  readonly rootFile: string;
  readonly rootFileHint: string;
  readonly rootFileNone: string;
  readonly rootFilePlaceholder: string;
  readonly findingDefinitions: string;
  readonly collectionFolder: string;
  readonly collectionFolderHint: string;
  readonly collectionFolderLater: string;
  readonly workspaceFolder: string;
  readonly localFolder: string;
  readonly localFolderHint: string;
  readonly localFolderPlaceholder: string;
  readonly preview: string;
  readonly previewWaiting: string;
  readonly previewLoading: string;
  readonly previewOld: string;
  readonly writesNothing: string;
  readonly connect: string;
  readonly connecting: string;
  readonly required: string;
  readonly suggestions: string;
  readonly noMatches: string;
  readonly noMatchesFree: string;
  /** `{0}`: how many options are not shown. */
  readonly moreOptions: string;
  readonly recent: string;
  readonly ofWorkspace: string;
}
