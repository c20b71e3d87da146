import { readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { codeOf, isAbsent } from '../adapters/disk/ioError.ts';
import { Failure } from '../core/errors.ts';
import { limits } from '../core/limits.ts';
import { apisFilePath } from '../core/model/apisFile.ts';
import type { Workspace, WorkspaceFolder } from '../ports/workspace.ts';

/** One folder on the disk. It was named on the command line, which is as good as trusting it in an editor. */
export class PlainWorkspace implements Workspace {
  readonly trusted = true;
  readonly folders: readonly WorkspaceFolder[];

  constructor(private readonly folder: string) {
    this.folders = [{ uri: pathToFileURL(folder).href, name: basename(folder) }];
  }

  /** Read once, by a process that is soon over: nobody waits for changes. */
  readonly onDidChange: Workspace['onDidChange'] = () => ({ dispose: () => undefined });

  async readApisFile(): Promise<string | undefined> {
    const place = join(this.folder, apisFilePath);
    try {
      const { size } = await stat(place);
      if (size > limits.apisFileBytes)
        throw new Failure('tooLarge', { paths: [apisFilePath], detail: `${size} bytes` });
      return await readFile(place, 'utf8');
    } catch (error) {
      if (error instanceof Failure) throw error;
      if (isAbsent(error)) return undefined;
      throw new Failure('invalidFile', { paths: [apisFilePath], detail: codeOf(error) }, { cause: error });
    }
  }

  /** No command of ours connects or renames anything. */
  writeApisFile(): Promise<void> {
    return Promise.reject(new Failure('unsupported', { detail: 'the command line does not write apis.json' }));
  }
}
