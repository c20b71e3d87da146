/** Every bound in one place. Passing one is a clear message, never a hang. */
export const limits = {
  /** Bytes of one file that we read, scan or write. */
  fileBytes: 50 * 1024 * 1024,
  /** Bytes of one answer of a host: an archive, or the tree of a large repository. */
  answerBytes: 256 * 1024 * 1024,
  /** Bytes of one side of a text merge; larger files are left to a person. */
  mergeBytes: 8 * 1024 * 1024,
  /** Characters of one side of YAML that is merged by structure, which takes five parses; longer ones merge by line. */
  structuredYaml: 3 * 1024 * 1024,
  /** Files that one API may have. */
  apiFiles: 20_000,
  /** Entries of a repository's tree. */
  treeEntries: 1_000_000,
  /** Reference hops from the root file. */
  referenceDepth: 10_000,
  /** Levels of nesting that a document is read to. */
  nesting: 10_000,
  /** Folders in folders of a collection that are shown. */
  collectionDepth: 100,
  /** Characters of a path (Windows' classic 260 less room for the folder). */
  pathLength: 1_000,
  /** Bytes of `.vscode/apis.json`. */
  apisFileBytes: 1024 * 1024,
  /** Bytes of a definition that are looked at to find out its type. */
  detectBytes: 64 * 1024,
} as const;
