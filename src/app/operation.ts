/**
 * What an operation is, as data: surfaces, queueing and progress all read this table. `writesFolder`: files, or what
 * the checkout remembers; such an operation has the folder to itself, in every window.
 */
export const operations = {
  connect: { writesFolder: true, usesHost: true, showProgress: true },
  /** The folder only: nobody waits for it and it is over in a moment. */
  glance: { writesFolder: false, usesHost: false, showProgress: false },
  look: { writesFolder: false, usesHost: true, showProgress: false },
  pull: { writesFolder: true, usesHost: true, showProgress: true },
  push: { writesFolder: true, usesHost: true, showProgress: true },
  switchBranch: { writesFolder: true, usesHost: true, showProgress: true },
  createBranch: { writesFolder: true, usesHost: true, showProgress: true },
  deleteBranch: { writesFolder: true, usesHost: true, showProgress: true },
  createPullRequest: { writesFolder: false, usesHost: true, showProgress: true },
  resolve: { writesFolder: true, usesHost: false, showProgress: false },
  discard: { writesFolder: true, usesHost: false, showProgress: false },
  restoreBackup: { writesFolder: true, usesHost: false, showProgress: false },
  addFiles: { writesFolder: true, usesHost: true, showProgress: true },
  removeFile: { writesFolder: true, usesHost: false, showProgress: false },
  disconnect: { writesFolder: true, usesHost: false, showProgress: false },
} as const satisfies Record<
  string,
  { readonly writesFolder: boolean; readonly usesHost: boolean; readonly showProgress: boolean }
>;

export type OperationKind = keyof typeof operations;
