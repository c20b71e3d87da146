/** A kind of window in which test files run. The files are those of the folder of the same name. */
export interface Configuration {
  readonly name: string;
  /** What the window shows. */
  readonly window: 'emptyFolder' | 'noFolder' | 'twoFolders';
  /** Where the extension runs: `web` is the worker host, with a manifest that has no `main`. */
  readonly host: 'node' | 'web';
  /** Without trust the window is in restricted mode. */
  readonly trusted: boolean;
  /** User settings beside the quiet ones. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** `test/vscode/<name>/*.test.ts` runs in the window of that name. */
export const configurations: readonly Configuration[] = [
  { name: 'folder', window: 'emptyFolder', host: 'node', trusted: true },
  { name: 'noFolder', window: 'noFolder', host: 'node', trusted: true },
  { name: 'twoFolders', window: 'twoFolders', host: 'node', trusted: true },
  { name: 'restricted', window: 'emptyFolder', host: 'node', trusted: false },
  { name: 'web', window: 'emptyFolder', host: 'web', trusted: true },
];
