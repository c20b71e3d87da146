import type { Event } from '../core/events.ts';

export interface WorkspaceFolder {
  /** The folder's URI as a string: its identity. */
  readonly uri: string;
  readonly name: string;
}

/** The workspace folders, and in each its `.vscode/apis.json`. */
export interface Workspace {
  readonly folders: readonly WorkspaceFolder[];
  readonly trusted: boolean;
  /** Folders came or went, trust was granted, or an `apis.json` changed on disk. */
  readonly onDidChange: Event<void>;
  /** Text of `.vscode/apis.json`; `undefined` when there is none. @throws Failure `tooLarge`. */
  readApisFile(folder: string): Promise<string | undefined>;
  /** Replaces the text while it still is `expected`; else throws Failure `changedMeanwhile`. */
  writeApisFile(folder: string, text: string, expected: string | undefined): Promise<void>;
}
