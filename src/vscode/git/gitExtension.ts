import type { Event, Uri } from 'vscode';

/** What the built-in Git extension (`vscode.git`) exports, as much as is used. @see its `api/git.d.ts`, version 1. */
export interface GitExtension {
  /** False where the setting turns it off, and where it finds no Git. */
  readonly enabled: boolean;
  readonly onDidChangeEnablement: Event<boolean>;
  /** @throws Error unless it is enabled. */
  getAPI(version: 1): GitApi;
}

export interface GitApi {
  readonly repositories: readonly GitRepository[];
  readonly onDidOpenRepository: Event<GitRepository>;
  readonly onDidCloseRepository: Event<GitRepository>;
}

export interface GitRepository {
  readonly rootUri: Uri;
  readonly state: {
    /** After each `git status` of it, which follows every change of its files and of its `.git`. */
    readonly onDidChange: Event<void>;
  };
}
