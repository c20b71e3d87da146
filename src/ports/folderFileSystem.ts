export type FileKind = 'file' | 'folder' | 'link' | 'other';

export interface FileFacts {
  readonly kind: FileKind;
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly modified: number;
}

/**
 * What `workspace.fs` can do below one folder; paths are relative to it, `/`-separated, `''` is the folder itself.
 * Errors are the file system's own.
 */
export interface FolderFileSystem {
  /** `undefined`: nothing there. A link is reported as a link. */
  stat(path: string): Promise<FileFacts | undefined>;
  list(path: string): Promise<readonly { readonly name: string; readonly kind: FileKind }[]>;
  read(path: string): Promise<Uint8Array>;
  /** Makes the folders above. */
  write(path: string, bytes: Uint8Array): Promise<void>;
  /** Replaces what is at `to`. */
  rename(from: string, to: string): Promise<void>;
  delete(path: string): Promise<void>;
}

/** @throws Failure `unsafePath` when `folder` leaves the workspace folder. */
export type OpenFolder = (workspaceFolder: string, folder: string) => FolderFileSystem;
