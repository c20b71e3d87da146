import { pathToFileURL } from 'node:url';

export interface WorkbenchPage {
  readonly port: number;
  /** Folder of the extension under development. */
  readonly extension: string;
  /** Folder or `.code-workspace` file to open; without it an empty window. */
  readonly folder?: string;
  /** Module whose `run()` the extension host calls. */
  readonly tests?: string;
  readonly connectionToken?: string;
  /** Of one extension: `publisher.name:trace`. */
  readonly logLevel?: string;
}

/** The address at which the server shows a workbench that runs the extension under development. */
export function workbenchUrl(page: WorkbenchPage): string {
  const url = new URL(`http://127.0.0.1:${page.port}/`);
  if (page.connectionToken !== undefined) url.searchParams.set('tkn', page.connectionToken);
  if (page.folder === undefined) url.searchParams.set('ew', 'true');
  else url.searchParams.set(page.folder.endsWith('.code-workspace') ? 'workspace' : 'folder', urlPath(page.folder));
  url.searchParams.set('payload', payload(page));
  return url.href;
}

/** What the workbench is told beside its folder. */
export function payload(page: Pick<WorkbenchPage, 'port' | 'extension' | 'tests' | 'logLevel'>): string {
  const remote = (file: string): string => `vscode-remote://127.0.0.1:${page.port}${urlPath(file)}`;
  return JSON.stringify([
    ['extensionDevelopmentPath', remote(page.extension)],
    ...(page.tests === undefined ? [] : [['extensionTestsPath', remote(page.tests)]]),
    ...(page.logLevel === undefined ? [] : [['logLevel', page.logLevel]]),
    ['skipWelcome', 'true'],
  ]);
}

function urlPath(file: string): string {
  return decodeURIComponent(pathToFileURL(file).pathname);
}
