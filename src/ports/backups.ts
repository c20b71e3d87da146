/** A file as it was. */
export interface BackupFile {
  /** Below the backup's folder; regular, and safe on this platform: it was on its disk, or is made of a branch's name. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Copies, in a folder that people see, of what an operation replaces or takes out of sight. Nobody ever evicts them. */
export interface Backups {
  /**
   * Writes the files to a new folder; where there is one of that name, a number is added to it. Beside the folder goes
   * `note`, as a file of the folder's name with `.json`.
   * @returns where it is: a path relative to the checkout's folder, `/`-separated.
   * @throws Failure `writeFailed`: then nothing may be replaced.
   */
  write(name: string, files: readonly BackupFile[], note: string): Promise<string>;
  /** Every file of every backup, `<backup>/<path>`, and every note, `<backup>.json`. Links are left out. */
  list(): Promise<readonly string[]>;
  /** A file that {@link list} named; `undefined` when it is gone. @throws Failure `tooLarge`. */
  read(path: string): Promise<Uint8Array | undefined>;
}
