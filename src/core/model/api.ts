import type { ApiId } from './ids.ts';
import type { RepoPath } from './repoPath.ts';
import type { RepositoryRef } from './repository.ts';

/** What ties an API to a repository; shared with teammates in `.vscode/apis.json`, so it never holds an account. */
export interface Connection {
  readonly repository: RepositoryRef;
  /** The branch that a new checkout starts on; which one is active belongs to the checkout. */
  readonly branch: string;
}

/** A named thing with a definition and collections. */
export interface Api {
  readonly id: ApiId;
  readonly name: string;
  /**
   * Folder relative to the workspace folder, `/`-separated, `''` for the workspace folder itself.
   * All paths of the API are relative to it; once connected, it is the checkout's folder.
   */
  readonly folder: string;
  /** Absent while the API has no definition. */
  readonly rootFile?: RepoPath;
  /** Files that belong to the definition though nothing references them. */
  readonly addedFiles: readonly RepoPath[];
  readonly collectionFolder: RepoPath;
  readonly connection?: Connection;
}

/** Postman's own default, so that repositories made by it are found. */
export const defaultCollectionFolder = 'postman/collections' as RepoPath;
