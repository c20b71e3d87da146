/** A folder of the workspace that is a checkout, or was one. */
export interface FolderPlace {
  /** The workspace folder's URI. */
  readonly workspaceFolder: string;
  /** Relative to it, `/`-separated; `''` for the workspace folder itself. */
  readonly folder: string;
}
