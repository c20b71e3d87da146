import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { apisFilePath, parseApisFile, type ApisFile } from '../core/model/apisFile.ts';
import type { Api } from '../core/model/api.ts';
import { PlainWorkspace } from './plainWorkspace.ts';
import { Refusal } from './refusal.ts';

/** A folder with APIs, as it was asked for. */
export interface OpenFolder {
  /** Absolute. */
  readonly path: string;
  /** As the engine names it. */
  readonly uri: string;
  readonly workspace: PlainWorkspace;
  readonly file: ApisFile;
  /** Of `.vscode/apis.json`. */
  readonly text: string;
  /** Whether an API was asked for. */
  readonly isWanted: (api: Pick<Api, 'id' | 'name'>) => boolean;
}

/** @throws Refusal without a folder, without its `apis.json`, or for an API that is not there; Failure `tooLarge`. */
export async function openFolder(
  cwd: string,
  { folder, apis }: { readonly folder: string; readonly apis: readonly string[] },
): Promise<OpenFolder> {
  const path = resolve(cwd, folder);
  if (!(await isFolder(path))) throw new Refusal(`There is no folder “${folder}”.`);
  const uri = pathToFileURL(path).href;
  const workspace = new PlainWorkspace(path);
  const text = await workspace.readApisFile();
  if (text === undefined) {
    throw new Refusal(`There is no ${apisFilePath} in “${folder}”, so there are no APIs to look at.`);
  }
  const file = parseApisFile(text);
  const unknown = apis.find((wanted) => !file.apis.some(({ id, name }) => id === wanted || name === wanted));
  if (unknown !== undefined) {
    const names = file.apis.map(({ name }) => `“${name}”`).join(', ') || 'none';
    throw new Refusal(`There is no API “${unknown}” in ${apisFilePath}. There are: ${names}.`);
  }
  const isWanted = ({ id, name }: Pick<Api, 'id' | 'name'>): boolean =>
    apis.length === 0 || apis.includes(id) || apis.includes(name);
  return { path, uri, workspace, file, text, isWanted };
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      return false;
    throw error;
  }
}
